package kembali.capture.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import kembali.identity.Consent.Choice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HitReaderTest {
    private static final String BEGIN = "{\"key\":\"WS-8f3k2p\",\"type\":\"pageview\",\"eventId\":\"e1\"";

    @Test
    void readsAWholeHit() {
        HitBody hit = hit("""
                {"key":"WS-8f3k2p","type":"event","eventId":"0192aa00-0000-7000-8000-000000000001","name":" won ",
                 "value":"150000.50","currency":"idr","orderId":"INV-9","url":"https://shop.example/promo?gclid=Cj0",
                 "referrer":"https://www.google.com/","title":"Promo","timezone":"Asia/Jakarta","language":"id-ID",
                 "cookies":{"_ga":"GA1.1.111.222","_fbp":"fb.1.1596403881668.1116446470"},
                 "consent":{"ad_storage":"granted","ad_user_data":"denied"},"tcString":"CO","gdpr":1,"gpc":true,
                 "visitor":"ABC2345","person":{"name":"Budi","email":"b@example.co.id","phone":"0812-3456-7890"},
                 "ageMs":1500}""");
        assertThat(hit.type()).isEqualTo(HitBody.Type.EVENT);
        assertThat(hit.name()).isEqualTo("won");
        assertThat(hit.value()).isEqualByComparingTo("150000.50");
        assertThat(hit.currency()).isEqualTo("IDR");
        assertThat(hit.url()).isEqualTo("https://shop.example/promo?gclid=Cj0");
        assertThat(hit.cookies()).containsOnlyKeys("_ga", "_fbp");
        assertThat(hit.consent().adStorage()).isEqualTo(Choice.GRANTED);
        assertThat(hit.consent().adUserData()).isEqualTo(Choice.DENIED);
        assertThat(hit.consent().adPersonalization()).isEqualTo(Choice.UNKNOWN);
        assertThat(hit.gdpr()).isTrue();
        assertThat(hit.gpc()).isTrue();
        assertThat(hit.personPhone()).isEqualTo("0812-3456-7890");
        assertThat(hit.ageMs()).isEqualTo(1_500);
        assertThat(hit.leftOut()).isZero();
    }

    @Test
    void aHitNeedsKeyTypeAndEventIdOnly() {
        HitBody hit = hit(BEGIN + "}");
        assertThat(hit.url()).isNull();
        assertThat(hit.cookies()).isEmpty();
        assertThat(hit.consent().saysNothing()).isTrue();
        assertThat(hit.gdpr()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            body    |
            body    | {
            body    | nothing
            body    | []
            body    | "text"
            body    | {"key":"WS-1"} {"key":"WS-2"}
            body    | {"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}
            key     | {"type":"pageview","eventId":"e1"}
            key     | {"key":7,"type":"pageview","eventId":"e1"}
            key     | {"key":" ","type":"pageview","eventId":"e1"}
            eventId | {"key":"WS-1","type":"pageview"}
            eventId | {"key":"WS-1","type":"pageview","eventId":"a b"}
            eventId | {"key":"WS-1","type":"pageview","eventId":["e1"]}
            eventId | {"key":"WS-1","type":"pageview","eventId":"kmb_01_Purchase"}
            eventId | {"key":"WS-1","type":"pageview","eventId":"KMB1"}
            type    | {"key":"WS-1","eventId":"e1"}
            type    | {"key":"WS-1","type":"scroll","eventId":"e1"}
            name    | {"key":"WS-1","type":"event","eventId":"e1"}
            name    | {"key":"WS-1","type":"event","eventId":"e1","name":"0123456789012345678901234567890123456789x"}
            """)
    void whatNoHitCanDoWithoutIsNamed(String field, String body) {
        assertThat(HitReader.read((body == null ? "" : body).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        HitReader.Read.Wrong.class,
                        w -> assertThat(w.error().field()).isEqualTo(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"url\":7",
                "\"url\":\"javascript:alert(1)\"",
                "\"url\":\"/relative\"",
                "\"url\":\"https://shop.example/\\u0000\"",
                "\"referrer\":\"https://shop.example/\\ud800\"",
                "\"timezone\":\"Asia/Jakarta; drop\"",
                "\"language\":[\"id\"]",
                "\"cookies\":\"_ga=1\"",
                "\"cookies\":{\"_ga\":7}",
                "\"cookies\":{\"_fbc\":\"fb.1.1596403881668.\\ud800\"}",
                "\"consent\":\"granted\"",
                "\"consent\":{\"ad_storage\":true}",
                "\"consent\":{\"ad_storage\":\"GRANTED\"}",
                "\"value\":-1",
                "\"value\":\"lots\"",
                "\"value\":1e400",
                "\"value\":0.0000001",
                "\"value\":{}",
                "\"currency\":\"rupiah\"",
                "\"gdpr\":\"yes\"",
                "\"person\":\"Budi\"",
                "\"person\":{\"email\":7}",
                "\"ageMs\":-5",
                "\"ageMs\":\"5\"",
                "\"visitor\":{}"
            })
    void whatIsNotUsableIsLeftOutAndCounted(String member) {
        HitBody hit = hit(BEGIN + "," + member + "}");
        assertThat(hit.leftOut()).isEqualTo(1);
        assertThat(hit).usingRecursiveComparison().ignoringFields("leftOut").isEqualTo(hit(BEGIN + "}"));
    }

    @Test
    void unknownMembersAndNullsAreNothing() {
        HitBody hit = hit(BEGIN + ",\"scroll\":{\"depth\":[1,2]},\"url\":null,\"consent\":null,\"value\":null}");
        assertThat(hit.leftOut()).isZero();
        assertThat(hit).isEqualTo(hit(BEGIN + "}"));
    }

    @Test
    void anAddressThatIsTooLongKeepsWhatIsBeforeItsQuery() {
        String query = "x".repeat(5_000);
        assertThat(hit(BEGIN + ",\"url\":\"https://shop.example/a?" + query + "\"}")
                        .url())
                .isEqualTo("https://shop.example/a");
        assertThat(hit(BEGIN + ",\"url\":\"https://shop.example/" + query + "\"}")
                        .url())
                .isNull();
    }

    @Test
    void aHitThatWaitedForeverCountsAsTwoDaysOld() {
        assertThat(hit(BEGIN + ",\"ageMs\":1e30}").ageMs()).isEqualTo(2L * 24 * 3_600_000);
        assertThat(hit(BEGIN + ",\"ageMs\":1500.7}").ageMs()).isEqualTo(1_500);
    }

    @Test
    void amountsAreTakenAsNumbersAndAsTexts() {
        for (var e : Map.of("5", "5", "5.50", "5.5", "\"1000000\"", "1000000", "1e3", "1000", "0", "0")
                .entrySet()) {
            assertThat(hit(BEGIN + ",\"value\":" + e.getKey() + "}").value())
                    .as(e.getKey())
                    .isNotNull()
                    .extracting(v -> v.toPlainString())
                    .isEqualTo(e.getValue());
        }
    }

    private static HitBody hit(String body) {
        return switch (HitReader.read(body.getBytes(StandardCharsets.UTF_8))) {
            case HitReader.Read.Hit h -> h.body();
            case HitReader.Read.Wrong w -> throw new AssertionError(w.error());
        };
    }
}
