package kembali.platform.googleads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.platform.FollowUp;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class GoogleAdsDataManagerTest extends GoogleAdsContract {
    @Override
    protected Map<String, Object> settings() {
        return Map.of("customerId", "1234567890", "actionId", "987654321");
    }

    @Override
    protected String goldenFolder() {
        return "google_ads/data_manager";
    }

    @TestFactory
    Stream<DynamicTest> readsGoldenLateVerdicts() {
        return goldenFollowUps();
    }

    @Test
    void sendsEachActionInRequestsOfItsOwn() throws IOException {
        var one = ready(event("111", "won", clicked("A"), BrowserIds.NONE));
        var other = ready(event("222", "won", clicked("A"), BrowserIds.NONE));
        assertThat(one.route()).isEqualTo("111");
        assertThat(other.route()).isEqualTo("222");
        assertThat(JSON.readTree(open().request(List.of(other), null).body())
                        .at("/destinations/0/productDestinationId")
                        .asText())
                .isEqualTo("222");
    }

    @Test
    void asksForTheVerdictForADayAtGrowingDistances() {
        FollowUp followUp = followUp();
        assertThat(followUp.waits()).isSorted().first().isEqualTo(Duration.ofMinutes(30));
        assertThat(followUp.waits().stream().reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofHours(24));
        assertThat(followUp.unanswered().code()).isEqualTo("verdict_unknown");
    }

    @Test
    void asksForTheVerdictByItsReceipt() {
        var request = followUp().request("Ab12 /+&x");
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.uri().toString())
                .isEqualTo("http://127.0.0.1:9100/v1/requestStatus:retrieve?requestId=Ab12+%2F%2B%26x");
        assertThat(request.body()).isEmpty();
        assertThat(request.headers()).isEmpty();
    }

    @Test
    void statesGooglesLimits() {
        var rules = open().rules();
        assertThat(rules).isEqualTo(platform().rules());
        assertThat(rules.maxBatch()).isEqualTo(2000);
        assertThat(rules.maxAge()).hasDays(90);
        assertThat(rules.requestsPerSecond()).isEqualTo(5);
        assertThat(platform().recognisesTwin("987654321", "")).isTrue();
        assertThat(Objects.requireNonNull(open().apiVersion()).version()).isEqualTo("v1");
        assertThat(open().budget()).startsWith("google_data_manager:");
    }

    @Test
    void writesRequestsThatGooglesOwnDefinitionsRead() throws IOException {
        for (String body : goldenBodies()) {
            DataManagerOracle.read(body);
        }
        DataManagerOracle.read(asked(open().probe(NOW)).body());
        var ready = ready(goodEvent());
        DataManagerOracle.read(
                asked(Objects.requireNonNull(open().rehearse(ready, NOW))).body());
        var read = DataManagerOracle.read(open().request(
                        List.of(ready, ready(event("987654321", "new", ClickIds.NONE, BrowserIds.NONE))), null)
                .body());
        assertThat(read).contains("kbl-7f3a-won", "kbl-7f3a-new", "GOOGLE_ADS");
    }

    @Test
    void wouldNoticeAWrongField() {
        String right = open().request(List.of(ready(goodEvent())), null).body();
        for (String wrong : List.of(
                right.replace("transactionId", "transactionID"),
                right.replace("\"WEB\"", "\"WWW\""),
                right.replace("\"HEX\"", "\"hex\""),
                right.replace("2026-11-21T02:59:00Z", "2026-11-21 02:59:00"),
                right.replace("\"adIdentifiers\":{", "\"adIdentifiers\":{\"fbclid\":\"x\","))) {
            assertThat(wrong).isNotEqualTo(right);
            assertThatThrownBy(() -> DataManagerOracle.read(wrong)).isInstanceOf(IOException.class);
        }
    }

    private FollowUp followUp() {
        return Objects.requireNonNull(open().followUp());
    }
}
