package kembali.demo.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.demo.sample.Hit.Kind;
import kembali.demo.sample.Visit.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * People who look at the shop's pages, where the tracker is. Most go away again; some tap the rotator link there, fill in
 * the form, or say who they are.
 */
final class PageVisitors {
    private static final int ONLY_LOOK = 78;
    private static final int REFUSE = 6;
    private static final int TAP = 40;
    private static final int FILL_IN = 18;
    private static final int SAY_WHO = 6;

    private static final List<String> PAGES = List.of("/promo", "/koleksi/parang", "/seragam", "/ukuran");

    private final Instant now;
    private final List<String> rotators;
    private final List<Story> stories = new ArrayList<>();
    private int no;

    private PageVisitors(Instant now, List<String> rotators, int first) {
        this.now = now;
        this.rotators = rotators;
        this.no = first;
    }

    static List<Story> from(int first, List<String> rotators, Instant now) {
        var all = new PageVisitors(now, rotators, first);
        all.repeat(ONLY_LOOK, () -> all.add(new Beginning.Looked(), all.hits(), List.of(), List.of(), List.of()));
        all.repeat(REFUSE, () -> all.add(new Beginning.Looked(), all.hits(true), List.of(), List.of(), List.of()));
        all.repeat(TAP, all::tap);
        all.repeat(FILL_IN, all::form);
        all.repeat(SAY_WHO, all::name);
        return all.stories;
    }

    /** A crawler that runs the scripts of the page, too. */
    static Hit crawler(int no) {
        return new Hit(
                Kind.PAGEVIEW,
                eventId(90_000 + no, 0),
                null,
                page(no),
                null,
                Map.of(
                        "User-Agent",
                        "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko)"
                                + " Chrome/141.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1;"
                                + " +http://www.google.com/bot.html)"),
                Map.of(),
                Map.of(),
                Set.of(),
                false,
                false,
                null,
                1);
    }

    private void repeat(int times, Runnable one) {
        for (int i = 0; i < times; i++) {
            one.run();
        }
    }

    /** They tap the link on the page: it says nothing of the ad, which the page has told before. */
    private void tap() {
        Map<String, String> headers = headers();
        headers.put("Referer", page(no));
        var visit = new Visit(rotators.get(no % 2), "utm_source=website", headers, Map.of(), Map.of(), Set.of(), 0);
        List<Message> messages = no % 4 == 3 ? List.of() : Messages.toAgentOfRotator(no);
        add(new Beginning.Tapped(), hits(), List.of(visit), messages, Afterwards.of(no));
    }

    private void form() {
        Person p = People.person(no).inForm();
        var fields = new LinkedHashMap<String, String>();
        put(fields, "nama", p.name());
        put(fields, "no_wa", p.phone());
        put(fields, "email", p.email());
        put(fields, "kota", p.city());
        fields.put("ukuran", List.of("S", "M", "L", "XL").get(no % 4));
        fields.put("pesan", "Bisa kirim sebelum Lebaran?");
        fields.put("page_url", page(no));
        Map<String, String> headers = headers();
        headers.put("Origin", Sample.SHOP);
        headers.put("Referer", page(no));
        headers.put("Sec-Fetch-Mode", "navigate");
        int times = no % 5 == 0 ? 2 : 1;
        add(new Beginning.Filled(fields, headers, p, times), hits(), List.of(), List.of(), Afterwards.of(no));
    }

    /** They log in on the page, which says so to the tracker. */
    private void name() {
        Person p = People.person(no);
        List<Hit> hits = hits();
        Person said = new Person(p.name(), p.phone(), p.phoneDigits(), p.email(), null, null);
        hits.add(hit(hits.size(), Kind.IDENTIFY, null, PAGES.getFirst(), Evidence.NONE, false, said));
        add(new Beginning.Named(), hits, List.of(), List.of(), Afterwards.of(no));
    }

    private List<Hit> hits() {
        return hits(false);
    }

    private List<Hit> hits(boolean refuses) {
        var hits = new ArrayList<Hit>();
        Evidence evidence = evidence();
        hits.add(hit(0, Kind.PAGEVIEW, null, PAGES.getFirst(), evidence, refuses, null));
        for (int i = 1; i <= no % 3; i++) {
            hits.add(hit(i, Kind.PAGEVIEW, null, PAGES.get(i), Evidence.NONE, refuses, null));
        }
        if (no % 4 == 0) {
            hits.add(hit(hits.size(), Kind.EVENT, "lihat_ukuran", PAGES.getLast(), Evidence.NONE, refuses, null));
        }
        return hits;
    }

    /** Of ten, eight come by an ad, one of them some days after its click. */
    private Evidence evidence() {
        return switch (no % 10) {
            case 8, 9 -> Evidence.NONE;
            case 7 -> Evidence.COOKIE;
            default -> Evidence.AD;
        };
    }

    private Network network() {
        return switch (no % 10) {
            case 3, 4 -> Network.GOOGLE;
            case 5 -> Network.TIKTOK;
            case 6 -> Network.LINKEDIN;
            case 7 -> Network.values()[no / 10 % Network.values().length];
            default -> Network.META;
        };
    }

    private Hit hit(
            int which,
            Kind kind,
            @Nullable String name,
            String path,
            Evidence evidence,
            boolean refuses,
            @Nullable Person person) {
        boolean landing = which == 0;
        Map<String, String> headers = headers();
        headers.put("Origin", Sample.SHOP);
        String query = landing && evidence == Evidence.AD ? Links.ofAd(network(), no) : "";
        return new Hit(
                kind,
                eventId(no, which),
                name,
                Sample.SHOP + path + (query.isEmpty() ? "" : "?" + query),
                landing ? referrer(evidence) : Sample.SHOP + PAGES.getFirst(),
                headers,
                Arrivals.cookies(no, network(), evidence(), now),
                evidence == Evidence.NONE ? Map.of() : Map.of(network(), evidence),
                Arrivals.tags(no),
                no % 3 == 1,
                refuses,
                person,
                landing && no % 8 == 3 ? 2 : 1);
    }

    private @Nullable String referrer(Evidence evidence) {
        return evidence == Evidence.AD && network() == Network.GOOGLE ? "https://www.google.com/" : null;
    }

    private Map<String, String> headers() {
        return Devices.of(network(), no).headers(no);
    }

    private static String page(int no) {
        return Sample.SHOP + PAGES.get(no % PAGES.size());
    }

    /** A UUID of version 7, as the tracker makes them. */
    private static String eventId(int no, int which) {
        String hex = Seed.hex("hit " + which, no, 30);
        return "0199" + hex.substring(0, 4) + "-" + hex.substring(4, 8) + "-7" + hex.substring(8, 11) + "-a"
                + hex.substring(11, 14) + "-" + hex.substring(14, 26);
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private void add(
            Beginning beginning, List<Hit> hits, List<Visit> visits, List<Message> messages, List<Step> steps) {
        stories.add(new Story(no++, beginning, hits, visits, messages, steps));
    }
}
