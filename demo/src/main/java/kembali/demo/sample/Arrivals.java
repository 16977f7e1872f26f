package kembali.demo.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.demo.sample.Visit.Evidence;

/** How the people of the sample come to the rotator links. */
final class Arrivals {
    private final Instant now;
    private final List<String> rotators;

    Arrivals(Instant now, List<String> rotators) {
        this.now = now;
        this.rotators = rotators;
    }

    /** Seven in ten tap an ad; the others come without a click id, or with one that must not count. */
    Evidence kind(int no) {
        return switch (no % 20) {
            case 0, 5, 10, 15 -> Evidence.NONE;
            case 12 -> Evidence.COOKIE;
            case 3 -> no % 60 == 3 ? Evidence.COPIED : Evidence.AD;
            case 13 -> no % 60 == 53 ? Evidence.AD : Evidence.OLD_COOKIE;
            case 18 -> Evidence.COPIED;
            default -> Evidence.AD;
        };
    }

    /** Whose ad it is, was, or was meant to be for somebody else: one in four is Google's. */
    Network network(int no) {
        return switch (no % 20) {
            case 2, 6, 9, 14 -> Network.GOOGLE;
            case 3 -> no % 60 == 3 ? Network.GOOGLE : Network.META;
            case 12 -> no % 40 == 12 ? Network.GOOGLE : Network.META;
            case 13 -> no % 60 == 33 ? Network.GOOGLE : Network.META;
            default -> Network.META;
        };
    }

    /** Two in three have looked at the shop's site before, where Google's tag runs. */
    static boolean analytics(int no) {
        return no % 3 != 1;
    }

    List<Visit> of(int no) {
        Evidence kind = kind(no);
        Network network = network(no);
        // A copied link is opened after its owner has opened it.
        int wave = kind == Evidence.COPIED ? 1 : 0;
        var visits = new ArrayList<Visit>();
        Visit first = visit(no, network, kind, no, wave);
        visits.add(first);
        if (no % 9 == 4) {
            visits.add(first); // a double tap, or the back button
        }
        if (no % 7 == 3 && kind != Evidence.COPIED) {
            visits.add(visit(no, network, Evidence.NONE, no, 1)); // back by themselves
        }
        if (no % 20 == 5) {
            // first by themselves, then by an ad
            visits.add(visit(no, no % 40 == 5 ? Network.GOOGLE : Network.META, Evidence.AD, no, 1));
        }
        if (kind == Evidence.AD && no % 35 == 11) {
            // a second ad, often the other network's
            visits.add(visit(no, no % 70 == 11 ? Network.GOOGLE : Network.META, Evidence.AD, no + 50_000, 1));
        }
        return visits;
    }

    private Visit visit(int no, Network network, Evidence evidence, int click, int wave) {
        boolean google = network == Network.GOOGLE;
        Devices.Device device = searches(no) ? Devices.browser(no) : Devices.of(no);
        var headers = new LinkedHashMap<String, String>();
        headers.put("User-Agent", device.userAgent());
        headers.put("Accept-Language", device.language());
        headers.put("X-Forwarded-For", Devices.ip(no));
        String referer = google ? "https://www.google.com/" : device.referer();
        if (evidence == Evidence.AD && referer != null) {
            headers.put("Referer", referer);
        }
        String query = switch (evidence) {
            case AD -> query(network, click);
            case COPIED -> query(network, no - 1);
            case NONE, COOKIE, OLD_COOKIE -> Ads.unpaidQuery(no);
        };
        return new Visit(
                rotators.get(no % 3 == 0 ? 1 : 0),
                query,
                headers,
                cookies(no, network, evidence),
                evidence == Evidence.NONE ? Map.of() : Map.of(network, evidence),
                analytics(no),
                wave);
    }

    /** Whether the person ever comes from a search: in a browser of its own, and always the same one. */
    private boolean searches(int no) {
        return network(no) == Network.GOOGLE || no % 40 == 5 || no % 70 == 11;
    }

    private static String query(Network network, int click) {
        return switch (network) {
            case META -> Ads.query(click, Ads.fbclid(click));
            case GOOGLE -> GoogleAds.query(click);
        };
    }

    /** What the platforms' own tags left in the browser when the person looked at the shop. */
    private Map<String, String> cookies(int no, Network network, Evidence evidence) {
        var cookies = new LinkedHashMap<String, String>();
        if (no % 3 != 2) {
            long since = now.minus(Duration.ofHours(5L + no % 400)).toEpochMilli();
            cookies.put("_fbp", "fb.1." + since + "." + Seed.digits("fbp", no, 10));
        }
        if (analytics(no)) {
            cookies.putAll(GoogleAds.analyticsCookies(no, now));
        }
        if (evidence == Evidence.COOKIE || evidence == Evidence.OLD_COOKIE) {
            Instant clicked = now.minus(Duration.ofDays(evidence == Evidence.COOKIE ? 2 + no % 30 : 120));
            switch (network) {
                case META -> cookies.put("_fbc", "fb.1." + clicked.toEpochMilli() + "." + Ads.fbclid(no));
                case GOOGLE -> cookies.put("_gcl_aw", GoogleAds.remembered(no, clicked));
            }
        }
        return cookies;
    }
}
