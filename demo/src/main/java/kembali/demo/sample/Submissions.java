package kembali.demo.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.demo.sample.Beginning.How;
import kembali.demo.sample.Beginning.Submitted;
import kembali.demo.sample.Step.Describe;
import kembali.demo.sample.Step.Reach;
import kembali.demo.sample.Step.Singled;
import kembali.demo.sample.Step.Treatment;

/** Leads that other systems send: the call centre, a landing page, Meta's instant forms, an import. */
final class Submissions {
    private static final int CALLS = 24;
    private static final int MAILS = 10;
    private static final int FORMS = 8;
    private static final int GOOGLE_FORMS = 12;
    private static final int INSTANT_FORMS = 5;
    private static final int UNREADABLE = 3;
    private static final int DENIED = 4;
    private static final int IMPORTED = 20;

    private final Instant now;
    private final List<Story> stories = new ArrayList<>();
    private int no;

    private Submissions(Instant now, int first) {
        this.now = now;
        this.no = first;
    }

    static List<Story> from(int first, Instant now) {
        var s = new Submissions(now, first);
        s.repeat(CALLS, s::call);
        s.repeat(MAILS, s::mail);
        s.repeat(FORMS, s::form);
        s.repeat(GOOGLE_FORMS, s::googleForm);
        s.repeat(INSTANT_FORMS, s::instantForm);
        s.repeat(UNREADABLE, s::unreadable);
        s.repeat(DENIED, s::denied);
        s.repeat(IMPORTED, s::imported);
        s.singled(Reach.of("contacted"), Treatment.META_COMPLAINS);
        s.singled(Reach.of("hot"), Treatment.META_REFUSES);
        s.singled(Reach.of("responded"), Treatment.GA4_LOSES_THE_ANSWER);
        s.singled(Reach.worth("qualified", "750000"), Treatment.GOOGLE_ADS_REFUSES_LATER);
        s.singled(Reach.won("1250000", "INV-2611-9999"), Treatment.GOOGLE_ADS_LOSES_THE_ANSWER);
        return s.stories;
    }

    /** A bulk row that must be refused alone: its currency is a word. */
    static Map<String, Object> brokenRow() {
        return Map.of("name", "Salah Kolom", "email", "salah.kolom@example.com", "currency", "RUPIAH");
    }

    private void repeat(int times, Runnable one) {
        for (int i = 0; i < times; i++) {
            one.run();
        }
    }

    private void call() {
        Person p = People.person(no).only(true, false);
        add(lead(p, "phone"), p, Trace.NONE, no % 6 == 0 ? How.ALONE_TWICE : How.ALONE, afterwards());
    }

    private void mail() {
        Person p = People.person(no).only(false, true);
        add(lead(p, "email"), p, Trace.NONE, How.ALONE, afterwards());
    }

    private void form() {
        Person p = People.person(no);
        var lead = lead(p, "website");
        String fbclid = Ads.fbclid(no);
        lead.put("click", Map.of("fbclid", fbclid, "clickedAt", clickedAt()));
        lead.put("web", web("https://batikayu.example/promo?" + Ads.query(no, fbclid)));
        lead.put("utm", Map.of("source", "meta", "medium", "paid", "campaign", "Batik Lebaran 2026"));
        add(lead, p, new Trace(Set.of(Network.META), false, true), How.ALONE, afterwards());
    }

    /** The shop's landing page for search ads: it passes on what Google's tag knows, and asks for the whole address. */
    private void googleForm() {
        Person p = People.person(no);
        var lead = lead(p, "website");
        lead.put("country", "ID");
        lead.put("postalCode", Integer.toString(10_110 + no % 80 * 10));
        boolean analytics = no % 4 != 1;
        var click = new LinkedHashMap<String, Object>(GoogleAds.clickIds(no));
        click.put("clickedAt", clickedAt());
        if (analytics) {
            click.put("gaClientId", GoogleAds.clientId(no, now));
            click.put("gaSessionId", GoogleAds.sessionId(no, now));
        }
        lead.put("click", click);
        lead.put("web", web("https://batikayu.example/seragam?" + GoogleAds.query(no)));
        lead.put("utm", Map.of("source", "google", "medium", "cpc", "campaign", "Search: seragam kantor"));
        lead.put("consent", Map.of("adUserData", "granted", "adPersonalization", "granted"));
        add(lead, p, new Trace(Set.of(Network.GOOGLE), analytics, true), How.ALONE, afterwards());
    }

