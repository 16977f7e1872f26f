package kembali.capture.rotator.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import kembali.capture.rotator.form.FormEntry;
import kembali.capture.rotator.form.LeadForm;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final LeadForm FORM = new LeadForm(
            null,
            null,
            List.of(
                    new LeadForm.Field("phone", null, LeadForm.TEXT, List.of(), true),
                    new LeadForm.Field("size", "Size", LeadForm.SELECT, List.of("S", "L"), false)),
            "I agree",
            true,
            null,
            "en",
            LeadForm.ON_FORM);

    @Test
    void escapesWhatCouldEndATextOrAnAttribute() {
        assertThat(Html.escape("<img src=x onerror='a' \"b\"> & 🙏"))
                .isEqualTo("&lt;img src=x onerror=&#39;a&#39; &quot;b&quot;&gt; &amp; 🙏");
    }

    @Test
    void everyFieldHasALabelAndNoneIsMarkedWrongAtFirst() {
        String page = FormPage.markup(FORM, FormEntry.empty(), false, "token");

        assertThat(page)
                .contains("<label for=\"f-phone\">WhatsApp number</label>")
                .contains("<input id=\"f-phone\" name=\"f-phone\" required type=\"tel\" autocomplete=\"tel\"")
                .contains("<label for=\"f-size\">Size <span class=\"note\">(optional)</span></label>")
                .contains("<label for=\"consent\">I agree</label>")
                .contains("name=\"visit\" value=\"token\"")
                .doesNotContain("aria-invalid")
                .doesNotContain("role=\"alert\"")
                .doesNotContain("action=");
    }

    @Test
    void errorsAreSummedUpAndLeadToTheirFieldsWhichKeepTheirValues() {
        var entry = new FormEntry(
                Map.of("phone", "12", "size", "L"),
                Map.of("phone", FormEntry.Fault.NO_PHONE, "consent", FormEntry.Fault.CONSENT_MISSING),
                null,
                false,
                false);
        String page = FormPage.markup(FORM, entry, false, null);

        assertThat(page)
                .contains("role=\"alert\"")
                .contains("There are 2 problems")
                .contains("<a href=\"#f-phone\">WhatsApp number: Write a phone number such as +62 812-3456-7890.</a>")
                .contains("<a href=\"#consent\">Consent: Tick this to go on.</a>")
                .contains(
                        "id=\"f-phone\" name=\"f-phone\" required aria-invalid=\"true\" aria-describedby=\"f-phone-error\"")
                .contains("<p class=\"bad\" id=\"f-phone-error\">")
                .contains("value=\"12\"")
                .contains("<option selected>L</option>")
                .doesNotContain("name=\"visit\"");
    }

    @Test
    void saysWhenSomebodyIsBackInThePersonsLanguage() {
        ZonedDateTime back = ZonedDateTime.of(2026, 11, 23, 8, 0, 0, 0, ZoneId.of("Asia/Jakarta"));

        assertThat(Words.ID.nextOpening(back)).isEqualTo("Kami kembali Senin, 23 November, pukul 08.00 WIB.");
        assertThat(Words.EN.nextOpening(back)).isEqualTo("We are back on Monday, 23 November, 08:00 WIB.");
        assertThat(Words.in("fr")).isEqualTo(Words.EN);
    }
}
