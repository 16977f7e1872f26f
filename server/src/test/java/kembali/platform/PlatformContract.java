package kembali.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.identity.WebContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every platform promises. A platform's test inherits this and adds its own oddities. */
public abstract class PlatformContract {
    protected static final Instant NOW = TestEvent.NOW;

    protected static final Person BUDI = new Person(
            "Budi Santoso",
            "budi.santoso@example.co.id",
            "0812-3456-7890",
            "+6281234567890",
            "Jakarta",
            null,
            "12190",
            "ID",
            "m",
            null,
            null,
            null);

    private static final String ENDPOINT = "http://127.0.0.1:9100";

    /** Every platform's hosts at one address. */
    protected static final Endpoints ENDPOINTS = new Endpoints(Map.of(
            "meta", ENDPOINT,
            "ga4", ENDPOINT,
            "google_data_manager", ENDPOINT,
            "google_ads", ENDPOINT,
            "google_oauth", ENDPOINT,
            "tiktok", ENDPOINT,
            "linkedin", ENDPOINT));

    protected abstract Platform platform();

    /** Right settings; every optional one left out. */
    protected abstract Map<String, Object> settings();

    /** Right credentials, each at least 8 characters long so that it can be searched for. */
    protected abstract Map<String, String> credentials();

    /** An event this platform sends in either strategy, a minute before {@link #NOW}. */
    protected abstract ConversionEvent goodEvent();

    /** Where the golden files are, below {@code src/test/resources/platform}. */
    protected String goldenFolder() {
        return platform().key();
    }

    /** Answers that are not the platform's, or are no success. */
    protected List<PlatformReply> strangeReplies() {
        List<PlatformReply> replies = new ArrayList<>();
        List<String> bodies = List.of(
                "",
                " ",
                "null",
                "0",
                "\"ok\"",
                "[]",
                "{",
                "{}",
                "{}{}",
                "\u0000",
                "\ufeff{}",
                "<html><body>502 Bad Gateway</body></html>",
                "{\"error\":null}",
                "{\"error\":{}}",
                "{\"error\":{\"code\":\"x\",\"error_subcode\":{},\"message\":[]}}",
                "{\"error\":{\"code\":99999999999999999999}}",
                "{\"status\":\"ok\"}",
                "[".repeat(5000));
        for (int status : new int[] {301, 400, 401, 403, 404, 407, 429, 500, 502, 503, 504}) {
            bodies.forEach(body -> replies.add(new PlatformReply(status, Map.of(), body)));
        }
        if (readsBodyOfSuccess()) {
            bodies.forEach(body -> replies.add(new PlatformReply(200, Map.of(), body)));
        }
        replies.add(new PlatformReply(429, Map.of("retry-after", "soon"), ""));
        replies.add(new PlatformReply(429, Map.of("retry-after", "-1"), "{}"));
        return replies;
    }

    /** What shows in a request's bytes that this event is in it. */
    protected String traceOf(ConversionEvent event) {
        return event.eventId();
    }

    /** False where the platform takes an old event and moves its time. */
    protected boolean refusesOldEvents() {
        return true;
    }

    /** Whether a field's example fits together with the others' examples. */
    protected boolean fitsTheOthers(SettingsForm.Field field) {
        return true;
    }

    /** False where the platform's success has no body, so that nothing in it can be strange. */
    protected boolean readsBodyOfSuccess() {
        return true;
    }

    protected final Destination open() {
        return platform().destination(settings(), credentials(), ENDPOINTS);
    }

    protected final Prepared.Ready ready(ConversionEvent event) {
        Prepared prepared = open().prepare(event, Strategy.STRICT, NOW);
        assertThat(prepared).isInstanceOf(Prepared.Ready.class);
        return (Prepared.Ready) prepared;
    }

    @TestFactory
    Stream<DynamicTest> encodesGoldenEvents() {
        return new GoldenFiles(platform(), goldenFolder()).encode();
    }

    @TestFactory
    Stream<DynamicTest> readsGoldenReplies() {
        return new GoldenFiles(platform(), goldenFolder())
                .reply(platform().destination(settings(), credentials(), Endpoints.USUAL));
    }