    private void instantForm() {
        Person p = People.person(no);
        var lead = lead(p, "ads");
        lead.put("click", Map.of("metaLeadId", Seed.digits("leadgen", no, 16)));
        add(lead, p, new Trace(Set.of(Network.META), false, false), How.ALONE, afterwards());
    }

    /** Only a number that is none: nobody can be matched by it. */
    private void unreadable() {
        var lead = new LinkedHashMap<String, Object>();
        lead.put("phone", "0812 nanti menyusul");
        lead.put("source", "event");
        add(lead, Person.UNKNOWN, Trace.NONE, How.ALONE, List.of());
    }

    private void denied() {
        Person p = People.person(no);
        var lead = lead(p, "website");
        lead.put("web", web("https://batikayu.example/kontak"));
        lead.put("consent", Map.of("adUserData", "denied", "adPersonalization", "denied"));
        stories.add(new Story(
                no++,
                new Submitted(lead, p, Set.of(), false, true, true, How.ALONE),
                List.of(),
                List.of(Reach.of("contacted"))));
    }

    private void imported() {
        Person p = People.person(no);
        add(lead(p, "event"), p, Trace.NONE, How.BULK, no % 4 == 0 ? afterwards() : List.of());
    }

    /** Known to every platform, so that only the treatment decides. */
    private void singled(Reach reach, Treatment treatment) {
        Person p = People.person(no);
        var lead = lead(p, "website");
        lead.put(
                "click",
                Map.of(
                        "fbclid",
                        Ads.fbclid(no),
                        "gclid",
                        GoogleAds.gclid(no),
                        "gaClientId",
                        GoogleAds.clientId(no, now),
                        "gaSessionId",
                        GoogleAds.sessionId(no, now)));
        lead.put("web", web("https://batikayu.example/seragam"));
        add(
                lead,
                p,
                new Trace(Set.of(Network.values()), true, true),
                How.ALONE,
                List.of(new Singled(reach, treatment)));
    }

    private String clickedAt() {
        return now.minus(Duration.ofMinutes(30 + no % 90)).toString();
    }

    private List<Step> afterwards() {
        String paid = Integer.toString(500_000 + Seed.number("paid", no, 150) * 25_000);
        String order = "INV-2611-%04d".formatted(no);
        return switch (no % 4) {
            case 0 -> List.of(Reach.of("contacted"), Reach.worth("qualified", paid));
            case 1 -> List.of(Reach.of("contacted"));
            case 2 ->
                no % 8 == 2
                        ? List.of(new Describe(People.person(no)), Reach.won(paid, order))
                        : List.of(Reach.of("responded"), Reach.of("lost"));
            default -> List.of();
        };
    }

    private Map<String, Object> lead(Person p, String source) {
        var lead = new LinkedHashMap<String, Object>();
        put(lead, "name", p.name());
        put(lead, "phone", p.phone());
        put(lead, "email", p.email());
        put(lead, "city", p.city());
        lead.put("source", source);
        return lead;
    }

    private Map<String, Object> web(String page) {
        return Map.of(
                "pageUrl",
                page,
                "ip",
                Devices.ip(no),
                "userAgent",
                Devices.of(no).userAgent());
    }

    private static void put(Map<String, Object> lead, String name, @org.jspecify.annotations.Nullable Object value) {
        if (value != null) {
            lead.put(name, value);
        }
    }

    /** What a lead shows of where it came from. */
    private record Trace(Set<Network> clicks, boolean analytics, boolean seen) {
        static final Trace NONE = new Trace(Set.of(), false, false);
    }

    private void add(Map<String, Object> lead, Person p, Trace trace, How how, List<Step> steps) {
        stories.add(new Story(
                no++, new Submitted(lead, p, trace.clicks, trace.analytics, trace.seen, false, how), List.of(), steps));
    }
}
