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
            case 13 -> no % 60 == 13 ? Evidence.OLD_COOKIE : Evidence.AD;
            case 18 -> Evidence.COPIED;
            default -> Evidence.AD;
        };
    }

    List<Visit> of(int no) {
        Evidence kind = kind(no);
        // A copied link is opened after its owner has opened it.
        int wave = kind == Evidence.COPIED ? 1 : 0;
        var visits = new ArrayList<Visit>();
        Visit first = visit(no, kind, no, wave);
        visits.add(first);
        if (no % 9 == 4) {
            visits.add(first); // a double tap, or the back button
        }
        if (no % 7 == 3 && kind != Evidence.COPIED) {
            visits.add(visit(no, Evidence.NONE, no, 1)); // back by themselves
        }
        if (no % 20 == 5) {
            visits.add(visit(no, Evidence.AD, no, 1)); // first by themselves, then by an ad
        }
        if (kind == Evidence.AD && no % 35 == 11) {
            visits.add(visit(no, Evidence.AD, no + 50_000, 1)); // a second ad
        }
        return visits;
    }

    private Visit visit(int no, Evidence evidence, int click, int wave) {
        Devices.Device device = Devices.of(no);
        var headers = new LinkedHashMap<String, String>();
        headers.put("User-Agent", device.userAgent());
        headers.put("Accept-Language", device.language());
        headers.put("X-Forwarded-For", Devices.ip(no));
        if (evidence == Evidence.AD && device.referer() != null) {
            headers.put("Referer", device.referer());
        }
        String query = switch (evidence) {
            case AD -> Ads.query(click, Ads.fbclid(click));
            case COPIED -> Ads.query(no - 1, Ads.fbclid(no - 1));
            case NONE, COOKIE, OLD_COOKIE -> Ads.unpaidQuery(no);
        };
        String rotator = rotators.get(no % 3 == 0 ? 1 : 0);
        return new Visit(rotator, query, Map.copyOf(headers), cookies(no, evidence), evidence, wave);
    }

    /** What Meta's own tag left in the browser when the person looked at the shop. */
    private Map<String, String> cookies(int no, Evidence evidence) {
        var cookies = new LinkedHashMap<String, String>();
        if (no % 3 != 2) {
            long since = now.minus(Duration.ofHours(5L + no % 400)).toEpochMilli();
            cookies.put("_fbp", "fb.1." + since + "." + Seed.digits("fbp", no, 10));
        }
        if (evidence == Evidence.COOKIE || evidence == Evidence.OLD_COOKIE) {
            int days = evidence == Evidence.COOKIE ? 2 + no % 30 : 120;
            long clicked = now.minus(Duration.ofDays(days)).toEpochMilli();
            cookies.put("_fbc", "fb.1." + clicked + "." + Ads.fbclid(no));
        }
        return Map.copyOf(cookies);
    }
}