    /** The golden late verdicts, for the test of a platform that has any. */
    protected final Stream<DynamicTest> goldenFollowUps() {
        return new GoldenFiles(platform(), goldenFolder())
                .followUp(platform().destination(settings(), credentials(), Endpoints.USUAL));
    }

    @Test
    void showsNoSecretAnywhereButInHeadersAndAddress() {
        Destination pixel = open();
        Prepared.Ready ready = ready(goodEvent());
        PlatformRequest request = pixel.request(List.of(ready), null);
        PlatformRequest probe = asked(pixel.probe(NOW));
        for (String secret : credentials().values()) {
            assertThat(pixel.toString()).doesNotContain(secret);
            assertThat(ready.toString()).doesNotContain(secret);
            for (PlatformRequest made : List.of(request, probe)) {
                assertThat(made.toString()).doesNotContain(secret);
                assertThat(made.loggedUri()).doesNotContain(secret);
                assertThat(made.body()).doesNotContain(secret);
            }
            assertThat(platform().check(Map.of(), Map.of("nonsense", secret)).toString())
                    .doesNotContain(secret);
        }
    }

    @Test
    void neverRepeatsASecretThatThePlatformEchoes() {
        for (String secret : credentials().values()) {
            String body = "{\"error\":{\"code\":190,\"message\":\"bad token " + secret + "\"},\"message\":\"" + secret
                    + "\"}";
            var reply = new PlatformReply(400, Map.of(), body);
            assertThat(open().read(reply, List.of(ready(goodEvent())), NOW).toString())
                    .doesNotContain(secret);
            assertThat(answered(open().probe(NOW), reply).toString()).doesNotContain(secret);
        }
    }

    @Test
    void makesTheSameBytesOfTheSameEvent() {
        PlatformRequest once = open().request(List.of(ready(goodEvent())), null);
        PlatformRequest again = open().request(List.of(ready(goodEvent())), null);
        assertThat(again).isEqualTo(once);
        Prepared later = open().prepare(goodEvent(), Strategy.STRICT, NOW.plus(Duration.ofHours(1)));
        assertThat(later).as("the same event an hour later").isEqualTo(ready(goodEvent()));
    }

