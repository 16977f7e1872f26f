package kembali.demo.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Everything the demo plays: a batik shop's days with ads on all networks.
 *
 * @param stories one per lead, by their number
 * @param machines requests of bots, previews and prefetches
 * @param brokenRow a row of the bulk request that must be refused without harming the others
 */
public record Sample(List<Story> stories, List<Machine> machines, Map<String, Object> brokenRow) {
    /** Slugs: the first shares its visitors evenly, the second by weight. */
    public static final List<String> ROTATORS = List.of("promo-batik", "seragam-kantor");

    /** Two of them have numbers under different WhatsApp accounts, of the third nobody has written it down. */
    public static final List<Agent> AGENTS = List.of(
            new Agent("Sari Wulandari", "0811-9000-101", "102290129340398"),
            new Agent("Bagas Pradana", "+62 811 9000 102", "102290129340777"),
            new Agent("Ni Luh Ayu", "628119000103", null));

    /** The shop's ad account at LinkedIn. */
    public static final String LINKEDIN_ACCOUNT = LinkedInAds.ACCOUNT;

    private static final int MACHINE_ROUNDS = 8;

    /** The sample of a run that begins now. */
    public static Sample at(Instant now) {
        var arrivals = new Arrivals(now, ROTATORS);
        List<Course> courses = Course.mixed();
        var stories = new ArrayList<Story>();
        for (int no = 0; no < courses.size(); no++) {
            stories.add(new Story(
                    no, new Beginning.Tapped(), arrivals.of(no), courses.get(no).steps(no)));
        }
        stories.addAll(Submissions.from(courses.size(), now));
        return new Sample(List.copyOf(stories), Machine.all(ROTATORS, MACHINE_ROUNDS), Submissions.brokenRow());
    }

    /** Everybody's chats that an ad opened. */
    public List<Chat> chats() {
        return stories.stream()
                .map(Story::beginning)
                .filter(Beginning.Submitted.class::isInstance)
                .map(b -> ((Beginning.Submitted) b).chat())
                .filter(Objects::nonNull)
                .toList();
    }

    /** How many events are treated in a special way. */
    public long singled() {
        return stories.stream().filter(Story::alone).count();
    }

    /** Taps of people. */
    public int taps() {
        return stories.stream().mapToInt(s -> s.visits().size()).sum();
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
