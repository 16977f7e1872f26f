package kembali.capture.rotator.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kembali.capture.rotator.form.FormEntry;
import kembali.capture.rotator.form.LeadForm;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Nothing that people or advertisers write becomes markup. */
class FormPagePropertiesTest {
    private static final Pattern OUR_TAGS =
            Pattern.compile("</?(?:h1|h2|p|div|form|input|label|select|option|span|ul|li|a|button)"
                    + "(?: [a-z-]+(?:=\"[^\"<>]*\")?)*>");

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(20),
                        Arbitraries.of(
                                "<script>",
                                "\" onfocus=\"x",
                                "'>",
                                "</title>",
                                "<!--",
                                "&lt;",
                                "javascript:",
                                "\n",
                                "`"))
                .list()
                .ofMaxSize(6)
                .map(l -> String.join("", l));
    }

    @Property(tries = 2_000)
    void noTextBecomesMarkup(@ForAll("hostile") String typed, @ForAll("hostile") String written) {
        var form = new LeadForm(
                written,
                written,
                List.of(
                        new LeadForm.Field("name", written, LeadForm.TEXT, List.of(), true),
                        new LeadForm.Field("size", written, LeadForm.SELECT, List.of(written, "L"), false),
                        new LeadForm.Field("news", written, LeadForm.CHECKBOX, List.of(), false)),
                written,
                true,
                written,
                "en",
                LeadForm.ON_FORM);
        var entry = new FormEntry(
                Map.of("name", typed, "size", typed),
                Map.of("name", FormEntry.Fault.TOO_LONG, "consent", FormEntry.Fault.CONSENT_MISSING),
                null,
                false,
                false);

        String text =
                OUR_TAGS.matcher(FormPage.markup(form, entry, false, typed)).replaceAll("");

        assertThat(text).doesNotContain("<").doesNotContain(">").doesNotContain("\"");
    }
}
