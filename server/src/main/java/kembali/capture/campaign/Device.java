package kembali.capture.campaign;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a user agent says of browser and device, as far as macros ask for it; null where it does not say. Browsers say
 * less and less: current Chrome names neither the version of Android nor the model.
 *
 * @param browser such as {@code Chrome} or {@code Facebook}, for the browser inside that app
 * @param browserVersion such as {@code 131.0}
 * @param osVersion such as {@code 14} or {@code 17.5}
 * @param model such as {@code SM-A155F} or {@code iPhone}
 * @param type {@code mobile}, {@code tablet} or {@code desktop}
 */
record Device(
        @Nullable String browser,
        @Nullable String browserVersion,
        @Nullable String osVersion,
        @Nullable String model,
        String type) {
    private static final int LONGEST = 500;

    /** Which words in a user agent mean which browser; the first found counts, since most name several. */
    private record Sign(String browser, Pattern words) {
        static Sign of(String browser, String before) {
            return new Sign(browser, Pattern.compile(before + "(\\d{1,6}(?:\\.\\d{1,6})?)?"));
        }
    }

    private static final List<Sign> BROWSERS = List.of(
            Sign.of("Facebook", "FBAV/"),
            Sign.of("Facebook", "FB(?:AN/|_IAB)"),
            Sign.of("Instagram", "Instagram "),
            Sign.of("TikTok", "(?:musical_ly|BytedanceWebview|trill)[_/ ]"),
            Sign.of("Edge", "Edg(?:e|A|iOS)?/"),
            Sign.of("Opera", "(?:OPR|OPiOS|OPX)/"),
            Sign.of("Samsung Internet", "SamsungBrowser/"),
            Sign.of("UC Browser", "UCBrowser/"),
            Sign.of("Yandex", "YaBrowser/"),
            Sign.of("Firefox", "(?:Firefox|FxiOS)/"),
            Sign.of("Chrome", "(?:Chrome|CriOS)/"),
            Sign.of("Safari", "Version/(?=[\\d.]+ (?:Mobile/\\S+ )?Safari/)"));
    private static final Pattern ANDROID =
            Pattern.compile("Android (\\d{1,3}(?:\\.\\d{1,3})?)[^;)]*(?:; ([^;)]{1,60}))?");
    private static final Pattern APPLE = Pattern.compile("(?:OS|Mac OS X) (\\d{1,3})[_.](\\d{1,3})");
    private static final Pattern WINDOWS = Pattern.compile("Windows NT (\\d{1,2}\\.\\d)");

    static Device of(@Nullable String userAgent) {
        if (userAgent == null) {
            return new Device(null, null, null, null, "desktop");
        }
        String ua = userAgent.length() > LONGEST ? userAgent.substring(0, LONGEST) : userAgent;
        String browser = null;
        String version = null;
        for (Sign sign : BROWSERS) {
            Matcher m = sign.words.matcher(ua);
            if (m.find()) {
                browser = sign.browser;
                version = m.group(1);
                break;
            }
        }
        Matcher android = ANDROID.matcher(ua);
        if (android.find()) {
            boolean mobile = ua.contains("Mobile");
            return new Device(
                    browser, version, android.group(1), model(android.group(2)), mobile ? "mobile" : "tablet");
        }
        Matcher apple = APPLE.matcher(ua);
        String appleVersion = apple.find() ? apple.group(1) + "." + apple.group(2) : null;
        if (ua.contains("iPad")) {
            return new Device(browser, version, appleVersion, "iPad", "tablet");
        }
        if (ua.contains("iPhone") || ua.contains("iPod")) {
            return new Device(browser, version, appleVersion, ua.contains("iPhone") ? "iPhone" : "iPod", "mobile");
        }
        Matcher windows = WINDOWS.matcher(ua);
        String osVersion = windows.find() ? windows.group(1) : appleVersion;
        return new Device(browser, version, osVersion, null, ua.contains("Mobi") ? "mobile" : "desktop");
    }

    /** Chrome says K for every Android device. */
    private static @Nullable String model(@Nullable String said) {
        if (said == null) {
            return null;
        }
        int build = said.indexOf(" Build/");
        String model = (build < 0 ? said : said.substring(0, build)).strip();
        return model.isEmpty() || model.equals("K") || model.equals("wv") || model.startsWith("rv:") ? null : model;
    }
}
