package kembali.platform.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import kembali.identity.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkedInIdentityTest {
    private static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @ParameterizedTest
    @CsvSource({
        "abc@gmail.com, abc@gmail.com, 48ddb93f0b30c475423fe177832912c5bcdce3cc72872f8051627967ef278e08",
        "' Testing@Testing.com ', testing@testing.com, 584c4423c421df49955759498a71495aba49b8780eb9387dff333b6f0982c777",
        "nick@testing.com, nick@testing.com, 9155510f76fbf498f1d9d69198150962106ee10169eae019115efbeb16969921",
        "' WHYAREYOUYELLING@EMAIL.com', whyareyouyelling@email.com, 691f95429e014a31230a8963ea28daff1da1c2e4d95f9723a4ea36c548ed2e58",
        "BUDI.Santoso@Example.co.id, budi.santoso@example.co.id, 1d72f51cdcfddf2641add5f71acab8d8a21ce388121edc587743c42e1e40bad9",
        "'budi. santoso\u00a0@ example.co.id', budi.santoso@example.co.id, 1d72f51cdcfddf2641add5f71acab8d8a21ce388121edc587743c42e1e40bad9"
    })
    void hashesEmails(String raw, String normal, String hash) {
        assertThat(LinkedInIdentity.email(raw)).isEqualTo(normal);
        assertThat(LinkedInIdentity.emailHash(raw)).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "mike, mike, 64b4d0f47c93ce23d157e68a58767356283dc9b63c459d45d0e0e39b3a64b9b9",
        "' Smith ', smith, 6627835f988e2c5e50533d491163072d3f4f41f5c8b04630150debb3722ca2dd",
        "O'Neil, oneil, 67a42a846e98e3c1a96cd6ba14883a5ea05990cd93964ce8b832aa9497ca785c",
        "O’Neil, oneil, 67a42a846e98e3c1a96cd6ba14883a5ea05990cd93964ce8b832aa9497ca785c"
    })
    void hashesNames(String raw, String normal, String hash) {
        assertThat(LinkedInIdentity.name(raw)).isEqualTo(normal);
        assertThat(LinkedInIdentity.nameHash(raw)).isEqualTo(hash);
    }

    /** LinkedIn's own vector for a hashed address; Kembali sends addresses in clear. */
    @Test
    void hashesAlikeForAddresses() {
        assertThat(Sha256.hex("192.0.2.10"))
                .isEqualTo("6d99cbd08fc6c99cdb2d942a4cbb097c6b54496bbbc3ffd6351b145508dd2935");
    }

    @Test
    void passesAHashInLowerCase() {
        String hash = Sha256.hex("abc@gmail.com");
        assertThat(LinkedInIdentity.emailHash(" " + hash.toUpperCase(Locale.ROOT)))
                .isEqualTo(hash);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "\u3000",
                "budi",
                "budi@",
                "@example.com",
                "budi@localhost",
                "budi@@example.com",
                "a@b@example.com",
                "budi@.com",
                "budi@example.",
                "budi@example..com",
                "bu\u0000di@example.com"
            })
    void leavesOutWhatIsNoEmail(String raw) {
        assertThat(LinkedInIdentity.emailHash(raw)).isNull();
    }

    @Test
    void neverHashesNothing() {
        assertThat(Sha256.hex("")).isEqualTo(OF_NOTHING);
        for (String nothing : List.of("", " ", "\t\n", "\u00a0", "\u3000", "-", "...", "' '")) {
            assertThat(LinkedInIdentity.emailHash(nothing)).isNull();
            assertThat(LinkedInIdentity.nameHash(nothing)).isNull();
        }
    }

    /** Whatever people type: normalising a second time changes nothing, and no space or capital is left. */
    @Test
    void normalisingTwiceChangesNothing() {
        List<String> parts =
                List.of("Budi", "SANTOSO", " o'Neil", "É", "İ", "정", "a b", "x.y", "-", "1", "\u00a0", "ẞ", "Ǆ");
        for (String a : parts) {
            for (String b : parts) {
                for (String c : parts) {
                    String name = LinkedInIdentity.name(a + b + c);
                    if (name != null) {
                        assertThat(LinkedInIdentity.name(name)).as(a + b + c).isEqualTo(name);
                        assertThat(name).isNotEmpty().doesNotContain(" ", "\u00a0", "'", "-", ".");
                    }
                    String email = LinkedInIdentity.email(a + b + "@" + c + "example.com");
                    if (email != null) {
                        assertThat(LinkedInIdentity.email(email)).isEqualTo(email);
                        assertThat(email)
                                .isEqualTo(email.toLowerCase(Locale.ROOT))
                                .doesNotContain(" ", "\u00a0");
                        String hash = LinkedInIdentity.emailHash(a + b + "@" + c + "example.com");
                        assertThat(hash)
                                .isEqualTo(Sha256.hex(email))
                                .hasSize(64)
                                .isNotEqualTo(OF_NOTHING);
                        assertThat(LinkedInIdentity.emailHash(hash)).isEqualTo(hash);
                    }
                }
            }
        }
    }

    @Test
    void normalisesAlikeOnATurkishServer() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr", "TR"));
            assertThat(LinkedInIdentity.email("BUDI@INDO.ID")).isEqualTo("budi@indo.id");
            assertThat(LinkedInIdentity.name("INDRI")).isEqualTo("indri");
            assertThat(LinkedInIdentity.country("id")).isEqualTo("ID");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void keepsWordsAsTheyAreButTheirEnds() {
        assertThat(LinkedInIdentity.words("  PT Maju  Jaya ")).isEqualTo("PT Maju  Jaya");
        assertThat(LinkedInIdentity.words("x".repeat(256))).hasSize(256);
        for (String wrong : List.of("", " ", "a\nb", "x".repeat(257))) {
            assertThat(LinkedInIdentity.words(wrong)).isNull();
        }
        assertThat(LinkedInIdentity.words(null)).isNull();
    }

    @Test
    void takesCountriesOfTwoLettersOnly() {
        assertThat(LinkedInIdentity.country(" id ")).isEqualTo("ID");
        for (String wrong : List.of("", "IDN", "Indonesia", "XX", "I1", "62")) {
            assertThat(LinkedInIdentity.country(wrong)).isNull();
        }
        assertThat(LinkedInIdentity.country(null)).isNull();
    }

    @Test
    void keepsAClickIdToTheLetter() {
        for (String right : List.of("df5gf5-gh6t7-ph4j7h-fgf6n1", "AbC", "a%2Bb", "x".repeat(512))) {
            assertThat(LinkedInIdentity.clickId(right)).isEqualTo(right);
        }
        for (String wrong : List.of("", " ", "a b", "a\nb", " a", "x".repeat(513))) {
            assertThat(LinkedInIdentity.clickId(wrong)).isNull();
        }
    }

    @Test
    void makesTheUrnOfALeadForm() {
        String urn = "urn:li:leadGenFormResponse:cf1d8ad9-90d5-3";
        assertThat(LinkedInIdentity.leadUrn("cf1d8ad9-90d5-3")).isEqualTo(urn);
        assertThat(LinkedInIdentity.leadUrn(Objects.requireNonNull(LinkedInIdentity.leadUrn(" cf1d8ad9-90d5-3 "))))
                .isEqualTo(urn);
        for (String wrong : List.of("", "urn:li:person:1", "urn:li:leadGenFormResponse:", "a b", "x".repeat(129))) {
            assertThat(LinkedInIdentity.leadUrn(wrong)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.4.4",
                "203.0.113.7",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "192.167.0.1",
                "169.253.0.1",
                "223.255.255.255",
                "1.0.0.0"
            })
    void takesPublicAddresses(String address) {
        assertThat(LinkedInIdentity.publicIpv4(address)).isEqualTo(address);
        assertThat(LinkedInIdentity.publicIpv4(" ::FFFF:" + address + " ")).isEqualTo(address);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "2001:db8::7",
                "::1",
                "10.0.0.1",
                "127.0.0.1",
                "0.0.0.0",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.1.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.20",
                "224.0.0.1",
                "255.255.255.255",
                "999.999.999.999",
                "8.8.4.256",
                "8.8.4",
                "8.8.4.4.4",
                "08.8.4.4",
                "8.8.4.4:443",
                "8.8.4.+4",
                "8.8..4",
                "８.8.4.4",
                "example.com"
            })
    void leavesOutWhatIsNoVisitorsAddress(String address) {
        assertThat(LinkedInIdentity.publicIpv4(address)).isNull();
    }
}
