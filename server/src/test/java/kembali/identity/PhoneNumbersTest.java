package kembali.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import kembali.identity.PhoneNumbers.Phone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {
    private static final Phone BUDI = new Phone("+6281234567890", true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "081234567890",
                "0812-3456-7890",
                "wa 0812 3456 7890",
                "62812 3456 7890",
                "6281234567890",
                "+62081234567890",
                "62081234567890",
                "81234567890",
                "006281234567890",
                "+006281234567890",
                "whatsapp:+6281234567890",
                "6281234567890@s.whatsapp.net",
                "6281234567890:12@c.us",
                "  +62 (812) 3456.7890 ",
                "٠٨١٢٣٤٥٦٧٨٩٠",
                "０８１２３４５６７８９０",
                "＋６２８１２３４５６７８９０"
            })
    void readsWhatIndonesiansWriteAsOneNumber(String raw) {
        assertThat(PhoneNumbers.fromPerson(raw, "ID")).isEqualTo(BUDI);
    }

    @ParameterizedTest
    @CsvSource({
        "(021) 5550123, ID, +62215550123",
        "62215550123, ID, +62215550123",
        "9198765432, IN, +919198765432",
        "60123456789, ID, +60123456789",
        "12025550123, ID, +12025550123",
        "919876543210, ID, +919876543210",
        "(650)555-1212, US, +16505551212",
        "(650)555-1212, us, +16505551212",
        "+001 (616) 954-78 88, US, +16169547888",
        "+44 20 7946 0958, , +442079460958",
        "+39 06 698 12345, ID, +390669812345"
    })
    void readsNumbersOfOtherKindsAndCountries(String raw, String region, String e164) {
        assertThat(PhoneNumbers.fromPerson(raw, region)).isEqualTo(new Phone(e164, true));
    }

    /** Both are real numbers; only where the text came from tells them apart, which is why there are two readers. */
    @Test
    void readsTheSameDigitsByWhereTheyCameFrom() {
        assertThat(PhoneNumbers.fromPerson("81234567890", "ID")).isEqualTo(BUDI);
        assertThat(PhoneNumbers.fromWhatsApp("81234567890")).isEqualTo(new Phone("+81234567890", true));
        assertThat(PhoneNumbers.fromWhatsApp("6591234567")).isEqualTo(new Phone("+6591234567", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6281234567890",
                "62812 3456 7890",
                "+62081234567890",
                "62081234567890",
                "6281234567890@s.whatsapp.net",
                "6281234567890@c.us",
                "6281234567890:12@s.whatsapp.net",
                "whatsapp:+6281234567890",
                "WhatsApp:+6281234567890"
            })
    void readsEveryFormWhatsAppAndItsProvidersUse(String raw) {
        assertThat(PhoneNumbers.fromWhatsApp(raw)).isEqualTo(BUDI);
    }

    @ParameterizedTest
    @CsvSource({"60123456789, +60123456789", "12025550123, +12025550123", "919876543210, +919876543210"})
    void readsForeignWhatsAppNumbers(String raw, String e164) {
        assertThat(PhoneNumbers.fromWhatsApp(raw)).isEqualTo(new Phone(e164, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "081234567890",
                "006281234567890",
                "(021) 5550123",
                "6281234567890-1600000000@g.us",
                "120363041234567890@g.us",
                "6281234567890@g.us",
                "6281234567890@lid",
                "6281234567890@newsletter",
                "6281234567890@broadcast",
                "status@broadcast",
                "ID.13491208655302741918",
                "US.12025550123",
                "٦٢٨١٢٣٤٥٦٧٨٩٠",
                "6281234",
                "62812345678901234",
                "",
                "@",
                ":"
            })
    void refusesWhatIsNoPersonsNumberInWhatsApp(String raw) {
        assertThat(PhoneNumbers.fromWhatsApp(raw)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "081234",
                "6281234567890123",
                "0812345678901234",
                "6281234567890@g.us",
                "budi@example.com",
                "not a number",
                "0",
                "+",
                "++62812",
                "\u0000"
            })
    void refusesWhatCannotBeANumber(String raw) {
        assertThat(PhoneNumbers.fromPerson(raw, "ID")).isNull();
    }

    @Test
    void readsNoLocalNumberWithoutARegion() {
        assertThat(PhoneNumbers.fromPerson("081234567890", null)).isNull();
        assertThat(PhoneNumbers.fromPerson("+6281234567890", null)).isEqualTo(BUDI);
        assertThat(PhoneNumbers.fromPerson("6281234567890", null)).isEqualTo(BUDI);
        assertThat(PhoneNumbers.fromPerson("081234567890", "XX")).isNull();
    }

    @Test
    void takesANumberOfAPrefixNotYetInThePlanAsUnverified() {
        Phone phone = PhoneNumbers.fromPerson("+1 999 999 9999", "ID");
        assertThat(phone).isEqualTo(new Phone("+19999999999", false));
        assertThat(PhoneNumbers.fromWhatsApp("19999999999")).isEqualTo(phone);
    }

    @Test
    void givesDigitsWithoutPlus() {
        assertThat(BUDI.digits()).isEqualTo("6281234567890");
    }

    @Test
    void readsItsOwnResultAgain() {
        for (String raw : List.of("0812-3456-7890", "(021) 5550123", "60123456789", "+44 20 7946 0958")) {
            Phone once = Objects.requireNonNull(PhoneNumbers.fromPerson(raw, "ID"));
            assertThat(PhoneNumbers.fromPerson(once.e164(), "ID")).isEqualTo(once);
            assertThat(PhoneNumbers.fromWhatsApp(once.digits())).isEqualTo(once);
        }
    }

    @Test
    void isNotDelayedByEndlessText() {
        assertThat(PhoneNumbers.fromPerson("0812 ".repeat(100_000), "ID")).isNull();
        assertThat(PhoneNumbers.fromWhatsApp("6".repeat(100_000))).isNull();
    }
}
