package kembali.demo.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.demo.sample.Visit.Evidence;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    private final Sample sample = Sample.at(NOW);

    @Test
    void isTheSameOnEveryRun() {
        assertThat(Sample.at(NOW)).isEqualTo(sample);
    }

    @Test
    void holdsHundredsOfTapsOfEveryKind() {
        assertThat(sample.taps()).isBetween(400, 600);
        Set<Evidence> kinds = sample.stories().stream()
                .flatMap(s -> s.visits().stream())
                .flatMap(v -> v.evidence().values().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Evidence.class)));
        assertThat(kinds).containsExactlyInAnyOrder(Evidence.AD, Evidence.COOKIE, Evidence.OLD_COOKIE, Evidence.COPIED);
        for (Network network : Network.values()) {
            for (Evidence kind : kinds) {
                if (kind == Evidence.OLD_COOKIE && network != Network.META && network != Network.GOOGLE) {
                    continue; // their cookies do not say how old a click is
                }
                assertThat(sample.stories())
                        .as("%s %s", network, kind)
                        .anyMatch(s -> s.visits().stream().anyMatch(v -> v.of(network) == kind));
            }
        }
    }

    @Test
    void numbersItsStoriesByTheirPlace() {
        for (int i = 0; i < sample.stories().size(); i++) {
            assertThat(sample.stories().get(i).no()).isEqualTo(i);
        }
    }

    @Test
    void opensCopiedLinksAfterTheirOwners() {
        Map<String, Integer> firstWave = new HashMap<>();
        for (Story s : sample.stories()) {
            for (Visit v : s.visits()) {
                if (v.evidence().containsValue(Evidence.AD)) {
                    firstWave.merge(click(v), v.wave(), Math::min);
                }
            }
        }
        List<Visit> copied = sample.stories().stream()
                .flatMap(s -> s.visits().stream())
                .filter(v -> v.evidence().containsValue(Evidence.COPIED))
                .toList();
        assertThat(copied).isNotEmpty().allSatisfy(v -> {
            assertThat(v.wave()).isEqualTo(1);
            assertThat(firstWave.get(click(v))).isZero();
        });
    }

    @Test
    void givesEveryOtherAdClickAnIdOfItsOwn() {
        var owners = new HashMap<String, Integer>();
        for (Story s : sample.stories()) {
            for (Visit v : s.visits()) {
                if (v.evidence().containsValue(Evidence.AD)) {
                    assertThat(owners.merge(click(v), s.no(), (a, b) -> a)).isEqualTo(s.no());
                }
            }
        }
    }

    @Test
    void writesLinksAndHeadersThatCanTravel() {
        for (Story s : sample.stories()) {
            for (Visit v : s.visits()) {
                assertThat(URI.create("http://127.0.0.1" + v.target()).getPath())
                        .isEqualTo("/wa/" + v.rotator());
                assertThat(v.headers()).containsKeys("User-Agent", "Accept-Language", "X-Forwarded-For");
                assertThat(v.headers().values()).allMatch(h -> h.chars().allMatch(c -> c >= ' ' && c < 127));
            }
        }
    }

    @Test
    void fillsEveryMacroOfTheAdLink() {
        String query = Links.ofAd(Network.META, 7);
        assertThat(query)
                .contains(
                        "utm_source=meta",
                        "campaign_id=120226305854",
                        "ad_meta=",
                        "site_source_name=",
                        "&fbclid=IwZXh0")
                .contains("_aem_")
                .doesNotContain("{{", " ");
    }

    @Test
    void writesGooglesClickIdsAndCookiesAsGoogleDoes() {
        Set<String> names = new HashSet<>();
        for (int no = 0; no < 100; no++) {
            names.addAll(GoogleAds.clickIds(no).keySet());
            assertThat(Links.ofAd(Network.GOOGLE, no)).contains("utm_source=google", "gad_source=1");
            Map<String, String> cookies = GoogleAds.analyticsCookies(no, NOW);
            assertThat(cookies.get("_ga")).matches("GA1\\.[12]\\.\\d{10}\\.\\d{10}");
            assertThat(cookies.get("_ga_" + GoogleAds.STREAM))
                    .matches("GS1\\.1\\.\\d{10}\\.\\d\\.1\\.\\d{10}\\.20\\.0\\.0"
                            + "|GS2\\.1\\.s\\d{10}\\$o\\d\\$g1\\$t\\d{10}\\$j20\\$l0\\$h0");
        }
        assertThat(names).containsExactlyInAnyOrder("gclid", "gbraid", "wbraid");
    }

    @Test
    void writesTikToksAndLinkedInsLinksByTheirTemplates() {
        assertThat(parameters(Links.ofAd(Network.TIKTOK, 4)))
                .containsExactly(
                        "utm_source",
                        "utm_medium",
                        "utm_campaign",
                        "utm_term",
                        "utm_content",
                        "campaign_id",
                        "campaign_name",
                        "ad_group_name",
                        "ad_name",
                        "ad_group_id",
                        "ad_id",
                        "ttclid",
                        "ad_account_id");
        assertThat(parameters(Links.ofAd(Network.LINKEDIN, 16)))
                .containsExactly(
                        "utm_source",
                        "utm_medium",
                        "utm_campaign",
                        "campaign_id",
                        "ad_id",
                        "ad_account_id",
                        "li_fat_id");
        assertThat(Links.ofAd(Network.TIKTOK, 4)).contains("utm_source=tiktok&").doesNotContain("__");
        assertThat(LinkedInAds.liFatId(16)).matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(TikTokAds.ttp(4)).hasSize(27);
    }

    @Test
    void letsChatsOpenUnderTwoAccountsAndUnderNone() {
        assertThat(Sample.AGENTS)
                .extracting(Agent::account)
                .doesNotHaveDuplicates()
                .hasSize(3);
        for (Agent agent : Sample.AGENTS) {
            assertThat(sample.chats()).anyMatch(c -> Objects.equals(c.account(), agent.account()));
        }
        assertThat(sample.chats()).extracting(Chat::click).doesNotHaveDuplicates();
    }

    @Test
    void givesEverybodyAnotherPhoneAndMailAddress() {
        List<Person> people = sample.people().toList();
        assertThat(people).hasSize(sample.stories().size());
        assertThat(new HashSet<>(people.stream().map(Person::phoneDigits).toList()))
                .hasSameSizeAs(people);
        assertThat(new HashSet<>(people.stream().map(Person::email).toList())).hasSameSizeAs(people);
    }

    @Test
    void letsPeopleOfEveryCourseArriveWithAndWithoutAnAd() {
        var arrivals = new Arrivals(NOW, Sample.ROTATORS);
        var kinds = new HashMap<Course, Set<Evidence>>();
        List<Course> courses = Course.mixed();
        for (int no = 0; no < courses.size(); no++) {
            kinds.computeIfAbsent(courses.get(no), c -> EnumSet.noneOf(Evidence.class))
                    .add(arrivals.kind(no));
        }
        assertThat(kinds.keySet()).containsExactlyInAnyOrder(Course.values());
        assertThat(kinds.values()).allSatisfy(k -> assertThat(k).contains(Evidence.AD, Evidence.NONE));
    }

    @Test
    void looksUpPeopleOnlyByANumberThatWasWrittenDown() {
        for (Story s : sample.stories()) {
            boolean phoneKnown = false;
            for (Step step : s.steps()) {
                if (step instanceof Step.Describe d) {
                    phoneKnown |= d.person().phone() != null;
                } else if (step instanceof Step.Upsert) {
                    assertThat(phoneKnown).as("person %s", s.no()).isTrue();
                }
            }
        }
    }

    private static List<String> parameters(String query) {
        return Arrays.stream(query.split("&")).map(p -> p.split("=")[0]).toList();
    }

    private static String click(Visit v) {
        return v.query().replaceFirst(".*?(?=(fbclid|gclid|gbraid|wbraid|ttclid|li_fat_id)=)", "");
    }
}
