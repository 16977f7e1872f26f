package kembali.inbound.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import kembali.inbound.Fact;
import kembali.inbound.RawRequest;
import kembali.inbound.Reply;
import kembali.inbound.SourceKeys;
import kembali.inbound.SourceSettings;
import kembali.platform.Endpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaLeadsTest {
    private static final SourceKeys KEYS = new SourceKeys(null, "our-token", null);
    private final MetaLeads kind = new MetaLeads(new Endpoints(Map.of("meta", "http://127.0.0.1:9100")));

    private Reply handshake(String query, SourceKeys keys) {
        return kind.handshake(
                new RawRequest("GET", "https://hub.example.com/in/meta-leads/t", query, Map.of(), new byte[0]), keys);
    }

    @Test
    void answersTheHandshakeWithTheChallenge() {
        assertThat(handshake("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=our-token", KEYS))
                .isEqualTo(new Reply(200, "text/plain; charset=utf-8", "1158201444"));
        assertThat(handshake("hub%2Emode=subscribe&hub.verify_token=our%2Dtoken&hub.challenge=a+b", KEYS))
                .isEqualTo(Reply.text(200, "a b"));
    }

    @ParameterizedTest
    @CsvSource({
        "hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong, 403",
        "hub.mode=subscribe&hub.challenge=1, 403",
        "hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=our-token, 400",
        "hub.mode=subscribe&hub.verify_token=our-token, 400",
        "'', 400"
    })
    void refusesOtherHandshakes(String query, int status) {
        Reply reply = handshake(query, KEYS);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).doesNotContain("our-token");
    }

    @Test
    void refusesEveryHandshakeWithoutAVerifyToken() {
        assertThat(handshake("hub.mode=subscribe&hub.challenge=1&hub.verify_token=", SourceKeys.NONE)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void fetchesAtTheConfiguredEndpoint() {
        String body = "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"leadgen\","
                + "\"value\":{\"leadgen_id\":\"1234567890123456\"}}]}]}";
        var request = new RawRequest("POST", "u", "", Map.of(), body.getBytes(StandardCharsets.UTF_8));
        var settings = new SourceSettings("ID", null, Map.of(), Map.of());
        assertThat(kind.read(request, settings, GoldenForms.RECEIVED_AT).facts())
                .singleElement()
                .isInstanceOfSatisfying(
                        Fact.Fetch.class,
                        fetch -> assertThat(fetch.url())
                                .startsWith("http://127.0.0.1:9100/v26.0/1234567890123456?fields=id,"));
    }
}
