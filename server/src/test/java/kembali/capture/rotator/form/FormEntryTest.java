package kembali.capture.rotator.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kembali.capture.rotator.form.FormEntry.Fault;
import kembali.visitor.QueryString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormEntryTest {
    private static final LeadForm FORM = new LeadForm(
            null,
            null,
            List.of(
                    field("nama", LeadForm.TEXT, true),
                    field("no_wa", LeadForm.TEXT, true),
                    field("email", LeadForm.TEXT, false),
                    new LeadForm.Field("ukuran", "Ukuran", LeadForm.SELECT, List.of("S", "M & L"), true),
                    new LeadForm.Field("kabar", "Kirim kabar", LeadForm.CHECKBOX, List.of(), false)),
            "Saya setuju dihubungi",
            true,
            null,
            "id",
            LeadForm.ON_FORM);

    private static LeadForm.Field field(String key, String type, boolean required) {
        return new LeadForm.Field(key, null, type, List.of(), required);
    }

    private static FormEntry read(String body) {
        return FormEntry.read(FORM, QueryString.parse(body), "ID");
    }

    @Test
    void readsWhatAPersonTyped() {
        FormEntry entry = read("f-nama=Budi++Santoso&f-no_wa=0812-3456-7890&f-email=budi%40contoh.co.id"
                + "&f-ukuran=M+%26+L&f-kabar=on&consent=yes&visit=x&website=");

        assertThat(entry.isGood()).isTrue();
        assertThat(entry.name(FORM)).isEqualTo("Budi Santoso");
        assertThat(entry.phoneE164()).isEqualTo("+6281234567890");
        assertThat(entry.value(FORM, Meaning.PHONE)).isEqualTo("0812-3456-7890");
        assertThat(entry.value(FORM, Meaning.EMAIL)).isEqualTo("budi@contoh.co.id");
        assertThat(entry.values()).containsEntry("ukuran", "M & L").containsEntry("kabar", "yes");
        assertThat(entry.consented()).isTrue();
        assertThat(entry.machine()).isFalse();
    }

    @Test
    void namesEverythingThatIsWrongInTheFormsOrderAndKeepsWhatWasTyped() {
        FormEntry entry = read("f-nama=+&f-no_wa=12&f-email=budi%40&f-ukuran=XXL");

        assertThat(entry.faults().entrySet())
                .extracting(e -> e.getKey() + " " + e.getValue())
                .containsExactly(
                        "nama " + Fault.MISSING,
                        "no_wa " + Fault.NO_PHONE,
                        "email " + Fault.NO_EMAIL,
                        "ukuran " + Fault.NOT_OFFERED,
                        "consent " + Fault.CONSENT_MISSING);
        assertThat(entry.values()).containsEntry("no_wa", "12").containsEntry("email", "budi@");
        assertThat(entry.phoneE164()).isNull();
    }

    @Test
    void aMachineFillsWhatPeopleDoNotSee() {
        assertThat(read("f-nama=x&website=http%3A%2F%2Fspam.example").machine()).isTrue();
    }

    @Test
    void tooLongIsSaidAndCut() {
        FormEntry entry = read("f-nama=" + "x".repeat(201) + "&f-email=" + "y".repeat(600));

        assertThat(entry.faults()).containsEntry("nama", Fault.TOO_LONG).containsEntry("email", Fault.TOO_LONG);
        assertThat(entry.values().get("email")).hasSize(FormEntry.LONGEST);
    }

    @Test
    void putsANameTogetherFromItsParts() {
        var form = new LeadForm(
                null,
                null,
                List.of(field("nama_depan", LeadForm.TEXT, false), field("nama_belakang", LeadForm.TEXT, false)),
                null,
                false,
                null,
                "id",
                LeadForm.ON_FORM);

        assertThat(FormEntry.read(form, QueryString.parse("f-nama_depan=Budi&f-nama_belakang=Santoso"), "ID")
                        .name(form))
                .isEqualTo("Budi Santoso");
        assertThat(FormEntry.read(form, QueryString.parse("f-nama_belakang=Santoso"), "ID")
                        .name(form))
                .isEqualTo("Santoso");
        assertThat(FormEntry.read(form, QueryString.EMPTY, "ID").name(form)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b.co", "budi.santoso+promo@mail.contoh.co.id", "budi@bücher.example", "o'hara@x.id"})
    void takesAddressesPeopleHave(String email) {
        assertThat(read("f-email=" + URLEncoder.encode(email, StandardCharsets.UTF_8))
                        .faults())
                .doesNotContainKey("email");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"budi", "budi@", "@contoh.id", "budi@contoh", "a b@c.id", "a@b..id", "a@b.id, c@d.id", "<a@b.id>"
            })
    void refusesWhatIsNoAddress(String email) {
        assertThat(read("f-email=" + URLEncoder.encode(email, StandardCharsets.UTF_8))
                        .faults())
                .containsEntry("email", Fault.NO_EMAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "name, NAME",
        "nama_lengkap, NAME",
        "nomor_wa, PHONE",
        "wa, PHONE",
        "no_hp, PHONE",
        "surel, EMAIL",
        "kota, CITY",
        "domisili, CITY",
        "wajah, OWN",
        "catatan, OWN"
    })
    void knowsFieldsByTheNamesPeopleGiveThem(String key, Meaning meaning) {
        assertThat(Meaning.of(key)).isEqualTo(meaning);
    }
}
