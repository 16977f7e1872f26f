package kembali.demo.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.demo.sample.Visit.Evidence;
import org.jspecify.annotations.Nullable;

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

    /**
     * Whose ad it is, was, or was meant to be for somebody else: one in four is Google's, one in eight TikTok's, one in
     * fifteen LinkedIn's. A link is copied from the person before.
     */
    Network network(int no) {
        return switch (no % 20) {
            case 2, 6, 9, 14 -> Network.GOOGLE;
            case 3 -> no % 60 == 3 ? Network.GOOGLE : Network.META;
            case 4, 8 -> Network.TIKTOK;
            case 12 -> turn(no);
            case 13 -> no % 60 == 33 ? Network.GOOGLE : Network.META;
            case 16 -> Network.LINKEDIN;
            case 17, 18 ->
                switch (no % 60 / 20) {
                    case 1 -> Network.TIKTOK;
                    case 2 -> Network.LINKEDIN;
                    default -> Network.META;
                };
            default -> Network.META;
        };
    }

    /** Each network in turn, for people of one number modulo 20. */
    private static Network turn(int no) {
        return switch (no / 20 % 4) {
            case 0 -> Network.GOOGLE;
            case 1 -> Network.META;
            case 2 -> Network.TIKTOK;
            default -> Network.LINKEDIN;
        };
    }

    /** Whose tags know the browser from a look at the shop's site: Google's of two in three, TikTok's of one in five. */
    static Set<Network> tags(int no) {
        var tags = EnumSet.noneOf(Network.class);
        if (no % 3 != 1) {
            tags.add(Network.GOOGLE);
        }
        if (no % 5 == 3 || no % 40 == 4) {
            tags.add(Network.TIKTOK);
        }
        return tags;
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
        Network second = second(no);
        if (second != null) {
            visits.add(visit(no, second, Evidence.AD, kind == Evidence.NONE ? no : no + 50_000, 1));
        }
        return visits;
    }

    /** Whose ad brings them later: those who came by themselves first, and some by another ad, often another network's. */
    private @Nullable Network second(int no) {
        if (no % 20 == 5) {
            return turn(no);
        }
        if (kind(no) == Evidence.AD && no % 35 == 11) {
            return Network.values()[no / 35 % Network.values().length];
        }
        return null;
    }

    private Visit visit(int no, Network network, Evidence evidence, int click, int wave) {
        Devices.Device device = device(no);
        Map<String, String> headers = device.headers(no);
        String referer = switch (network) {
            case META -> device.referer();
            case GOOGLE -> "https://www.google.com/";
            case TIKTOK -> "https://www.tiktok.com/";
            case LINKEDIN -> "https://www.linkedin.com/";
        };
        if (evidence == Evidence.AD && referer != null) {
            headers.put("Referer", referer);
        }
        String query = switch (evidence) {
            case AD -> Links.ofAd(network, click);
            case COPIED -> Links.ofAd(network, no - 1);
            case NONE, COOKIE, OLD_COOKIE -> Links.unpaid(no);
        };
        return new Visit(
                rotators.get(no % 3 == 0 ? 1 : 0),
                query,
                headers,
                cookies(no, network, evidence, now),
                evidence == Evidence.NONE ? Map.of() : Map.of(network, evidence),
                tags(no),
                wave);
    }

    /** Always the same one: the browser inside the app that shows the ads, one of their own for who comes from several. */
    private Devices.Device device(int no) {
        Network second = second(no);
        return second == null || second == network(no) ? Devices.of(network(no), no) : Devices.browser(no);
    }

    /** What the platforms' own tags left in the browser when the person looked at the shop. */
    static Map<String, String> cookies(int no, Network network, Evidence evidence, Instant now) {
        var cookies = new LinkedHashMap<String, String>();
        if (no % 3 != 2) {
            long since = now.minus(Duration.ofHours(5L + no % 400)).toEpochMilli();
            cookies.put("_fbp", "fb.1." + since + "." + Seed.digits("fbp", no, 10));
        }
        if (tags(no).contains(Network.GOOGLE)) {
            cookies.putAll(GoogleAds.analyticsCookies(no, now));
        }
        if (tags(no).contains(Network.TIKTOK)) {
            cookies.put("_ttp", TikTokAds.ttp(no));
        }
        if (evidence == Evidence.COOKIE || evidence == Evidence.OLD_COOKIE) {
            Instant clicked = now.minus(Duration.ofDays(evidence == Evidence.COOKIE ? 2 + no % 30 : 120));
            switch (network) {
                case META -> cookies.put("_fbc", "fb.1." + clicked.toEpochMilli() + "." + MetaAds.fbclid(no));
                case GOOGLE -> cookies.put("_gcl_aw", GoogleAds.remembered(no, clicked));
                // These two do not say when, so they cannot be too old.
                case TIKTOK -> cookies.put("ttclid", TikTokAds.ttclid(no));
                case LINKEDIN -> cookies.put("li_fat_id", LinkedInAds.liFatId(no));
            }
        }
        return cookies;
    }
}
