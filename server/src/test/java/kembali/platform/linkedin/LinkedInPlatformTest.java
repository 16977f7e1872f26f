package kembali.platform.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.platform.ConversionEvent;
import kembali.platform.Endpoints;
import kembali.platform.EventCatalog;
import kembali.platform.MatchWeight;
import kembali.platform.Platform;
import kembali.platform.PlatformContract;
import kembali.platform.PlatformReply;
import kembali.platform.Platforms;
import kembali.platform.Verdict;
import org.junit.jupiter.api.Test;

class LinkedInPlatformTest extends PlatformContract {
    static final String TOKEN = "AQXTestTokenNotReal1234567";

    @Override
    protected Platform platform() {
        return new LinkedInPlatform();
    }

    @Override
    protected Map<String, Object> settings() {
        return Map.of("adAccountId", "512345678", "conversionIds", Map.of("LEAD", "104011", "PURCHASE", "104012"));
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of(
                "accessToken",
                TOKEN,
                "refreshToken",
                "AQYTestRefreshNotReal1234567",
                "clientId",
                "86testclientid",
                "clientSecret",
                "WPL_AP1.TestSecretNotReal");
    }

    @Override
    protected ConversionEvent goodEvent() {
        ClickIds clicks =
                ClickIds.NONE.with(ClickIds.LI_FAT_ID, ClickId.of("df5gf5-gh6t7-ph4j7h-fgf6n1", 1794970000123L));
        return event("LEAD", "responded", clicks, BrowserIds.NONE);
    }

    @Test
    void isRegistered() {
        assertThat(Platforms.all().find("linkedin")).containsInstanceOf(LinkedInPlatform.class);
        assertThat(platform().title()).isEqualTo("LinkedIn");
    }

    @Test
    void namesTheVersionAndLeavesTheTokenToTheCaller() {
        var request = open().request(List.of(ready(goodEvent())), null);
        assertThat(request.headers())
                .containsOnly(
                        Map.entry("Content-Type", "application/json"),
                        Map.entry("LinkedIn-Version", "202609"),
                        Map.entry("X-Restli-Protocol-Version", "2.0.0"));
        assertThat(request.uri().toString()).isEqualTo("http://127.0.0.1:9100/rest/conversionEvents");
        assertThat(request.loggedUri()).isEqualTo(request.uri().toString());
    }

    @Test
    void saysThatSeveralEventsAreABatch() {
        var ready = ready(goodEvent());
        var batch = open().request(List.of(ready, ready), null);
        assertThat(batch.headers())
                .containsEntry("X-RestLi-Method", "BATCH_CREATE")
                .containsEntry("LinkedIn-Version", "202609");
        assertThat(batch.body()).isEqualTo("{\"elements\":[" + ready.json() + "," + ready.json() + "]}");
        assertThat(open().request(List.of(ready), null).body()).isEqualTo(ready.json());
    }

    @Test
    void speaksTheVersionOfTheSettings() {
        Map<String, Object> settings = new HashMap<>(settings());
        settings.put("apiVersion", "202607");
        var pixel = platform().destination(settings, credentials(), ENDPOINTS);
        assertThat(pixel.request(List.of(ready(goodEvent())), null).headers())
                .containsEntry("LinkedIn-Version", "202607");
        assertThat(Objects.requireNonNull(pixel.apiVersion()).endsOn()).isEqualTo(LocalDate.of(2027, 7, 15));
        settings.put("apiVersion", "202611");
        var unknown = platform().destination(settings, credentials(), ENDPOINTS).apiVersion();
        assertThat(Objects.requireNonNull(unknown).version()).isEqualTo("202611");
        assertThat(unknown.endsOn()).isNull();
    }

    /** An event waits for a wrong id to be mended; what was wrong stands in its stored bytes. */
    @Test
    void sendsAWaitingEventWithTheCorrectedConversionId() {
        var ready = ready(goodEvent());
        var mended = platform()
                .destination(
                        Map.of("adAccountId", "1", "conversionIds", Map.of("LEAD", "7", "PURCHASE", "8")),
                        credentials(),
                        ENDPOINTS);
        assertThat(mended.request(List.of(ready), null).body())
                .isEqualTo(ready.json().replace("104011", "7"));
        var removed = platform()
                .destination(
                        Map.of("adAccountId", "1", "conversionIds", Map.of("PURCHASE", "8")), credentials(), ENDPOINTS);
        assertThat(removed.request(List.of(ready), null).body()).isEqualTo(ready.json());
    }

