package kembali.demo.sample;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people tap with: mostly the browsers inside the apps that show the ads. */
final class Devices {
    /**
     * A browser.
     *
     * @param referer what it sends after a tap on an ad; null when it says nothing
     */
    record Device(
            String userAgent, String language, @Nullable String referer) {
        /** What somebody's browser sends with every request, the address they come from among it. */
        Map<String, String> headers(int no) {
            var headers = new LinkedHashMap<String, String>();
            headers.put("User-Agent", userAgent);
            headers.put("Accept-Language", language);
            headers.put("X-Forwarded-For", ip(no));
            return headers;
        }
    }

    private static final String INDONESIAN = "id-ID,id;q=0.9,en-US;q=0.8,en;q=0.7";

    private static final List<Device> ALL = List.of(
            new Device(
                    "Mozilla/5.0 (Linux; Android 14; SM-A556E Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like"
                            + " Gecko) Version/4.0 Chrome/142.0.7444.102 Mobile Safari/537.36 Instagram 405.0.0.52.69"
                            + " Android (34/14; 450dpi; 1080x2340; samsung; SM-A556E; a55x; s5e8845; in_ID; 812114301)",
                    INDONESIAN,
                    "https://l.instagram.com/"),
            new Device(
                    "Mozilla/5.0 (Linux; Android 13; 2201117TY Build/TKQ1.221114.001; wv) AppleWebKit/537.36 (KHTML, like"
                            + " Gecko) Version/4.0 Chrome/141.0.7390.122 Mobile Safari/537.36"
                            + " [FB_IAB/FB4A;FBAV/537.0.0.50.77;IABMV/1;]",
                    INDONESIAN,
                    "http://m.facebook.com/"),
            new Device(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                            + " Mobile/15E148 Instagram 404.0.0.30.83 (iPhone14,5; iOS 18_6_2; id_ID; id; scale=3.00;"
                            + " 1170x2532; IABMV/1; 806917542)",
                    "id-ID,id;q=0.9",
                    "https://l.instagram.com/"),
            new Device(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                            + " Mobile/21H16 [FBAN/FBIOS;FBAV/535.0.0.41.103;FBBV/812345678;FBDV/iPhone12,1;FBMD/iPhone;"
                            + "FBSN/iOS;FBSV/17.7;FBSS/2;FBCR/;FBID/phone;FBLC/id_ID;FBOP/5]",
                    "id-ID,id;q=0.9",
                    "http://m.facebook.com/"),
            new Device(
                    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile"
                            + " Safari/537.36",
                    INDONESIAN,
                    null),
            new Device(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                            + " Version/18.6 Mobile/15E148 Safari/604.1",
                    "id-ID,id;q=0.9",
                    null),
            new Device(
                    "Mozilla/5.0 (Linux; Android 12; V2120 Build/SP1A.210812.003; wv) AppleWebKit/537.36 (KHTML, like"
                            + " Gecko) Version/4.0 Chrome/140.0.7339.207 Mobile Safari/537.36 Instagram 402.0.0.49.66"
                            + " Android (31/12; 300dpi; 720x1452; vivo; V2120; 2120; mt6765; in_ID; 799012233)",
                    "id-ID,en-US;q=0.8",
                    "https://www.instagram.com/"),
            new Device(
                    "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0"
                            + " Chrome/130.0.0.0 Mobile Safari/537.36",
                    INDONESIAN,
                    null));

    private static final List<Device> TIKTOK = List.of(
            new Device(
                    "Mozilla/5.0 (Linux; Android 14; CPH2591 Build/UKQ1.230924.001; wv) AppleWebKit/537.36 (KHTML, like"
                            + " Gecko) Version/4.0 Chrome/141.0.7390.122 Mobile Safari/537.36 musical_ly_2024107020"
                            + " JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/musical_ly app_version/41.7.2"
                            + " ByteLocale/id-ID ByteFullLocale/id-ID Region/ID AppSkin/white BytedanceWebview/d8a21c6",
                    INDONESIAN,
                    null),
            new Device(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                            + " Mobile/15E148 musical_ly_41.7.0 JsSdk/2.0 NetType/4G Channel/App Store ByteLocale/id"
                            + " Region/ID isDarkMode/0 WKWebView/1 RevealType/Dialog BytedanceWebview/d8a21c6",
                    "id-ID,id;q=0.9",
                    null));

    private static final List<Device> LINKEDIN = List.of(
            new Device(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                            + " Mobile/15E148 [LinkedInApp]/9.31.2541",
                    "id-ID,id;q=0.9",
                    null),
            new Device(
                    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
                            + " Safari/537.36 Edg/142.0.0.0",
                    "en-US,en;q=0.9,id;q=0.8",
                    null));

    private Devices() {}

    static Device of(Network network, int no) {
        return switch (network) {
            case META -> Seed.one(ALL, "device", no);
            case GOOGLE -> browser(no);
            case TIKTOK -> Seed.one(TIKTOK, "tiktok device", no);
            case LINKEDIN -> Seed.one(LINKEDIN, "linkedin device", no);
        };
    }

    /** A browser of its own, not one inside an app: what people search and shop with. */
    static Device browser(int no) {
        List<Device> own = ALL.stream()
                .filter(d -> !d.userAgent().contains("Instagram")
                        && !d.userAgent().contains("FBAN")
                        && !d.userAgent().contains("FB_IAB"))
                .toList();
        return Seed.one(own, "browser", no);
    }

    /** An address of the blocks kept for documentation, so that it is nobody's. */
    static String ip(int no) {
        String block = List.of("203.0.113.", "198.51.100.", "192.0.2.").get(no % 3);
        return block + (1 + no / 3 % 254);
    }
}
