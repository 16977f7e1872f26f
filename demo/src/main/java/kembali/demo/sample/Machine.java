package kembali.demo.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request that no person makes. None may become a visitor or a lead.
 *
 * @param status the answer it must get
 */
public record Machine(String name, String method, String target, Map<String, String> headers, int status) {
    private static final String CHROME = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/142.0.0.0 Mobile Safari/537.36";

    /** The machines that follow a link when it is advertised and shared. */
    static List<Machine> all(List<String> rotators, int rounds) {
        var all = new ArrayList<Machine>();
        for (int i = 0; i < rounds; i++) {
            String plain = "/wa/" + rotators.get(i % rotators.size());
            String ad = plain + "?" + Links.ofAd(Network.META, 90_000 + i);
            // Previews get a small page, crawlers are let through, a browser fetching ahead is told to come back.
            all.add(agent(
                    "Facebook preview",
                    ad,
                    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
                    200));
            all.add(agent("WhatsApp preview", plain, "WhatsApp/2.25.33.75 A", 200));
            all.add(agent("Telegram preview", plain, "TelegramBot (like TwitterBot)", 200));
            all.add(agent(
                    "Googlebot",
                    plain,
                    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko)"
                            + " Chrome/141.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1;"
                            + " +http://www.google.com/bot.html)",
                    302));
            all.add(agent(
                    "AdsBot of Google",
                    plain + "?" + Links.ofAd(Network.GOOGLE, 90_000 + i),
                    "AdsBot-Google (+http://www.google.com/adsbot.html)",
                    302));
            all.add(agent(
                    "LinkedIn preview",
                    plain + "?" + Links.ofAd(Network.LINKEDIN, 90_000 + i),
                    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
                    200));
            all.add(agent(
                    "spider of TikTok",
                    plain + "?" + Links.ofAd(Network.TIKTOK, 90_000 + i),
                    "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36"
                            + " (compatible; TikTokSpider; ttspider-feedback@tiktok.com)",
                    302));
            all.add(agent(
                    "uptime monitor",
                    plain,
                    "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
                    302));
            all.add(new Machine(
                    "prefetch", "GET", ad, Map.of("User-Agent", CHROME, "Sec-Purpose", "prefetch;prerender"), 503));
            all.add(new Machine("link checker", "HEAD", plain, Map.of("User-Agent", CHROME), 302));
        }
        return List.copyOf(all);
    }

    private static Machine agent(String name, String target, String userAgent, int status) {
        return new Machine(name, "GET", target, Map.of("User-Agent", userAgent), status);
    }
}