    /** An unknown id refuses its whole request, so no request holds two. */
    @Test
    void joinsOnlyEventsOfOneCategory() {
        assertThat(ready(goodEvent()).route()).isEqualTo("LEAD");
    }

    @Test
    void usesLinkedInsOwnHostsUnlessToldOtherwise() {
        var pixel = platform().destination(settings(), credentials(), Endpoints.USUAL);
        assertThat(pixel.request(List.of(ready(goodEvent())), null).uri().toString())
                .isEqualTo("https://api.linkedin.com/rest/conversionEvents");
        var tokens = Objects.requireNonNull(pixel.tokens());
        assertThat(Objects.requireNonNull(tokens.request(NOW)).uri().toString())
                .isEqualTo("https://www.linkedin.com/oauth/v2/accessToken");
        var override = Objects.requireNonNull(open().tokens());
        assertThat(Objects.requireNonNull(override.request(NOW)).uri().toString())
                .isEqualTo("http://127.0.0.1:9100/oauth/v2/accessToken");
    }

    @Test
    void sharesTheRateLimitOfTheMember() {
        String budget = open().budget();
        assertThat(budget).isNotBlank().isEqualTo(open().budget());
        credentials().values().forEach(secret -> assertThat(budget).doesNotContain(secret));
        var other = platform().destination(settings(), Map.of("accessToken", "AQXanotherMember1234"), ENDPOINTS);
        assertThat(other.budget()).isNotEqualTo(budget);
    }

    @Test
    void mapsTheSalesPipelineByDefault() {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("pageview", "PAGE_VIEW");
        expected.put("new", "PAGE_VIEW");
        expected.put("contacted", "CONTACT");
        expected.put("responded", "LEAD");
        expected.put("qualified", "QUALIFIED_LEAD");
        expected.put("hot", "QUALIFIED_LEAD");
        expected.put("proposal", "REQUEST_QUOTE");
        expected.put("negotiation", "REQUEST_QUOTE");
        expected.put("invoice", "REQUEST_QUOTE");
        expected.put("won", "PURCHASE");
        expected.put("lost", "Archive");
        assertThat(column().defaults().get("sales")).containsExactlyEntriesOf(expected);
        expected.put("resubscribed", "SUBSCRIBE");
        assertThat(column().defaults().get("subscription")).containsExactlyEntriesOf(expected);
        assertThat(column().defaults().get("affiliate"))
                .containsOnly(
                        Map.entry("lead", "LEAD"),
                        Map.entry("registration", "SIGN_UP"),
                        Map.entry("deposit", "PURCHASE"),
                        Map.entry("sale", "PURCHASE"),
                        Map.entry("rebill", "SUBSCRIBE"));
        assertThat(column().key()).isEqualTo("linkedin");
        assertThat(column().perStatus()).isFalse();
    }

    @Test
    void knowsThirtySevenTypesAndTheLabelsOfTheDefaults() {
        assertThat(LinkedInCatalog.TYPES).hasSize(37);
        assertThat(platform().catalog().events())
                .extracting(EventCatalog.Event::name)
                .contains("PAGE_VIEW", "REQUEST_DEMO", "Archive", "QUALIFIED_LEAD", "REQUEST_QUOTE")
                .containsAll(List.of(
                        "PURCHASE",
                        "ADD_TO_CART",
                        "START_CHECKOUT",
                        "SIGN_UP",
                        "INSTALL",
                        "LEAD",
                        "CONTACT",
                        "BOOK_APPOINTMENT",
                        "DOWNLOAD",
                        "VIEW_CONTENT",
                        "KEY_PAGE_VIEW",
                        "SEARCH",
                        "SUBSCRIBE",
                        "SAVE",
                        "OTHER"));
        assertThat(platform().catalog().events())
                .filteredOn(event -> !LinkedInCatalog.isType(event.name()))
                .allSatisfy(event -> assertThat(event.note()).contains("Not one of LinkedIn's types"));
    }

