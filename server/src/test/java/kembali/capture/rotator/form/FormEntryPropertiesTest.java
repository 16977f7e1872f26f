package kembali.capture.rotator.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kembali.visitor.QueryString;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class FormEntryPropertiesTest {
    private static final LeadForm FORM = new LeadForm(
            null,
            null,
            List.of(
                    new LeadForm.Field("name", null, LeadForm.TEXT, List.of(), true),
                    new LeadForm.Field("phone", null, LeadForm.TEXT, List.of(), true),
                    new LeadForm.Field("email", null, LeadForm.TEXT, List.of(), false)),
            null,
            false,
            null,
            "id",
            LeadForm.ON_FORM);

    @Property(tries = 2_000)
    void anyBodyIsReadWithoutAnErrorOfOurs(@ForAll @StringLength(max = 400) String body) {
        String sent = "f-name=" + body + "&f-phone=" + body + "&f-email=" + body + "&" + body;
        FormEntry entry = FormEntry.read(FORM, QueryString.parse(sent), "ID");

        entry.values().values().forEach(v -> {
            assertThat(v.chars()).noneMatch(Character::isISOControl);
            assertThat(v.length()).isBetween(1, FormEntry.LONGEST);
        });
        if (entry.isGood()) {
            assertThat(entry.phoneE164()).matches("\\+[0-9]{7,15}");
        }
    }
}
