package kembali.platform.googleads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.ads.googleads.v23.services.UploadClickConversionsRequest;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kembali.identity.BrowserIds;
import kembali.platform.ApiVersion;
import kembali.platform.Destination;
import org.junit.jupiter.api.Test;

class GoogleAdsUploadTest extends GoogleAdsContract {
    @Override
    protected Map<String, Object> settings() {
        return Map.of(
                "customerId", "1234567890", "actionId", "987654321", "transport", "ads_api", "adsApiAllowlisted", true);
    }

    @Override
    protected String goldenFolder() {
        return "google_ads/ads_api";
    }

    @Test
    void writesBodiesThatGooglesOwnClassesRead() throws IOException {
        for (String body : goldenBodies()) {
            UploadClickConversionsRequest read = parsed(body);
            assertThat(read.getPartialFailure()).isTrue();
            assertThat(read.getConversionsCount()).isPositive();
        }
        var ready = ready(goodEvent());
        assertThat(parsed(asked(Objects.requireNonNull(open().rehearse(ready, NOW)))
                                .body())
                        .getValidateOnly())
                .isTrue();
        var conversion = parsed(open().request(List.of(ready), null).body()).getConversions(0);
        assertThat(conversion.getGclid()).isEqualTo("Cj0KTEST");
        assertThat(conversion.getConversionAction()).isEqualTo("customers/1234567890/conversionActions/987654321");
        assertThat(conversion.getConversionDateTime()).isEqualTo("2026-11-21 02:59:00+00:00");
        assertThat(conversion.getUserIdentifiersCount()).isEqualTo(2);
    }

    @Test
    void wouldNoticeAWrongField() {
        String right = open().request(List.of(ready(goodEvent())), null).body();
        for (String wrong : List.of(
                right.replace("orderId", "orderID"),
                right.replace("FIRST_PARTY", "FIRST"),
                right.replace("\"partialFailure\":true", "\"partialFailure\":\"perhaps\""))) {
            assertThat(wrong).isNotEqualTo(right);
            assertThatThrownBy(() -> parsed(wrong)).isInstanceOf(InvalidProtocolBufferException.class);
        }
    }

    @Test
    void sendsManagerAccountAndDeveloperTokenInHeadersOnlyWhenGiven() {
        assertThat(open().request(List.of(ready(goodEvent())), null).headers()).containsOnlyKeys("Content-Type");
        Map<String, Object> settings = new HashMap<>(settings());
        settings.put("loginCustomerId", "999-888-7777");
        Map<String, String> credentials = new HashMap<>(credentials());
        credentials.put("developerToken", "DevTokenOnlyForTests1");
        var request =
                platform().destination(settings, credentials, ENDPOINTS).request(List.of(ready(goodEvent())), null);
        assertThat(request.headers())
                .containsEntry("login-customer-id", "9998887777")
                .containsEntry("developer-token", "DevTokenOnlyForTests1");
        assertThat(request.toString()).doesNotContain("DevTokenOnlyForTests1");
    }

    @Test
    void sendsAllActionsInOneRequest() {
        assertThat(ready(event("111", "won", clicked("A"), BrowserIds.NONE)).route())
                .isEmpty();
    }

    @Test
    void writesEveryTimeWithItsOffset() {
        for (String[] pair : new String[][] {
            {"2026-01-01T00:00:00Z", "2026-01-01 00:00:00+00:00"},
            {"2026-12-31T23:59:59.999Z", "2026-12-31 23:59:59+00:00"},
            {"2028-02-29T12:00:01Z", "2028-02-29 12:00:01+00:00"},
            {"2026-03-29T01:30:00+01:00", "2026-03-29 00:30:00+00:00"},
            {"2026-03-29T03:30:00+02:00", "2026-03-29 01:30:00+00:00"},
            {"1999-09-09T09:09:09Z", "1999-09-09 09:09:09+00:00"}
        }) {
            Instant at = java.time.OffsetDateTime.parse(pair[0]).toInstant();
            assertThat(AdsUploadWriter.dateTime(new StringBuilder(), at, null).toString())
                    .isEqualTo(pair[1]);
        }
    }

    @Test
    void statesTheUploadsLimits() {
        var rules = open().rules();
        assertThat(rules.maxBatch()).isEqualTo(2000);
        assertThat(rules.maxAge()).hasDays(90);
        assertThat(rules.retryDelays()).last().isEqualTo(Duration.ofHours(24));
        assertThat(open().followUp()).isNull();
        assertThat(open().budget()).startsWith("google_ads:");
        assertThat(version(open()).version()).isEqualTo("v26");
        assertThat(version(open()).tentative()).isTrue();
        assertThat(version(openWith("apiVersion", "v24")).endsOn()).isEqualTo("2027-05-01");
        assertThat(version(openWith("apiVersion", "v27")).endsOn()).isNull();
    }

    private static ApiVersion version(Destination pixel) {
        return Objects.requireNonNull(pixel.apiVersion());
    }

    private static UploadClickConversionsRequest parsed(String body) throws InvalidProtocolBufferException {
        var request = UploadClickConversionsRequest.newBuilder();
        JsonFormat.parser().merge(body, request);
        return request.build();
    }
}
