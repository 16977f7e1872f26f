package kembali.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import kembali.capture.RequestKind.Crawler;
import kembali.capture.RequestKind.Human;
import kembali.capture.RequestKind.NotGet;
import kembali.capture.RequestKind.Prefetch;
import kembali.capture.RequestKind.Preview;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestKindTest {
    private static final String CHROME =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    private static RequestKind of(String method, Map<String, String> headers) {
        var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        return RequestKind.of(method, byName::get);
    }

    private static RequestKind ofAgent(String userAgent) {
        return of("GET", Map.of("user-agent", userAgent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "POST", "PUT"})
    void recordsNothingForAnotherMethodThanGet(String method) {
        assertThat(of(method, Map.of("User-Agent", CHROME, "Sec-Purpose", "prefetch")))
                .isEqualTo(new NotGet());
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Purpose, prefetch", "Sec-Purpose, prefetch;prerender", "sec-purpose, Prefetch", "Purpose, prefetch",
        "Purpose, preview", "X-Purpose, prefetch", "X-Purpose, preview", "X-Moz, prefetch"
    })
    void knowsABrowserFetchingAhead(String header, String value) {
        assertThat(of("GET", Map.of("User-Agent", CHROME, header, value))).isEqualTo(new Prefetch());
        assertThat(of("GET", Map.of("User-Agent", "WhatsApp/2.23.18.78 i", header, value)))
                .isEqualTo(new Prefetch());
    }

    @Test
    void takesOtherPurposesForAPerson() {
        assertThat(of("GET", Map.of("User-Agent", CHROME, "Purpose", "navigate", "X-Moz", "x")))
                .isEqualTo(new Human());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    facebookexternalhit  | facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)
                    Facebot              | Facebot/1.0
                    facebookexternalhit  | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0
                    facebookcatalog      | facebookcatalog/1.0
                    meta-externalagent   | meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)
                    meta-externalfetcher | meta-externalfetcher/1.1
                    meta-webindexer      | meta-webindexer/1.1
                    WhatsApp             | WhatsApp/2.23.18.78 i
                    WhatsApp             | WhatsApp/2.24.7.79 A
                    WhatsApp             | whatsapp/2.2
                    TelegramBot          | TelegramBot (like TwitterBot)
                    Twitterbot           | Twitterbot/1.0
                    LinkedInBot          | LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)
                    Slackbot             | Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)
                    Slack-ImgProxy       | Slack-ImgProxy (+https://api.slack.com/robots)
                    Discordbot           | Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)
                    SkypeUriPreview      | Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com
                    Pinterestbot         | Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)
                    redditbot            | Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)
                    vkShare              | Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)
                    Snap URL Preview     | Mozilla/5.0 (compatible; Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots)
                    Iframely             | Iframely/1.3.1 (+https://iframely.com/docs/about)
                    Embedly              | Mozilla/5.0 (compatible; Embedly/0.2; +http://support.embed.ly/)
                    line-poker           | line-poker/1.0
                    Linespider           | Mozilla/5.0 (compatible; Linespider/1.1; +https://lin.ee/4dwXkTH)
                    """)
    void knowsALinkPreview(String name, String userAgent) {
        assertThat(ofAgent(userAgent)).isEqualTo(new Preview(name));
        assertThat(ofAgent(userAgent.toUpperCase(Locale.ROOT))).isInstanceOf(Preview.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Googlebot             | Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)
                    Googlebot             | Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)
                    AdsBot-Google         | AdsBot-Google (+http://www.google.com/adsbot.html)
                    AdsBot-Google         | Mozilla/5.0 (iPhone; CPU iPhone OS 14_7_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/14.1.2 Mobile/15E148 Safari/604.1 (compatible; AdsBot-Google-Mobile; +http://www.google.com/mobile/adsbot.html)
                    Mediapartners-Google  | Mediapartners-Google
                    Google-InspectionTool | Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)
                    GoogleOther           | GoogleOther
                    bingbot               | Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)
                    adidxbot              | Mozilla/5.0 (compatible; adidxbot/2.0; +http://www.bing.com/bingbot.htm)
                    BingPreview           | Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b
                    Bytespider            | Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)
                    TikTokSpider          | Mozilla/5.0 (compatible; TikTokSpider; ttspider-feedback@tiktok.com)
                    Applebot              | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)
                    YandexBot             | Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)
                    Baiduspider           | Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)
                    PetalBot              | Mozilla/5.0 (compatible;PetalBot;+https://webmaster.petalsearch.com/site/petalbot)
                    DuckDuckBot           | DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)
                    AhrefsBot             | Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)
                    SemrushBot            | Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)
                    MJ12bot               | Mozilla/5.0 (compatible; MJ12bot/v1.4.8; http://mj12bot.com/)
                    DotBot                | Mozilla/5.0 (compatible; DotBot/1.2; +https://opensiteexplorer.org/dotbot)
                    GPTBot                | Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)
                    ClaudeBot             | Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)
                    CCBot                 | CCBot/2.0 (https://commoncrawl.org/faq/)
                    PerplexityBot         | Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)
                    Amazonbot             | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_10_1) AppleWebKit/600.2.5 (KHTML, like Gecko) Version/8.0.2 Safari/600.2.5 (Amazonbot/0.1; +https://developer.amazon.com/support/amazonbot)
                    UptimeRobot           | Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)
                    Pingdom               | Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)
                    HeadlessChrome        | Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36
                    PhantomJS             | Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1
                    Lighthouse            | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36 Chrome-Lighthouse
                    curl                  | curl/8.5.0
                    Wget                  | Wget/1.21.4
                    python-requests       | python-requests/2.32.3
                    Go-http-client        | Go-http-client/1.1
                    Java                  | Java/17.0.9
                    Apache-HttpClient     | Apache-HttpClient/4.5.14 (Java/17.0.9)
                    bot                   | SomeNewBot/1.0
                    crawl                 | acme-crawl/2
                    crawler               | Acme Crawler
                    spider                | Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)
                    preview               | Acme-Link-Preview/1.0
                    monitor               | acme monitor
                    """)
    void knowsACrawler(String name, String userAgent) {
        var kind = ofAgent(userAgent);

        assertThat(kind).isInstanceOf(Crawler.class);
        assertThat(kind).isEqualTo(new Crawler(name));
        assertThat(ofAgent(userAgent.toLowerCase(Locale.ROOT))).isEqualTo(kind);
    }

    @Test
    void takesARequestWithoutUserAgentForAMachine() {
        assertThat(of("GET", Map.of())).isEqualTo(new Crawler("no user agent"));
        assertThat(ofAgent("  ")).isEqualTo(new Crawler("no user agent"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CHROME,
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
                "Mozilla/5.0 (Linux; Android 14; SM-A546E Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.7390.122 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/537.0.0.50.75;]",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/520.0.0.38.101;FBBV/756351453;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/18.5;FBSS/3;FBCR/;FBID/phone;FBLC/id_ID;FBOP/80]",
                "Mozilla/5.0 (Linux; Android 13; RMX3511 Build/TP1A.220905.001; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36 Instagram 400.0.0.49.68 Android (33/13; 480dpi; 1080x2174; realme; RMX3511; RE58B2L1; qcom; in_ID; 792041123)",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21G93 Instagram 398.0.0.28.75 (iPhone15,4; iOS 17_6_1; id_ID; id; scale=3.00; 1179x2556; 779110220)",
                "Mozilla/5.0 (Linux; Android 12; V2111 Build/SP1A.210812.003; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/139.0.0.0 Mobile Safari/537.36 trill_410403 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/musical_ly app_version/41.4.3 ByteLocale/id-ID ByteFullLocale/id-ID Region/ID BytedanceWebview/d8a21c6",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 musical_ly_41.3.0 JsSdk/2.0 NetType/4G Channel/App Store ByteLocale/id Region/ID isDarkMode/1 TikTok 41.3.0",
                "Mozilla/5.0 (Linux; Android 13; SM-A135F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/138.0.0.0 Mobile Safari/537.36 Line/15.12.1/IAB",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Snapchat/13.40.0.40 (like Safari/8618.2.12.10.9, panda)",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [Pinterest/iOS]",
                "Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 com.example.app WhatsApp/2.23.18",
                "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20 PRO) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
                "Mozilla/5.0 (Linux; Android 11; Botanica One) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
                "okhttp/4.12.0"
            })
    void takesBrowsersInsideAppsForPeople(String userAgent) {
        assertThat(ofAgent(userAgent)).isEqualTo(new Human());
    }

    @Test
    void judgesATrackerHitWithoutItsMethod() {
        assertThat(RequestKind.ofHit(name -> name.equals("User-Agent") ? CHROME : null))
                .isEqualTo(new Human());
        assertThat(RequestKind.ofHit(name -> "prefetch")).isEqualTo(new Prefetch());
        assertThat(RequestKind.ofHit(name -> name.equals("User-Agent") ? "curl/8" : null))
                .isEqualTo(new Crawler("curl"));
    }

    @Test
    void takesAnythingForAUserAgent() {
        assertThat(ofAgent("\u0000é😀".repeat(5_000))).isEqualTo(new Human());
        assertThat(ofAgent("x".repeat(1_020) + " bot")).isEqualTo(new Crawler("bot"));
    }
}