    @Test
    void takesOwnCategoriesAndAsksBackAboutCapitals() {
        for (String right : List.of("LEAD", "Archive", "Closing in Jakarta", "x".repeat(100))) {
            assertThat(platform().eventNameComplaint("linkedin", right)).isNull();
        }
        assertThat(platform().eventNameComplaint("linkedin", "Purchase")).contains("Did you mean PURCHASE?");
        assertThat(platform().eventNameComplaint("linkedin", "archive")).contains("Did you mean Archive?");
        assertThat(platform().eventNameComplaint("linkedin", " LEAD")).contains("\"LEAD\"");
        assertThat(platform().eventNameComplaint("linkedin", "x".repeat(101))).contains("101");
        assertThat(platform().eventNameComplaint("linkedin", "a\u0000b")).contains("control character");
        assertThat(platform().eventNameComplaint("meta", "LEAD")).contains("no mapping column");
    }

    @Test
    void statesLinkedInsLimits() {
        var rules = platform().rules();
        assertThat(rules.maxBatch()).isEqualTo(5000);
        assertThat(rules.maxAge()).hasDays(90);
        assertThat(rules.ageMargin()).hasMinutes(10);
        assertThat(rules.requestsPerSecond() * 60L + rules.requestsPerSecond()).isLessThanOrEqualTo(600);
        assertThat(rules.retryDelays()).first().isEqualTo(Duration.ofSeconds(10));
        assertThat(rules.retryDelays()).last().isEqualTo(Duration.ofHours(1));
        assertThat(platform().recognisesTwin("PURCHASE", "")).isTrue();
    }

    @Test
    void knowsWhenVersionsEnd() {
        assertThat(platform().versions())
                .isSortedAccordingTo((a, b) -> a.version().compareTo(b.version()))
                .noneMatch(version -> version.version().equals("202512"))
                .allSatisfy(version -> {
                    assertThat(version.endsOn()).isNotNull();
                    assertThat(version.tentative()).isFalse();
                });
        assertThat(platform().versions().getFirst().endsOn()).isEqualTo(LocalDate.of(2026, 11, 16));
        assertThat(platform().versions().getLast().version()).isEqualTo("202609");
        assertThat(Objects.requireNonNull(open().apiVersion()).endsOn()).isEqualTo(LocalDate.of(2027, 9, 15));
    }

    @Test
    void weighsIdentifiersByLinkedInsNames() {
        var weights = platform().matchWeights();
        assertThat(weights)
                .isSortedAccordingTo((a, b) -> b.weight() - a.weight())
                .allSatisfy(weight -> {
                    assertThat(weight.weight()).isBetween(1, 10);
                    assertThat(weight.howToGet()).isNotBlank();
                });
        assertThat(weights)
                .extracting(MatchWeight::key)
                .doesNotHaveDuplicates()
                .containsAll(ready(goodEvent()).matchKeys().stream()
                        .filter(key -> !List.of("lastName", "countryCode").contains(key))
                        .toList());
    }

    @Test
    void fillsTheAccountIntoTheUrlTemplate() {
        var template = Objects.requireNonNull(platform().urlTemplate(settings()));
        assertThat(template.parameters()).startsWith("utm_source=linkedin&").endsWith("&ad_account_id=512345678");
        assertThat(Objects.requireNonNull(platform().urlTemplate(Map.of())).parameters())
                .endsWith("&ad_account_id={{ACCOUNT_ID}}");
        assertThat(template.macros())
                .allSatisfy(macro -> assertThat(macro.example()).isNotBlank());
    }

    private EventCatalog.Column column() {
        return platform().catalog().columns().getFirst();
    }

    /** A hundred results stored with each of a hundred rows would be ten thousand. */
    @Test
    void givesEachEventItsOwnPartOfABatchsAnswer() {
        var ready = ready(goodEvent());
        var verdict = open().read(
                        new PlatformReply(
                                200,
                                Map.of(),
                                "{\"elements\":[{\"status\":201},{\"status\":400,\"message\":\"bad time\"}]}"),
                        List.of(ready, ready),
                        NOW);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Each.class,
                        each -> assertThat(each.answers())
                                .containsExactly("{\"status\":201}", "{\"status\":400,\"message\":\"bad time\"}"));
    }
}
