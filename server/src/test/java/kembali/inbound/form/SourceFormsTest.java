package kembali.inbound.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.inbound.Kind;
import kembali.inbound.RawRequest;
import kembali.inbound.Reply;
import kembali.inbound.SourceForm;
import kembali.platform.Endpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceFormsTest {
    private static final Set<String> FIELDS =
            Set.of("secret", "verifyToken", "accessToken", "statusMap", "fieldMap", "businessNumber", "redirectUrl");

    static List<Kind> kinds() {
        return List.of(new MetaLeads(Endpoints.USUAL), new GoogleLeads(), new Typeform(), new Tally(), new AnyForm());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindSaysHowItIsSetUp(Kind kind) {
        SourceForm form = kind.form();
        assertThat(form.fields())
                .extracting(SourceForm.Field::name)
                .isSubsetOf(FIELDS)
                .doesNotHaveDuplicates();
        assertThat(form.fields()).allSatisfy(f -> assertThat(f.help()).endsWith("."));
        assertThat(form.howTo()).isNotEmpty().anyMatch(step -> step.contains("{url}"));
        assertThat(form.warnings()).isNotEmpty();
    }

    @Test
    void theKindsHaveTheNamesOfTheirAddresses() {
        assertThat(kinds())
                .extracting(Kind::key)
                .containsExactly("meta-leads", "google-leads", "typeform", "tally", "form");
    }

    @Test
    void answersScriptsWithJsonAndPeopleWithWords() {
        var form = new AnyForm();
        assertThat(form.taken(post(Map.of("x-requested-with", "XMLHttpRequest")))
                        .contentType())
                .startsWith("application/json");
        assertThat(form.taken(post(Map.of("accept", "application/json, */*"))).contentType())
                .startsWith("application/json");
        assertThat(form.taken(post(Map.of("content-type", "application/json"))).contentType())
                .startsWith("application/json");
        assertThat(form.taken(post(Map.of("origin", "https://toko.example", "accept", "text/html")))
                        .body())
                .contains("Thank you");
        assertThat(form.taken(post(Map.of()))).isEqualTo(Reply.OK);
        assertThat(new GoogleLeads().taken(post(Map.of())).body()).isEqualTo("{}");
    }

    private static RawRequest post(Map<String, String> headers) {
        return new RawRequest("POST", "u", "", headers, new byte[0]);
    }
}
