package kembali.inbound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import kembali.inbound.Kind;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.SourceKeys;
import kembali.inbound.SourceSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A mebibyte made to hurt is read in the time of one that is not. Quadratic work over it takes many minutes, linear
 * work well under a second, so the limit is generous.
 */
class BoundedWorkTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final Duration GENEROUS = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse(Captured.USUAL_RECEIPT);
    private static final SourceSettings SETTINGS = new SourceSettings("ID", null, Map.of(), Map.of());

    enum Hostile {
        MANY_MESSAGES(cloud("\"contacts\":[" + filled("{\"wa_id\":\"6281234567890\"}", 2) + "],\"messages\":["
                + filled("{\"from\":\"6285700001111\"}", 2) + "]")),
        MANY_ENTRIES("{\"entry\":[" + filled("{\"changes\":[1]}", 1) + "]}"),
        TEXTS_TO_OPEN("{\"entry\":[" + filled("\"{a}\"", 1) + "],\"payload\":[" + filled("\"[]\"", 4) + "]}"),
        TEXTS_NAMING_CLICKS("{\"sender\":\"6281234567890\",\"phone\":\"6281234567890\",\"waId\":\"6281234567890\","
                + "\"eventType\":\"message\",\"room\":{\"account_uniq_id\":\"6281234567890\"},\"x\":["
                + filled("\"{ctwa}\"", 1) + "]}"),
        TEXT_IN_TEXT("{\"payload\":\"" + "{\\\"a\\\":".repeat(60) + "\\\"" + "\\\\".repeat(MEBIBYTE / 4) + "\"}"),
        DEEP_LISTS("[".repeat(MEBIBYTE)),
        DEEP_OBJECTS("{\"payload\":".repeat(MEBIBYTE / 11)),
        LONG_NUMBER("{\"sender\":" + "9".repeat(MEBIBYTE) + "}"),
        HUGE_EXPONENTS("{\"entry\":[" + filled("1e999999999", 1) + "]}"),
        LONG_ADDRESS(everywhere("1".repeat(MEBIBYTE / 16))),
        LONG_ADDRESS_OF_AT_SIGNS(everywhere("@g.u".repeat(MEBIBYTE / 64))),
        LONG_WORDS(everywhere("bot-".repeat(MEBIBYTE / 64))),
        MANY_LABELS("{\"event\":\"conversation_updated\",\"id\":1,\"changed_attributes\":[{\"label_list\":{"
                + "\"previous_value\":[" + filled("\"a\"", 2) + "],\"current_value\":[" + filled("\"b\"", 2) + "]}}]}"),
        SPACES(" ".repeat(MEBIBYTE)),
        MANY_FIELDS("a=1&".repeat(MEBIBYTE / 4)),
        MANY_DEALS("leads[status][1][id]=2&leads[status][][id]=1&".repeat(MEBIBYTE / 45)),
        DEEP_FIELD("message" + "[add]".repeat(MEBIBYTE / 5) + "=1"),
        DEEP_FIELDS(("a" + "[b]".repeat(150) + "=1&").repeat(MEBIBYTE / 453)),
        PERCENT_SIGNS("From=" + "%".repeat(MEBIBYTE));

        private final byte[] body;

        Hostile(String body) {
            this.body = body.getBytes(StandardCharsets.UTF_8);
        }

        private static String filled(String element, int share) {
            return (element + ",").repeat(MEBIBYTE / share / (element.length() + 1)) + element;
        }

        private static String cloud(String value) {
            return "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":"
                    + "\"messages\",\"value\":{" + value + "}}]}]}";
        }

        /** The text in the members in which providers put addresses, names and words. */
        private static String everywhere(String text) {
            StringBuilder json = new StringBuilder("{\"event\":\"message_created\",\"message_type\":\"incoming\"");
            for (String name : new String[] {"sender", "phone", "waId", "member", "message", "pushName", "eventType"}) {
                json.append(",\"").append(name).append("\":\"").append(text).append('"');
            }
            return json.append(",\"payload\":{\"from\":{\"email\":\"")
                    .append(text)
                    .append("\"}}}")
                    .toString();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAMebibyteMadeToHurt(Hostile hostile) {
        assertTimeoutPreemptively(GENEROUS, () -> {
            for (Kind kind : ChatKinds.all()) {
                for (String type : new String[] {"application/json", "application/x-www-form-urlencoded"}) {
                    var request = new RawRequest(
                            "POST",
                            "https://hub.example.com/in/x/y",
                            "",
                            Map.of("content-type", type, "x-twilio-signature", "AAAA"),
                            hostile.body);
                    kind.check(request, new SourceKeys("secret", null, null), NOW);
                    Reading reading = kind.read(request, SETTINGS, NOW);
                    assertThat(reading.facts().isEmpty() && reading.reason() == null)
                            .as(kind.key())
                            .isFalse();
                }
            }
        });
    }
}
