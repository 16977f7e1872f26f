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
import kembali.demo.sample.Step.Reach;
import kembali.demo.sample.Step.Singled;
import kembali.demo.sample.Step.Treatment;
import org.jspecify.annotations.Nullable;

/** Leads that other systems send: the call centre, landing pages, WhatsApp, Meta's instant forms, an import. */
final class Submissions {
    private static final int CALLS = 24;
    private static final int MAILS = 10;
    private static final int FORMS = 8;
    private static final int GOOGLE_FORMS = 12;
    private static final int TIKTOK_FORMS = 8;
    private static final int LINKEDIN_FORMS = 8;
    private static final int CHATS = 8;
    private static final int INSTANT_FORMS = 12;
    private static final int NUMBERS = 6;
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
        s.repeat(TIKTOK_FORMS, s::tiktokForm);
        s.repeat(LINKEDIN_FORMS, s::linkedInForm);
        s.repeat(CHATS, s::chat);
        s.repeat(INSTANT_FORMS, s::instantForm);
        s.repeat(NUMBERS, s::number);
        s.repeat(UNREADABLE, s::unreadable);
        s.repeat(DENIED, s::denied);
        s.repeat(IMPORTED, s::imported);
        s.singled(Reach.of("contacted"), Treatment.META_COMPLAINS);
        s.singled(Reach.of("hot"), Treatment.META_REFUSES);
        s.singled(Reach.of("responded"), Treatment.GA4_LOSES_THE_ANSWER);
        s.singled(Reach.worth("qualified", "750000"), Treatment.GOOGLE_ADS_REFUSES_LATER);
        s.singled(Reach.won("1250000", "INV-2611-9999"), Treatment.GOOGLE_ADS_LOSES_THE_ANSWER);
        s.singled(Reach.of("contacted"), Treatment.TIKTOK_TAKES_A_PART);
        s.singled(Reach.won("4500000", "INV-2611-9998"), Treatment.LINKEDIN_LOSES_THE_ANSWER);
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
        lead.put("click", Map.of("fbclid", MetaAds.fbclid(no), "clickedAt", clickedAt()));
        lead.put("web", web("https://batikayu.example/promo?" + Links.ofAd(Network.META, no)));
        lead.put("utm", Map.of("source", "meta", "medium", "paid", "campaign", "Batik Lebaran 2026"));
        add(lead, p, Trace.of(Network.META).onPage(), How.ALONE, afterwards());
    }

    /** The shop's landing page for search ads: it passes on what Google's tag knows, and asks for the whole address. */
    private void googleForm() {
        Person p = People.person(no);
        var lead = lead(p, "website");
        lead.put("country", "ID");
        put(lead, "postalCode", p.postalCode());
        boolean analytics = no % 4 != 1;
        var click = new LinkedHashMap<String, Object>(GoogleAds.clickIds(no));
        click.put("clickedAt", clickedAt());
        if (analytics) {
            click.put("gaClientId", GoogleAds.clientId(no, now));
            click.put("gaSessionId", GoogleAds.sessionId(no, now));
        }
        lead.put("click", click);
        lead.put("web", web("https://batikayu.example/seragam?" + Links.ofAd(Network.GOOGLE, no)));
        lead.put("utm", Map.of("source", "google", "medium", "cpc", "campaign", "21876543987"));
        lead.put("consent", Map.of("adUserData", "granted", "adPersonalization", "granted"));
        Trace trace = Trace.of(Network.GOOGLE).onPage();
        add(lead, p, analytics ? trace.knownToTagOf(Network.GOOGLE) : trace, How.ALONE, afterwards());
    }

    /** The landing page of TikTok's ads: of half of them TikTok's cookie as well, of some only that. */
    private void tiktokForm() {
        Person p = People.person(no);
        var lead = lead(p, "website");
        var click = new LinkedHashMap<String, Object>();
        var trace = new Trace(Set.of(), Set.of(), null, true);
        if (no % 4 != 1) {
            click.put("ttclid", TikTokAds.ttclid(no));
            trace = Trace.of(Network.TIKTOK).onPage();
        }
        if (no % 2 == 1) {
            click.put("ttp", TikTokAds.ttp(no));
            trace = trace.knownToTagOf(Network.TIKTOK);
        }
        lead.put("click", click);
        lead.put("web", web("https://batikayu.example/promo?" + Links.ofAd(Network.TIKTOK, no)));
        lead.put("utm", Map.of("source", "tiktok", "medium", "paid", "campaign", "Batik Lebaran 2026"));
        add(lead, p, trace, How.ALONE, afterwards());
    }

    /** Companies that want uniforms: by a LinkedIn ad, or by themselves on the same page. */
    private void linkedInForm() {
        Person p = People.person(no);
        var lead = lead(p, "website");
        boolean ad = no % 4 != 2;
        if (ad) {
            lead.put("click", Map.of("liFatId", LinkedInAds.liFatId(no), "clickedAt", clickedAt()));
            lead.put("utm", Map.of("source", "linkedin", "medium", "paid", "campaign", "Seragam kantor"));
        }
        lead.put("company", "PT " + p.city() + " Abadi");
        lead.put("title", "HRD Manager");
        lead.put("country", "ID");
        lead.put("web", web("https://batikayu.example/seragam" + (ad ? "?" + Links.ofAd(Network.LINKEDIN, no) : "")));
        Trace trace = ad ? Trace.of(Network.LINKEDIN) : Trace.NONE;
        add(lead, p, trace.onPage(), How.ALONE, afterwards());
    }

    /** A tap on an ad of Meta's that opens WhatsApp at once, told by an inbox that the third agent writes with. */
    private void chat() {
        Person p = People.person(no).only(true, no % 4 == 0);
        Agent agent = Sample.AGENTS.getLast();
        String click = "ARA" + Seed.opaque("ctwa", no, 60);
        var lead = lead(p, "whatsapp");
        lead.put("agentNumber", agent.phone());
        lead.put("click", Map.of("ctwaClid", click, "clickedAt", clickedAt()));
        add(
                lead,
                p,
                new Trace(Set.of(Network.META), Set.of(), new Chat(click, agent.account()), false),
                How.ALONE,
                AdChats.steps(no));
    }

    private void instantForm() {
        Person p = People.person(no);
        var lead = lead(p, "ads");
        lead.put("click", Map.of("metaLeadId", Seed.digits("leadgen", no, 16)));
        add(lead, p, Trace.of(Network.META), How.ALONE, afterwards());
    }

    /** Missed calls: a number and nothing else. */
    private void number() {
        Person p = People.person(no).numberOnly();
        var lead = new LinkedHashMap<String, Object>();
        put(lead, "phone", p.phone());
        lead.put("source", "phone");
        add(lead, p, Trace.NONE, How.ALONE, List.of(Reach.of("contacted")));
    }

    /** Only a number that is none: nobody can be matched by it. */
    private void unreadable() {
        var lead = new LinkedHashMap<String, Object>();
        var p = new Person(null, "0812 nanti menyusul", null, null, null, null);
        put(lead, "phone", p.phone());
        lead.put("source", "event");
        add(lead, p, Trace.NONE, How.ALONE, List.of());
    }

    private void denied() {
        Person p = People.person(no);
        var lead = lead(p, "website");
        lead.put("web", web("https://batikayu.example/kontak"));
        lead.put("consent", Map.of("adUserData", "denied", "adPersonalization", "denied"));
        stories.add(new Story(
                no++,
                new Submitted(lead, p, Set.of(), Set.of(), null, true, true, How.ALONE),
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
                        MetaAds.fbclid(no),
                        "gclid",
                        GoogleAds.gclid(no),
                        "gaClientId",
                        GoogleAds.clientId(no, now),
                        "gaSessionId",
                        GoogleAds.sessionId(no, now),
                        "ttclid",
                        TikTokAds.ttclid(no),
                        "liFatId",
                        LinkedInAds.liFatId(no)));
        lead.put("web", web("https://batikayu.example/seragam"));
        var trace = new Trace(Set.of(Network.values()), Set.of(Network.GOOGLE), null, true);
        add(lead, p, trace, How.ALONE, List.of(new Singled(reach, treatment)));
    }

    private String clickedAt() {
        return now.minus(Duration.ofMinutes(30 + no % 90)).toString();
    }

    private List<Step> afterwards() {
        return Afterwards.of(no);
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
                Devices.browser(no).userAgent());
    }

    private static void put(Map<String, Object> lead, String name, @Nullable Object value) {
        if (value != null) {
            lead.put(name, value);
        }
    }

    /** What a lead shows of where it came from; members as in {@link Submitted}. */
    private record Trace(
            Set<Network> clicks,
            Set<Network> tags,
            @Nullable Chat chat,
            boolean seen) {
        static final Trace NONE = new Trace(Set.of(), Set.of(), null, false);

        static Trace of(Network network) {
            return new Trace(Set.of(network), Set.of(), null, false);
        }

        Trace onPage() {
            return new Trace(clicks, tags, chat, true);
        }

        Trace knownToTagOf(Network network) {
            return new Trace(clicks, Set.of(network), chat, seen);
        }
    }

    private void add(Map<String, Object> lead, Person p, Trace trace, How how, List<Step> steps) {
        var submitted = new Submitted(lead, p, trace.clicks, trace.tags, trace.chat, trace.seen, false, how);
        stories.add(new Story(no++, submitted, List.of(), steps));
    }
}
