package kembali.inbound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import kembali.inbound.Kind;
import kembali.inbound.SourceForm;
import org.junit.jupiter.api.Test;

class ChatKindsTest {
    private static final Set<String> FIELDS =
            Set.of("secret", "verifyToken", "accessToken", "statusMap", "fieldMap", "businessNumber", "redirectUrl");

    @Test
    void thereIsOneKindForEachProvider() {
        assertThat(ChatKinds.all())
                .extracting(Kind::key)
                .containsExactlyInAnyOrder(
                        "whatsapp",
                        "360dialog",
                        "twilio",
                        "qiscus",
                        "qontak",
                        "wati",
                        "fonnte",
                        "wablas",
                        "chatwoot",
                        "kommo");
    }

    @Test
    void everyFormAsksKnownThingsAndSaysWhereTheAddressGoes() {
        for (Kind kind : ChatKinds.all()) {
            SourceForm form = kind.form();
            assertThat(form.fields())
                    .extracting(SourceForm.Field::name)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(FIELDS);
            assertThat(form.fields()).allSatisfy(field -> {
                assertThat(field.label()).isNotBlank();
                assertThat(field.help()).isNotBlank();
            });
            assertThat(form.howTo()).as(kind.key()).anyMatch(step -> step.contains("{url}"));
            assertThat(kind.title()).isNotBlank();
        }
    }

    @Test
    void whatCannotDoWithoutAnAnswerIsRequired() {
        assertThat(required("whatsapp")).containsExactly("verifyToken");
        assertThat(required("wati")).containsExactly("businessNumber");
        assertThat(required("twilio")).isEmpty();
    }

    @Test
    void warnsOfWhatSurprises() {
        assertThat(warnings("fonnte")).contains("autoreply is off");
        assertThat(warnings("whatsapp")).contains("one callback URL per app").contains("automatic_events");
        assertThat(warnings("wati")).contains("which number");
        for (String unsigned : List.of("qiscus", "qontak", "wati", "fonnte", "wablas", "kommo")) {
            assertThat(warnings(unsigned)).as(unsigned).contains("signs nothing");
        }
    }

    private static List<String> required(String key) {
        return kind(key).form().fields().stream()
                .filter(SourceForm.Field::required)
                .map(SourceForm.Field::name)
                .toList();
    }

    private static String warnings(String key) {
        return String.join("\n", kind(key).form().warnings());
    }

    private static Kind kind(String key) {
        return ChatKinds.all().stream()
                .filter(kind -> kind.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