    @Test
    void makesTheSameBytesWhateverTheLanguageOfTheServer() {
        Prepared.Ready usual = ready(goodEvent());
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr", "TR"));
            assertThat(ready(goodEvent())).isEqualTo(usual);
            Locale.setDefault(Locale.of("ar", "EG"));
            assertThat(ready(goodEvent())).isEqualTo(usual);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void joinsEventsOfOneRouteIntoOneRequest() throws IOException {
        Prepared.Ready ready = ready(goodEvent());
        int count = Math.min(3, platform().rules().maxBatch());
        PlatformRequest request = open().request(java.util.Collections.nCopies(count, ready), null);
        JsonNode body = GoldenFiles.JSON.readTree(request.body());
        assertThat(body.isObject()).isTrue();
        assertThat(request.body().split(traceOf(goodEvent()), -1))
                .as("every event is in the request")
                .hasSizeGreaterThan(count);
        assertThat(request.uri().toString()).startsWith(ENDPOINT + "/");
    }

    @Test
    void hashesEmailAndPhone() {
        String json = ready(goodEvent()).json().toLowerCase(Locale.ROOT);
        assertThat(json).doesNotContain("budi.santoso@", "6281234567890", "81234567890", "0812-3456-7890");
    }

    @Test
    void sendsNothingOfAPersonWhoRefused() {
        ConversionEvent event = goodEvent();
        ConversionEvent refused = with(
                event, event.occurredAt(), event.person(), new Consent(Consent.Choice.DENIED, Consent.Choice.UNKNOWN));
        assertThat(reasonOf(refused, Strategy.SEND_ALL)).isEqualTo("consent_denied");
    }

    @Test
    void skipsWhatThePlatformWouldRefuseForItsAge() {
        ConversionEvent event = goodEvent();
        Instant ahead = NOW.plus(Duration.ofDays(1));
        assertThat(reasonOf(with(event, ahead, event.person(), event.consent()), Strategy.SEND_ALL))
                .isEqualTo("event_in_future");
        if (!refusesOldEvents()) {
            return;
        }
        Instant old = NOW.minus(platform().rules().maxAge()).minusSeconds(3600);
        assertThat(reasonOf(with(event, old, event.person(), event.consent()), Strategy.SEND_ALL))
                .isEqualTo("event_too_old");
    }

    @Test
    void takesStrangePeopleWithoutThrowing() {
        ConversionEvent event = goodEvent();
        for (String text :
                List.of("", " ", "\u0000", "\ud800", "\"}],\\", "@", "+", "😀", "\u202e", "x".repeat(100_000))) {
            Person odd = new Person(text, text, text, text, text, text, text, text, text, null, text, text);
            Prepared prepared =
                    open().prepare(with(event, event.occurredAt(), odd, event.consent()), Strategy.SEND_ALL, NOW);
            if (prepared instanceof Prepared.Ready ready) {
                assertThat(open().request(List.of(ready), null).body()).satisfies(GoldenFiles.JSON::readTree);
            }
        }
    }

    @Test
    void neverTakesAStrangeAnswerForSuccess() {
        Destination pixel = open();
        for (PlatformReply reply : strangeReplies()) {
            for (int sent : new int[] {1, Math.min(3, platform().rules().maxBatch())}) {
                List<Prepared.Ready> events = java.util.Collections.nCopies(sent, ready(goodEvent()));
                assertThat(outcomes(pixel.read(reply, events, NOW)))
                        .as("%s %.40s", reply.status(), reply.body())
                        .noneMatch(outcome ->
                                outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Processing);
            }
            assertThat(answered(pixel.probe(NOW), reply).verdict()).isNotBlank();
        }
    }

    @Test
    void triesAgainWhenThePlatformIsDown() {
        for (int status : new int[] {500, 502, 503, 504}) {
            Verdict verdict = open().read(
                            new PlatformReply(status, Map.of(), "<html>down</html>"), List.of(ready(goodEvent())), NOW);
            assertThat(outcomes(verdict))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.retry()).isInstanceOf(Retry.Later.class));
        }
    }

    @Test
    void takesTheExamplesOfItsOwnForm() {
        Map<String, Object> settings = new HashMap<>();
        for (SettingsForm.Field field : platform().form().settings()) {
            if (!fitsTheOthers(field)) {
                continue;
            }
            if (field.kind().equals("boolean")) {
                settings.put(field.name(), Boolean.valueOf(field.example()));
            } else if (field.kind().equals("list")) {
                settings.put(field.name(), List.of(field.example()));
            } else if (!field.kind().equals("map")) {
                settings.put(field.name(), field.example());
            }
        }
        settings().forEach(settings::putIfAbsent);
        Map<String, String> credentials = new HashMap<>();
        platform().form().credentials().stream()
                .filter(this::fitsTheOthers)
                .forEach(field -> credentials.put(field.name(), field.example()));
        assertThat(platform().check(settings, credentials)).isEmpty();
        assertThat(platform().check(settings(), credentials())).isEmpty();
    }

    @Test
    void namesTheFieldThatIsWrong() {
        Set<String> named = new HashSet<>();
        platform().check(Map.of(), Map.of()).forEach(error -> named.add(error.field()));
        for (SettingsForm.Field field : platform().form().settings()) {
            assertThat(named.contains("settings." + field.name()))
                    .as(field.name())
                    .isEqualTo(field.required());
        }
        assertThat(platform().check(Map.of("nonsense", 1), Map.of()))
                .anyMatch(e -> e.field().equals("settings.nonsense"));
    }

    @Test
    void explainsEveryFieldOfItsForm() {
        List<SettingsForm.Field> fields = new ArrayList<>(platform().form().settings());
        fields.addAll(platform().form().credentials());
        assertThat(fields).isNotEmpty().allSatisfy(field -> {
            assertThat(field.label()).isNotBlank();
            assertThat(field.help()).isNotBlank();
            assertThat(field.kind()).isIn("text", "url", "template", "boolean", "choice", "map", "list");
            assertThat(field.choices().isEmpty()).isEqualTo(!field.kind().equals("choice"));
        });
        assertThat(fields.stream().map(SettingsForm.Field::name)).doesNotHaveDuplicates();
    }

    @Test
    void mapsStatusesOnlyToEventsItTakes() {
        EventCatalog catalog = platform().catalog();
        assertThat(catalog.columns()).isNotEmpty();
        for (EventCatalog.Column column : catalog.columns()) {
            assertThat(column.defaults()).containsKey("sales");
            column.defaults()
                    .forEach((preset, mapping) -> mapping.forEach(
                            (status, name) -> assertThat(platform().eventNameComplaint(column.key(), name))
                                    .as("%s %s %s", column.key(), preset, status)
                                    .isNull()));
            assertThat(platform().eventNameComplaint(column.key(), "")).isNotBlank();
            assertThat(platform().eventNameComplaint(column.key(), "a\nb")).isNotBlank();
        }
        assertThat(catalog.events().stream().map(EventCatalog.Event::name)).doesNotHaveDuplicates();
        assertThat(catalog.events())
                .allSatisfy(event -> assertThat(event.description()).isNotBlank());
        assertThat(catalog.columns().stream().map(EventCatalog.Column::key)).doesNotHaveDuplicates();
    }

    @Test
    void stateSoundDeliveryRules() {
        DeliveryRules rules = platform().rules();
        assertThat(rules.maxBatch()).isPositive();
        assertThat(rules.requestsPerSecond()).isPositive();
        assertThat(rules.maxAge()).isGreaterThan(rules.ageMargin());
        assertThat(rules.retryDelays()).isNotEmpty().isSorted();
        assertThat(rules.retryDelays().getFirst()).isPositive();
    }

    /** The question of a step that asks one. */
    protected static PlatformRequest asked(ProbeStep step) {
        assertThat(step).isInstanceOf(ProbeStep.Ask.class);
        return ((ProbeStep.Ask) step).request();
    }

    /** Where a conversation ends when that is the answer to every question of it. */
    protected static ProbeResult answered(ProbeStep step, PlatformReply reply) {
        ProbeStep at = step;
        for (int questions = 0; at instanceof ProbeStep.Ask ask; questions++) {
            assertThat(questions).as("questions without end").isLessThan(10);
            at = ask.next().apply(reply);
        }
        return ((ProbeStep.Found) at).result();
    }

    private @Nullable String reasonOf(ConversionEvent event, Strategy strategy) {
        return open().prepare(event, strategy, NOW) instanceof Prepared.Skip skip
                ? skip.reason().code()
                : null;
    }

    private static List<Outcome> outcomes(Verdict verdict) {
        return switch (verdict) {
            case Verdict.All all -> List.of(all.outcome());
            case Verdict.Each each -> each.outcomes();
            case Verdict.RefusedForOne refused -> List.of(new Outcome.Failed(refused.reason(), Retry.NEVER));
            case Verdict.TokenRefused refused -> List.of(new Outcome.Failed(refused.reason(), Retry.AFTER_FIX));
        };
    }

    /** The event at another time, of another person, or under another consent. */
    protected static ConversionEvent with(ConversionEvent event, Instant at, Person person, Consent consent) {
        return TestEvent.like(event).at(at).person(person).consent(consent).event();
    }

    /** A status of {@link #BUDI}, a minute before {@link #NOW}, with these ids and without value. */
    protected static ConversionEvent event(String name, String status, ClickIds clicks, BrowserIds browser) {
        return TestEvent.of(name, status)
                .at(NOW.minusSeconds(60))
                .person(BUDI)
                .externalRef("crm-77")
                .clicks(clicks)
                .browser(browser)
                .web(new WebContext(
                        "https://toko.example/promo", null, "203.0.113.7", "Mozilla/5.0 (Linux; Android 14)"))
                .custom(Map.of("branch", "Kemang", "channel", "shop", "tier", "gold"))
                .event();
    }
}
