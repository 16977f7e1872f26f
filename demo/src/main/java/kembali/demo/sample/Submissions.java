package kembali.demo.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        s.repeat(INSTANT_FORMS, s::instantForm);
        s.repeat(UNREADABLE, s::unreadable);
        s.repeat(DENIED, s::denied);
        s.repeat(IMPORTED, s::imported);
        s.singled(Reach.of("contacted"), Treatment.COMPLAINS);
        s.singled(Reach.of("hot"), Treatment.REFUSES);
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
        add(lead(p, "phone"), false, true, no % 6 == 0 ? How.ALONE_TWICE : How.ALONE, afterwards());
    }

    private void mail() {
        Person p = People.person(no).only(false, true);
        add(lead(p, "email"), false, true, How.ALONE, afterwards());
    }

    private void form() {
        var lead = lead(People.person(no), "website");
        String fbclid = Ads.fbclid(no);
        lead.put(
                "click",
                Map.of(
                        "fbclid",
                        fbclid,
                        "clickedAt",
                        now.minus(Duration.ofMinutes(30 + no % 90)).toString()));
        lead.put("web", web("https://batikayu.example/promo?" + Ads.query(no, fbclid)));
        lead.put("utm", Map.of("source", "meta", "medium", "paid", "campaign", "Batik Lebaran 2026"));
        add(lead, true, true, How.ALONE, afterwards());
    }

    private void instantForm() {
        var lead = lead(People.person(no), "ads");
        lead.put("click", Map.of("metaLeadId", Seed.digits("leadgen", no, 16)));
        add(lead, true, true, How.ALONE, afterwards());
    }

    /** Only a number that is none: nobody can be matched by it. */
    private void unreadable() {
        var lead = new LinkedHashMap<String, Object>();
        lead.put("phone", "0812 nanti menyusul");
        lead.put("source", "event");
        add(lead, false, false, How.ALONE, List.of());
    }

    private void denied() {
        var lead = lead(People.person(no), "website");
        lead.put("web", web("https://batikayu.example/kontak"));
        lead.put("consent", Map.of("adUserData", "denied", "adPersonalization", "denied"));
        stories.add(new Story(
                no++, new Submitted(lead, false, true, true, How.ALONE), List.of(), List.of(Reach.of("contacted"))));
    }

    private void imported() {
        add(lead(People.person(no), "event"), false, true, How.BULK, no % 4 == 0 ? afterwards() : List.of());
    }

    private void singled(Reach reach, Treatment treatment) {
        var lead = lead(People.person(no), "website");
        lead.put("click", Map.of("fbclid", Ads.fbclid(no)));
        lead.put("web", web("https://batikayu.example/seragam"));
        add(lead, true, true, How.ALONE, List.of(new Singled(reach, treatment)));
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

    private void add(Map<String, Object> lead, boolean click, boolean known, How how, List<Step> steps) {
        stories.add(new Story(no++, new Submitted(lead, click, known, false, how), List.of(), steps));
    }
}
