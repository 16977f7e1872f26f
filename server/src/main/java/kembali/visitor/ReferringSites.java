package kembali.visitor;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Search engines and social networks, by the host a visitor comes from or a {@code utm_source}. */
final class ReferringSites {
    /** A known sender of visitors; {@code channel} is what an unpaid visit from there is. */
    record Site(String platform, String channel) {}

    private static final Site GOOGLE = search("google");
    private static final Site MICROSOFT = search("microsoft");
    private static final Site YANDEX = search("yandex");
    private static final Site META = social("meta");
    private static final Site TIKTOK = social("tiktok");
    private static final Site LINKEDIN = social("linkedin");
    private static final Site X = social("x");
    private static final Site PINTEREST = social("pinterest");
    private static final Site REDDIT = social("reddit");
    private static final Site SNAPCHAT = social("snapchat");
    private static final Site TELEGRAM = social("telegram");
    private static final Site YOUTUBE = social("google");

    /** Registrable names without their ending, for sites that have one per country. */
    private static final Map<String, Site> BY_NAME = Map.ofEntries(
            Map.entry("google", GOOGLE),
            Map.entry("yandex", YANDEX),
            Map.entry("yahoo", search("yahoo")),
            Map.entry("pinterest", PINTEREST));

    private static final Map<String, Site> BY_DOMAIN = Map.ofEntries(
            Map.entry("mail.google.com", new Site("google", Channels.EMAIL)),
            Map.entry("bing.com", MICROSOFT),
            Map.entry("ya.ru", YANDEX),
            Map.entry("duckduckgo.com", search("duckduckgo")),
            Map.entry("baidu.com", search("baidu")),
            Map.entry("ecosia.org", search("ecosia")),
            Map.entry("search.brave.com", search("brave")),
            Map.entry("naver.com", search("naver")),
            Map.entry("facebook.com", META),
            Map.entry("fb.com", META),
            Map.entry("fb.me", META),
            Map.entry("instagram.com", META),
            Map.entry("threads.net", META),
            Map.entry("threads.com", META),
            Map.entry("messenger.com", META),
            Map.entry("whatsapp.com", META),
            Map.entry("wa.me", META),
            Map.entry("tiktok.com", TIKTOK),
            Map.entry("linkedin.com", LINKEDIN),
            Map.entry("lnkd.in", LINKEDIN),
            Map.entry("twitter.com", X),
            Map.entry("x.com", X),
            Map.entry("t.co", X),
            Map.entry("youtube.com", YOUTUBE),
            Map.entry("youtu.be", YOUTUBE),
            Map.entry("pin.it", PINTEREST),
            Map.entry("reddit.com", REDDIT),
            Map.entry("snapchat.com", SNAPCHAT),
            Map.entry("t.me", TELEGRAM),
            // Android apps name themselves: android-app://<package>/
            Map.entry("com.google.android.googlequicksearchbox", GOOGLE),
            Map.entry("com.google.android.youtube", YOUTUBE),
            Map.entry("com.facebook.katana", META),
            Map.entry("com.instagram.android", META),
            Map.entry("com.linkedin.android", LINKEDIN),
            Map.entry("com.zhiliaoapp.musically", TIKTOK),
            Map.entry("org.telegram.messenger", TELEGRAM));

    private static final Map<String, Site> BY_UTM_SOURCE = Map.ofEntries(
            Map.entry("fb", META),
            Map.entry("ig", META),
            Map.entry("facebook", META),
            Map.entry("instagram", META),
            Map.entry("meta", META),
            Map.entry("an", META),
            Map.entry("msg", META),
            Map.entry("google", GOOGLE),
            Map.entry("adwords", GOOGLE),
            Map.entry("youtube", YOUTUBE),
            Map.entry("tiktok", TIKTOK),
            Map.entry("tt", TIKTOK),
            Map.entry("linkedin", LINKEDIN),
            Map.entry("bing", MICROSOFT),
            Map.entry("microsoft", MICROSOFT),
            Map.entry("twitter", X),
            Map.entry("x", X),
            Map.entry("snapchat", SNAPCHAT),
            Map.entry("pinterest", PINTEREST),
            Map.entry("reddit", REDDIT),
            Map.entry("taboola", new Site("taboola", Channels.REFERRAL)),
            Map.entry("outbrain", new Site("outbrain", Channels.REFERRAL)),
            Map.entry("yandex", YANDEX));

    private ReferringSites() {}

    /** The site of a lower-case host ({@code l.facebook.com}, {@code www.google.co.id}), or null. */
    static @Nullable Site ofHost(String host) {
        for (int from = 0; from >= 0; from = nextLabel(host, from)) {
            String domain = host.substring(from);
            Site site = BY_DOMAIN.get(domain);
            if (site == null) {
                site = byCountryName(domain);
            }
            if (site != null) {
                return site;
            }
        }
        return null;
    }

    /** The site a {@code utm_source} means, also one written as a host; null for an unknown word. */
    static @Nullable Site ofUtmSource(@Nullable String utmSource) {
        String word = Utm.comparable(utmSource);
        Site site = BY_UTM_SOURCE.get(word);
        return site == null && word.indexOf('.') > 0 ? ofHost(word) : site;
    }

    /** {@code google.de} and {@code google.co.id}, but not {@code google.shop.example}. */
    private static @Nullable Site byCountryName(String domain) {
        int dot = domain.indexOf('.');
        if (dot < 0) {
            return null;
        }
        String ending = domain.substring(dot + 1);
        int second = ending.indexOf('.');
        boolean countryEnding = second < 0
                ? ending.length() == 2 || ending.equals("com")
                : second <= 3 && ending.length() - second == 3;
        return countryEnding ? BY_NAME.get(domain.substring(0, dot)) : null;
    }

    private static int nextLabel(String host, int from) {
        int dot = host.indexOf('.', from);
        return dot < 0 || dot + 1 >= host.length() ? -1 : dot + 1;
    }

    private static Site search(String platform) {
        return new Site(platform, Channels.ORGANIC_SEARCH);
    }

    private static Site social(String platform) {
        return new Site(platform, Channels.ORGANIC_SOCIAL);
    }
}
