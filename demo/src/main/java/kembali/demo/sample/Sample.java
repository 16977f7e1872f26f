package kembali.demo.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything the demo plays: a batik shop's days with ads on all networks.
 *
 * @param stories one per person, by their number
 * @param crawled hits of crawlers that run the scripts of pages
 * @param machines requests of bots, previews and prefetches
 * @param brokenRow a row of the bulk request that must be refused without harming the others
 */
public record Sample(List<Story> stories, List<Hit> crawled, List<Machine> machines, Map<String, Object> brokenRow) {
    /** Where the shop's pages are. */
    public static final String SHOP = "https://batikayu.example";

    /** Slugs: the first shares its visitors evenly, the second by weight. */
    public static final List<String> ROTATORS = List.of("promo-batik", "seragam-kantor");

    /** Two of them have numbers under different WhatsApp accounts, of the third nobody has written it down. */
    public static final List<Agent> AGENTS = List.of(
            new Agent("Sari Wulandari", "0811-9000-101", "102290129340398"),
            new Agent("Bagas Pradana", "+62 811 9000 102", "102290129340777"),
            new Agent("Ni Luh Ayu", "628119000103", null));

    /** Alias of the campaign link that the partner network spreads. */
    public static final String CAMPAIGN = "partner-lebaran";

    /** Postbacks about clicks nobody made. */
    public static final int ORPHANS = 2;

    /** What a new lead is after its first message. */
    public static final String AFTER_FIRST_MESSAGE = "contacted";

    /** The shop's ad account at LinkedIn. */
    public static final String LINKEDIN_ACCOUNT = LinkedInAds.ACCOUNT;

    /** How often the WhatsApp provider tells that a message of the shop's was delivered and read: nobody's business. */
    public static final int RECEIPTS = 6;

    /** Messages in Meta's name that Meta did not sign. */
    public static final int FORGERIES = 3;

    /** Forms filled in by machines, with the input that people do not see. */
    public static final int TRAPPED = 2;

    private static final int MACHINE_ROUNDS = 8;
    private static final int CRAWLED = 5;

    /** The sample of a run that begins now. */
    public static Sample at(Instant now) {
        var arrivals = new Arrivals(now, ROTATORS);
        List<Course> courses = Course.mixed();
        var stories = new ArrayList<Story>();
        for (int no = 0; no < courses.size(); no++) {
            Course course = courses.get(no);
            stories.add(new Story(
                    no,
                    new Beginning.Tapped(),
                    List.of(),
                    arrivals.of(no),
                    writes(no, course) ? Messages.toAgentOfRotator(no) : List.of(),
                    course.steps(no)));
        }
        int writer = IntStream.range(0, courses.size())
                .filter(no -> writes(no, courses.get(no)))
                .findFirst()
                .orElseThrow();
        stories.addAll(Submissions.from(stories.size(), now));
        stories.addAll(PageVisitors.from(stories.size(), ROTATORS, now));
        stories.addAll(Messages.from(stories.size(), writer));
        stories.addAll(PartnerClicks.from(stories.size()));
        return new Sample(
                List.copyOf(stories),
                IntStream.range(0, CRAWLED).mapToObj(PageVisitors::crawler).toList(),
                Machine.all(ROTATORS, MACHINE_ROUNDS),
                Submissions.brokenRow());
    }

    /** A quarter of those whom CS has anything to do with sends the draft; of the others only CS tells. */
    private static boolean writes(int no, Course course) {
        return course != Course.SILENT && no % 4 == 1;
    }

    /** The same without the partner network, for a server that has no campaign links. */
    public Sample withoutPartner() {
        return new Sample(
                stories.stream()
                        .filter(s -> !(s.beginning() instanceof Beginning.Reported))
                        .toList(),
                crawled,
                machines,
                brokenRow);
    }

    /** Everybody's chats that an ad opened. */
    public List<Chat> chats() {
        return stories.stream()
                .flatMap(s -> Stream.concat(
                        s.beginning() instanceof Beginning.Submitted lead
                                ? Stream.ofNullable(lead.chat())
                                : Stream.empty(),
                        s.messages().stream().map(Message::chat).filter(Objects::nonNull)))
                .toList();
    }

    /** Messages, each counted once. */
    public int messages() {
        return stories.stream().mapToInt(s -> s.messages().size()).sum();
    }

    /** Hits of people, each counted once. */
    public int hits() {
        return stories.stream().mapToInt(s -> s.hits().size()).sum();
    }

    /** How many people look at the shop's pages. */
    public long onPages() {
        return stories.stream().filter(s -> !s.hits().isEmpty()).count();
    }

    /** How many people begin in a way. */
    public long begin(Class<? extends Beginning> way) {
        return stories.stream().filter(s -> way.isInstance(s.beginning())).count();
    }

    /** How many events are treated in a special way. */
    public long singled() {
        return stories.stream().filter(Story::alone).count();
    }

    /** Taps of people. */
    public int taps() {
        return stories.stream().mapToInt(s -> s.visits().size()).sum();
    }

    /** What somebody's first message shows of them. */
    public static Person onWhatsApp(int no) {
        return People.person(no).onWhatsApp();
    }

    /** Who somebody is, whether written down or not. */
    public Person person(Story story) {
        return People.person(story.no());
    }

    /** Everybody, whether written down or not, with the right reading of their number. */
    public Stream<Person> people() {
        return stories.stream().map(this::person);
    }
}
