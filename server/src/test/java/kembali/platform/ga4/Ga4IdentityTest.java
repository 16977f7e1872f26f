package kembali.platform.ga4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.identity.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ga4IdentityTest {
    private static final String EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final Map<String, Ga4Identity.Rule> RULES = Map.of(
            "email", Ga4Identity::email,
            "phone", text -> Ga4Identity.phone(text, "ID"),
            "given name", Ga4Identity::givenName,
            "family name", Ga4Identity::familyName,
            "place", Ga4Identity::place,
            "postal code", Ga4Identity::postalCode);

    /** Every odd text a form or CRM has been seen to hold, and combinations of what the rules cut. */
    private static final List<String> ODD = List.of(
            "",
            " ",
            "\u00a0",
            "\t\n",
            "@",
            "a@",
            "@b.c",
            "a@b",
            "a@b.",
            "a@.b",
            "+@gmail.com",
            "...@gmail.com",
            "+x@googlemail.com",
            "a b@gmail.com",
            "A.B+c@GMAIL.com",
            "a@b@c.d",
            "<a@b.c>",
            "a@b..c",
            "+",
            "0",
            "08",
            "0812-3456-7890",
            "+62 812 3456 7890",
            "00628123456789",
            "Mr. Mrs. Dr. Budi",
            "dr.Siti",
            "mr.",
            "mr",
            "m1r. x",
            "Santoso, Jr., PhD",
            "Santoso 1II",
            "Santoso i1i v",
            "II",
            "x 2nd 3rd",
            "O'Brien-Müller",
            "12.190~",
            "...",
            "İstanbul",
            "ﬁnn",
            "ß",
            "Σίσυφος",
            "李 小龍",
            "😀",
            "\ud800",
            "\u0000",
            "null");

    @ParameterizedTest
    @CsvSource({
        "' Budi.Santoso+promo@Gmail.com ', budisantoso@gmail.com, 3d1c2a3c08f83c8f3bff319929209899cd8dfcbd7c1ee2bd761da91775c5ce48",
        "b.u.d.i@googlemail.com, budi@googlemail.com, 4a36cd50d578de8e515e377b431940fd94c657cb239066c1c4a3b5d00d04b20d",
        "Siti.Aminah+wa@Example.co.id, siti.aminah+wa@example.co.id, 9300ad0515e3349213840aa23b194c37b7b82717d6c35f0efe16b0e0f68075b3",
        "'  ALEXZ@example.com   ', alexz@example.com, 509e933019bb285a134a9334b8bb679dff79d0ce023d529af4bd744d47b4fd8a"
    })
    void hashesEmailsAsGoogleDoes(String raw, String normal, String hash) {
        assertThat(Ga4Identity.email(raw)).isEqualTo(normal);
        assertThat(Ga4Identity.hashed(raw, Ga4Identity::email)).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "0812-3456-7890, ID, +6281234567890, 62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd",
        "+62 812 3456 7890, , +6281234567890, 62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd",
        "+6281234567890, US, +6281234567890, 62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd",
        "+1 800-555-0100, , +18005550100, fb4f73a6ec5fdb7077d564cdd22c3554b43ce49168550c3b12c547b78c517b30"
    })
    void hashesPhonesAsGoogleDoes(String raw, String region, String normal, String hash) {
        assertThat(Ga4Identity.phone(raw, region)).isEqualTo(normal);
        assertThat(Ga4Identity.hashed(raw, text -> Ga4Identity.phone(text, region)))
                .isEqualTo(hash);
    }

    /** A + before a local number would make a right-looking hash of a stranger. */
    @Test
    void neverGuessesTheCountryOfALocalNumber() {
        assertThat(Ga4Identity.phone("0812-3456-7890", null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Budi, budi",
        "' Mr. Budi', budi",
        "Dr. Mrs. Siti, siti",
        "dr.Siti, siti",
        "Mrs, mrs",
        "Anne-Marie 2, annemarie",
        "O'Neil, o'neil",
        "ÉLODIE, élodie"
    })
    void normalisesGivenNames(String raw, String normal) {
        assertThat(Ga4Identity.givenName(raw)).isEqualTo(normal);
    }

    @Test
    void hashesTheGivenNameOfTheVectors() {
        assertThat(Ga4Identity.hashed("Budi", Ga4Identity::givenName))
                .isEqualTo("24263bfaefb124c488c2f5e63d1d30b418f51d0d6f5b380aa1956ec40ea57278");
    }

    @ParameterizedTest
    @CsvSource({
        "Santoso, santoso",
        "'Santoso, Jr.', santoso",
        "'Santoso Jr., PhD', santoso",
        "'Santoso, MD, PhD', santoso",
        "Santoso III, santoso",
        "Santoso 2nd, santoso",
        "Vi, vi",
        "van der Berg, van der berg"
    })
    void normalisesFamilyNames(String raw, String normal) {
        assertThat(Ga4Identity.familyName(raw)).isEqualTo(normal);
    }

    @Test
    void normalisesPlaces() {
        assertThat(Ga4Identity.place(" DKI Jakarta (10) ")).isEqualTo("dki jakarta");
        assertThat(Ga4Identity.postalCode(" 12.190~ ")).isEqualTo("12190");
        assertThat(Ga4Identity.postalCode("SW1A 1AA")).isEqualTo("sw1a 1aa");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "@",
                "budi@",
                "@example.com",
                "budi",
                "budi@localhost",
                "a@b@c.d",
                "+x@gmail.com",
                "...@gmail.com",
                "budi@example..com",
                "budi@example.com.",
                "<budi@example.com>"
            })
    void leavesOutWhatIsNoEmail(String wrong) {
        assertThat(Ga4Identity.hashed(wrong, Ga4Identity::email)).isNull();
    }

    @Test
    void changesNothingTheSecondTime() {
        RULES.forEach((name, rule) -> ODD.forEach(raw -> {
            String once = rule.apply(raw.strip());
            if (once != null) {
                assertThat(rule.apply(once)).as("%s of <%s>", name, raw).isEqualTo(once);
                assertThat(once).as(name).isNotEmpty().isEqualTo(once.strip());
            }
        }));
    }

    @Test
    void neverHashesAnEmptyText() {
        RULES.forEach((name, rule) -> ODD.forEach(raw -> {
            String hash = Ga4Identity.hashed(raw, rule);
            if (hash != null) {
                assertThat(hash)
                        .as("%s of <%s>", name, raw)
                        .matches("[0-9a-f]{64}")
                        .isNotEqualTo(EMPTY_HASH);
            }
        }));
        assertThat(Ga4Identity.hashed(null, text -> text)).isNull();
        assertThat(Ga4Identity.hashed("x", text -> "")).isNull();
    }

    @Test
    void passesOnWhatIsHashedAlready() {
        RULES.forEach((name, rule) -> ODD.forEach(raw -> {
            String hash = Sha256.hex(raw);
            assertThat(Ga4Identity.hashed(hash, rule)).as(name).isEqualTo(hash);
            assertThat(Ga4Identity.hashed(" " + hash.toUpperCase(Locale.ROOT) + " ", rule))
                    .isEqualTo(hash);
        }));
    }

    @Test
    void takesNoTimeForEndlessTexts() {
        String endless = "a".repeat(200_000);
        RULES.values().forEach(rule -> assertThat(rule.apply(endless)).isNull());
        RULES.values()
                .forEach(rule -> assertThat(rule.apply("mr.".repeat(60_000))).isNull());
    }
}
