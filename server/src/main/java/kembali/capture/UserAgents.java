package kembali.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kembali.capture.RequestKind.Crawler;
import kembali.capture.RequestKind.Preview;
import org.jspecify.annotations.Nullable;

/**
 * The machines known by their user agent. Previews go before crawlers, named ones before the generic
 * words. Source: docs/platforms/capture.md, "Bots, link previews, prefetch".
 */
final class UserAgents {
    /** Characters looked at; no browser sends as many. */
    private static final int MAX_LENGTH = 1_024;

    private static final String WHATSAPP = "whatsapp/";
    private static final Preview WHATSAPP_PREVIEW = new Preview("WhatsApp");

    private static final List<String> PREVIEWS = List.of(
            "facebookexternalhit",
            "Facebot",
            "facebookcatalog",
            "meta-externalagent",
            "meta-externalfetcher",
            "meta-webindexer",
            "TelegramBot",
            "Twitterbot",
            "LinkedInBot",
            "Slackbot",
            "Slack-ImgProxy",
            "Discordbot",
            "SkypeUriPreview",
            "Pinterestbot",
            "redditbot",
            "vkShare",
            "Snap URL Preview",
            "Iframely",
            "Embedly",
            "line-poker",
            "Linespider");

    private static final List<String> CRAWLERS = List.of(
            "Googlebot",
            "AdsBot-Google",
            "Mediapartners-Google",
            "Google-InspectionTool",
            "GoogleOther",
            "bingbot",
            "adidxbot",
            "BingPreview",
            "Bytespider",
            "TikTokSpider",
            "Applebot",
            "YandexBot",
            "Baiduspider",
            "PetalBot",
            "DuckDuckBot",
            "AhrefsBot",
            "SemrushBot",
            "MJ12bot",
            "DotBot",
            "GPTBot",
            "ClaudeBot",
            "CCBot",
            "PerplexityBot",
            "Amazonbot",
            "UptimeRobot",
            "Pingdom",
            "HeadlessChrome",
            "PhantomJS",
            "Lighthouse",
            "curl/",
            "Wget/",
            "python-requests",
            "Go-http-client",
            "Java/",
            "Apache-HttpClient");

    /** Count only where a word ends: {@code SomeBot/1.0}, but not a phone called {@code Botanica}. */
    private static final List<String> GENERIC = List.of("bot", "crawl", "crawler", "spider", "preview", "monitor");

    private static final List<RequestKind> KINDS;
    private static final int FIRST_GENERIC = PREVIEWS.size() + CRAWLERS.size();
    private static final WordFinder WORDS;

    static {
        var kinds = new ArrayList<RequestKind>();
        PREVIEWS.forEach(name -> kinds.add(new Preview(name)));
        CRAWLERS.forEach(name -> kinds.add(new Crawler(name.replace("/", ""))));
        GENERIC.forEach(name -> kinds.add(new Crawler(name)));
        KINDS = List.copyOf(kinds);
        WORDS = new WordFinder(List.of(PREVIEWS, CRAWLERS, GENERIC));
    }

    private UserAgents() {}

    /** The machine that sends this user agent, or null for a person. */
    static @Nullable RequestKind machine(String userAgent) {
        // Only at the start: people's devices name WhatsApp elsewhere in the string.
        if (userAgent.regionMatches(true, 0, WHATSAPP, 0, WHATSAPP.length())) {
            return WHATSAPP_PREVIEW;
        }
        int end = Math.min(userAgent.length(), MAX_LENGTH);
        int found = WORDS.first(userAgent, end, UserAgents::counts);
        return found < 0 ? null : KINDS.get(found);
    }

    private static boolean counts(int word, String userAgent, int end) {
        if (word < FIRST_GENERIC) {
            return true;
        }
        boolean wordEnds = end == userAgent.length() || !isWordCharacter(userAgent.charAt(end));
        return wordEnds && !isCubot(userAgent, end);
    }

    /** Cubot makes phones: {@code (Linux; Android 11; CUBOT NOTE 20)} is a person. */
    private static boolean isCubot(String userAgent, int end) {
        return end >= 5
                && userAgent.substring(end - 5, end).toLowerCase(Locale.ROOT).equals("cubot");
    }

    private static boolean isWordCharacter(char c) {
        return c == '_' || (c < 0x80 && Character.isLetterOrDigit(c));
    }
}
