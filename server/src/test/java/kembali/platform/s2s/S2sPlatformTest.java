package kembali.platform.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kembali.platform.ConversionEvent;
import kembali.platform.Destination;
import kembali.platform.Endpoints;
import kembali.platform.Outcome;
import kembali.platform.Platform;
import kembali.platform.PlatformContract;
import kembali.platform.PlatformReply;
import kembali.platform.Platforms;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Strategy;
import kembali.platform.TestEvent;
import kembali.platform.Trail;
import kembali.platform.Verdict;
import kembali.support.FieldError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S2sPlatformTest extends PlatformContract {
    private static final String SECRET = "s3cr3t-of-the-source";
    private static final String HEADERS = "X-Api-Key: key-0123456789abcdef\nAuthorization: Bearer bearer-0123456789";

    @Override
    protected Platform platform() {
        return new S2sPlatform();
    }

    /** A POST of JSON, because the contract looks into the body. */
    @Override
    protected Map<String, Object> settings() {
        return Map.of(
                "url",
                "http://127.0.0.1:9100/{secret}/postback?c={external_id}",
                "method",
                "post_json",
                "body",
                "{\"id\":{event_id},\"click\":{external_id}}");
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of("secret", SECRET, "headers", HEADERS);
    }

    @Override
    protected ConversionEvent goodEvent() {
        return TestEvent.like(event("sale", "won", kembali.identity.ClickIds.NONE, kembali.identity.BrowserIds.NONE))
                .trail(new Trail(
                        "mjkw3a9zq1r8x5t7v2bn",
                        "cp_1",
                        "Eid",
                        NOW.minus(Duration.ofHours(1)),
                        Map.of("external_id", "ext-1"),
                        Map.of(),
                        null))
                .event();
    }

    /** A target's success may be anything; what it must hold is tested below. */
    @Override
    protected boolean readsBodyOfSuccess() {
        return false;
    }

    @Test
    void isOneOfThePlatforms() {
        assertThat(Platforms.all().get("s2s")).isInstanceOf(S2sPlatform.class);
        assertThat(platform().reportsConversions()).isTrue();
    }

    @Test
    void triesForAboutADayAndAHalf() {
        assertThat(platform().rules().retryDelays())
                .extracting(Duration::toSeconds)
                .containsExactly(30L, 120L, 600L, 3_600L, 21_600L, 86_400L);
        assertThat(platform().rules().mostTries()).isEqualTo(7);
    }

    @Test
    void sendsHeadersAndSecretAndLogsNeither() {
        var request = open().request(List.of(ready(goodEvent())), null);
        assertThat(request.uri().toString()).contains("/" + SECRET + "/postback?c=ext-1");
        assertThat(request.loggedUri()).isEqualTo("http://127.0.0.1:9100/***/postback?c=ext-1");
        assertThat(request.headers())
                .containsOnly(
                        Map.entry("Content-Type", "application/json"),
                        Map.entry("X-Api-Key", "key-0123456789abcdef"),
                        Map.entry("Authorization", "Bearer bearer-0123456789"));
        assertThat(request.toString() + open()).doesNotContain("key-0123456789abcdef", "bearer-0123456789", SECRET);
        assertThat(ready(goodEvent()).json()).doesNotContain(SECRET);
        assertThat(open().secrets()).contains("key-0123456789abcdef", "bearer-0123456789");
        assertThat(request.entered()).as("the guard is asked").isTrue();
    }

    @Test
    void marksATestInTheAddressAndAHeader() {
        var request = open().request(List.of(ready(goodEvent())), "drill");
        assertThat(request.uri().getQuery()).endsWith("&test=1");
        assertThat(request.headers()).containsEntry("X-Kembali-Test", "1");
    }

    @Test
    void aContentTypeOfTheBuyersOwnStandsAlone() {
        var credentials = Map.of("secret", SECRET, "headers", "content-type: application/vnd.api+json");
        var request = platform()
                .destination(settings(), credentials, Endpoints.USUAL)
                .request(List.of(ready(goodEvent())), null);
        assertThat(request.headers()).containsOnly(Map.entry("content-type", "application/vnd.api+json"));
    }

    @ParameterizedTest
    @CsvSource({
        "OK, '', '', 'all OK here', true",
        "OK, '', '', 'no', false",
        "'', result.status, ok, '{\"result\":{\"status\":\"ok\"}}', true",
        "'', result.status, ok, '{\"result\":{\"status\":\"OK\"}}', false",
        "'', result.status, ok, '{\"result\":\"ok\"}', false",
        "'', result.status, ok, 'ok', false",
        "'', data.0.code, 0, '{\"data\":[{\"code\":0}]}', true",
        "'', taken, true, '{\"taken\":true}', true",
        "OK, taken, true, '{\"taken\":true}', false",
    })
    void successIsWhatTheBuyerSaysItIs(String contains, String path, String equals, String body, boolean taken) {
        var settings = new HashMap<>(settings());
        settings.put("successContains", contains);
        settings.put("successPath", path);
        settings.put("successEquals", equals);
        assertThat(platform().check(settings, credentials())).isEmpty();
        Destination target = platform().destination(settings, credentials(), Endpoints.USUAL);
        var read = (Verdict.All) target.read(new PlatformReply(200, Map.of(), body), List.of(ready(goodEvent())), NOW);
        assertThat(read.outcome() instanceof Outcome.Accepted).isEqualTo(taken);
        if (read.outcome() instanceof Outcome.Failed failed) {
            assertThat(failed.reason().code()).isEqualTo("answer_says_no");
        }
    }

    @Test
    void theProbeAsksTheHostAndSendsNoPostback() {
        var asked = asked(open().probe(NOW));
        assertThat(asked.method()).isEqualTo("HEAD");
        assertThat(asked.uri()).hasToString("http://127.0.0.1:9100/");
        assertThat(asked.headers()).isEmpty();
        assertThat(answered(open().probe(NOW), new PlatformReply(404, Map.of(), ""))
                        .ok())
                .isTrue();
        assertThat(answered(open().probe(NOW), new PlatformReply(503, Map.of(), ""))
                        .ok())
                .isFalse();
    }

    @Test
    void onlyAStatusChosenByItsOwnNameIsSentUnmapped() {
        Destination target = platform()
                .destination(
                        Map.of("url", "https://t.example/", "statuses", List.of("hot")), Map.of(), Endpoints.USUAL);
        assertThat(target.defaultEvent("hot")).isEqualTo("hot");
        assertThat(target.defaultEvent("won")).isNull();
    }

    @Test
    void whatWaitsKeepsItsValuesWhateverTheTemplateBecomes() {
        Prepared.Ready waiting = ready(goodEvent());
        Destination changed = platform()
                .destination(
                        Map.of("url", "https://new.example/?e={status}&c={external_id}&s={subid}"),
                        Map.of(),
                        Endpoints.USUAL);
        assertThat(changed.request(List.of(waiting), null).loggedUri())
                .isEqualTo("https://new.example/?e=sale&c=ext-1&s=mjkw3a9zq1r8x5t7v2bn");
    }

    @Test
    void theAddressOfAPersonIsKeptOnlyWhereTheTemplateAsksForIt() {
        assertThat(ready(goodEvent()).json()).doesNotContain("203.0.113.7");
        Destination asks = platform()
                .destination(Map.of("url", "https://t.example/?ip={ip}&c={external_id}"), Map.of(), Endpoints.USUAL);
        assertThat(((Prepared.Ready) asks.prepare(goodEvent(), Strategy.STRICT, NOW)).json())
                .contains("203.0.113.7");
    }

    @Test
    void warnsOfMacrosNobodyFillsAndOfSecretsInTheUrl() {
        assertThat(codes(Map.of("url", "https://t.example/?c={external_id}&z={zone}")))
                .containsExactly("unknown_macro");
        assertThat(codes(Map.of("url", "https://t.example/?c={external_id}&a={{ad.id}}")))
                .containsExactly("unknown_macro");
        assertThat(codes(Map.of("url", "https://t.example/?c={external_id}&token=abcdef")))
                .containsExactly("secret_in_url");
        assertThat(codes(Map.of("url", "https://t.example/?c={_external_id}"))).containsExactly("raw_encoded");
        assertThat(codes(Map.of("url", "https://t.example/?c={external_id}", "body", "x={status}")))
                .containsExactly("body_not_sent");
        assertThat(codes(Map.of("url", "https://t.example/?c={external_id}&key={external_id}&s={secret}")))
                .isEmpty();
    }

    private List<String> codes(Map<String, Object> settings) {
        return platform().warnings(settings).stream().map(Reason::code).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source.example/postback",
                "ftp://source.example/",
                "javascript:alert(1)",
                "https://",
                "https:///path",
                "https://{sub_id_1}/postback",
                "https://t.example/{from_file:/etc/passwd}",
                "https://user:pass@t.example/",
                "https://under_score.example/",
                "https://t.example/?x={secret}",
                "{destination}",
            })
    void refusesAnAddressThatIsNone(String url) {
        assertThat(platform().check(Map.of("url", url), Map.of()))
                .extracting(FieldError::field)
                .containsExactly("settings.url");
    }

    @ParameterizedTest
    @CsvSource({
        "method, put",
        "require, subid",
        "minimumPayout, -1",
        "minimumPayout, many",
        "minimumPayout, 1e9999999",
        "minimumPayoutCurrency, dollars",
        "successPath, result",
    })
    void refusesOtherWrongValues(String field, String value) {
        var settings = new HashMap<String, Object>(Map.of("url", "https://t.example/"));
        settings.put(field, value);
        assertThat(platform().check(settings, Map.of()))
                .extracting(FieldError::field)
                .contains("settings." + field);
    }

    @Test
    void refusesABodyThatIsMissingOrNoJson() {
        for (String body : List.of("", "{\"a\":", "{\"a\":\"{status}\"", "{\"s\":{secret}}")) {
            assertThat(platform()
                            .check(
                                    Map.of("url", "https://t.example/", "method", "post_json", "body", body),
                                    Map.of("secret", SECRET)))
                    .as(body)
                    .extracting(FieldError::field)
                    .containsExactly("settings.body");
        }
        for (List<?> statuses : List.of(List.of(), List.of(""), List.of(7), List.of("a\nb"))) {
            assertThat(platform().check(Map.of("url", "https://t.example/", "statuses", statuses), Map.of()))
                    .extracting(FieldError::field)
                    .containsExactly("settings.statuses");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon",
                ": no name",
                "Sp ace: x1234567",
                "Host: evil.example",
                "content-length: 1",
                "X-Empty:",
                "X-Ümlaut: value123",
                "X-Value: ümlaut123",
            })
    void refusesWrongHeadersWithoutRepeatingThem(String line) {
        assertThat(platform().check(Map.of("url", "https://t.example/"), Map.of("headers", line)))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.field()).isEqualTo("credentials.headers");
                    assertThat(e.message()).doesNotContain("value123", "x1234567", "ümlaut123");
                });
    }

    @Test
    void ageEndsAtNinetyDays() {
        ConversionEvent event = goodEvent();
        Instant edge = NOW.minus(Duration.ofDays(90));
        assertThat(open().prepare(
                                with(event, edge.plusSeconds(1), event.person(), event.consent()),
                                Strategy.STRICT,
                                NOW))
                .isInstanceOf(Prepared.Ready.class);
        assertThat(open().prepare(with(event, edge, event.person(), event.consent()), Strategy.STRICT, NOW))
                .isInstanceOf(Prepared.Skip.class);
    }
}
