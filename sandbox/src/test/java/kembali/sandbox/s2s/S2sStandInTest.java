package kembali.sandbox.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import kembali.sandbox.Arrival;
import kembali.sandbox.Fault;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S2sStandInTest {
    private final SandboxClient client = new SandboxClient();

    @AfterEach
    void close() {
        client.close();
    }

    private Answer get(String path) {
        return client.call("GET", path, null, Map.of());
    }

    @Test
    void takesAPostbackAndRemembersItsParameters() {
        Answer answer = get("/s2s/popads/pb?e=dep&cid=ext%2F1&payout=2.61&cur=USD&event_id=kmbc_1_sale&test=1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("OK");
        Arrival arrival = client.last();
        assertThat(arrival.pixelId()).isEqualTo("popads");
        assertThat(arrival.event()).isEqualTo("dep");
        assertThat(arrival.eventId()).isEqualTo("kmbc_1_sale");
        assertThat(arrival.value()).isEqualByComparingTo(new BigDecimal("2.61"));
        assertThat(arrival.currency()).isEqualTo("USD");
        assertThat(arrival.testCode()).isEqualTo("1");
        assertThat(new String(arrival.raw(), StandardCharsets.UTF_8)).contains("\"cid\":\"ext/1\"");
    }

    @Test
    void takesFormsAndFlatJson() {
        assertThat(client.call(
                                "POST",
                                "/s2s/a?key=1",
                                "e=sale&sum=3",
                                Map.of("Content-Type", "application/x-www-form-urlencoded"))
                        .status())
                .isEqualTo(200);
        assertThat(client.last().matchKeys()).containsExactly("key", "e", "sum");
        assertThat(client.call(
                                "POST",
                                "/s2s/a",
                                "{\"event\":\"sale\",\"sum\":\"4\"}",
                                Map.of("Content-Type", "application/json"))
                        .status())
                .isEqualTo(200);
        assertThat(client.last().value()).isEqualByComparingTo(new BigDecimal(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/s2s/a",
                "/s2s/a?c=%7Bexternal_id%7D",
                "/s2s/a?c=%7B%7Bad.id%7D%7D",
                "/s2s/a?c=%5BCLICK_ID%5D",
                "/s2s/a?c=__CLICKID__"
            })
    void refusesWhatABrokenTemplateSends(String path) {
        assertThat(get(path).status()).isEqualTo(400);
        assertThat(client.stored()).isZero();
    }

    @Test
    void refusesABodyThatIsNotWhatItSays() {
        assertThat(client.call("POST", "/s2s/a", "{\"e\":", Map.of("Content-Type", "application/json"))
                        .status())
                .isEqualTo(400);
        assertThat(client.call("POST", "/s2s/a", "[1]", Map.of("Content-Type", "application/json"))
                        .status())
                .isEqualTo(400);
        assertThat(client.call("POST", "/s2s/a", "e=1", Map.of("Content-Type", "text/plain"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void faultsHitPostbacksByGet() {
        client.sandbox.faults().arm(Fault.of("s2s", Fault.Mode.THROTTLE).at("a").times(1));
        Answer throttled = get("/s2s/a?e=1");
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.raw().headers().firstValue("Retry-After")).hasValue("60");
        assertThat(get("/s2s/a?e=1").status()).isEqualTo(200);
        client.sandbox.faults().arm(Fault.of("s2s", Fault.Mode.FAIL).at("a").times(1));
        assertThat(get("/s2s/a?e=1").status()).isEqualTo(503);
    }

    @Test
    void answersAsItWasTold() {
        client.control("platforms/s2s", "{\"target\":\"a\",\"status\":302,\"location\":\"http://10.0.0.1/\"}");
        assertThat(get("/s2s/a?e=1").raw().headers().firstValue("Location")).hasValue("http://10.0.0.1/");
        client.control("platforms/s2s", "{\"target\":\"a\",\"status\":200,\"body\":\"no such click\"}");
        assertThat(get("/s2s/a?e=1").text()).isEqualTo("no such click");
        client.control("platforms/s2s", "{\"target\":\"a\"}");
        assertThat(get("/s2s/a?e=1").text()).isEqualTo("OK");
        assertThat(client.control("platforms/s2s", "{\"target\":\"a/b c\"}").status())
                .isEqualTo(400);
        assertThat(client.control("platforms/s2s", "{\"target\":\"a\",\"status\":99}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aHeadIsNoPostback() {
        assertThat(client.call("HEAD", "/s2s/a?e=1", null, Map.of()).status()).isEqualTo(200);
        assertThat(client.stored()).isZero();
    }
}
