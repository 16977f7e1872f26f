package kembali.platform.googleads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import kembali.identity.Person;
import kembali.identity.PhoneNumbers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleIdentityTest {
    private static final String EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /** Texts made of the pieces that rules trip over, every one joined with every other. */
    private static final List<String> TEXTS = texts();

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                " Budi.Santoso+promo@Gmail.com ,budisantoso@gmail.com,3d1c2a3c08f83c8f3bff319929209899cd8dfcbd7c1ee2bd761da91775c5ce48,PRwqPAj4PI87/zGZKSCYmc2N/L18HuK9dh2pF3XFzkg=",
                "b.u.d.i@googlemail.com,budi@googlemail.com,4a36cd50d578de8e515e377b431940fd94c657cb239066c1c4a3b5d00d04b20d,SjbNUNV43o5RXjd7QxlA/ZTGV8sjkGbBxKO10A0Esg0=",
                "Siti.Aminah+wa@Example.co.id,siti.aminah+wa@example.co.id,9300ad0515e3349213840aa23b194c37b7b82717d6c35f0efe16b0e0f68075b3,kwCtBRXjNJIThAqiOxlMN7e4JxfWw18O/haw4PaAdbM=",
                "  ALEXZ@example.com   ,alexz@example.com,509e933019bb285a134a9334b8bb679dff79d0ce023d529af4bd744d47b4fd8a,UJ6TMBm7KFoTSpM0uLtnnf950M4CPVKa9L10TUe0/Yo="
            })
    void normalisesAndHashesEmails(String raw, String normal, String hex, String base64) {
        assertThat(GoogleIdentity.email(raw)).isEqualTo(normal);
        assertThat(GoogleIdentity.hashed(normal)).isEqualTo(hex);
        assertThat(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)))
                .isEqualTo(base64);
    }

    @ParameterizedTest
    @CsvSource({
        "0812-3456-7890, ID, +6281234567890, 62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd",
        "+62 812 3456 7890, , +6281234567890, 62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd",
        "+1 800-555-0100, , +18005550100, fb4f73a6ec5fdb7077d564cdd22c3554b43ce49168550c3b12c547b78c517b30"
    })
    void normalisesAndHashesPhones(String raw, @Nullable String country, String normal, String hex) {
        String e164 =
                Objects.requireNonNull(PhoneNumbers.fromPerson(raw, country)).e164();
        assertThat(GoogleIdentity.phone(e164)).isEqualTo(normal);
        assertThat(GoogleIdentity.of(person(null, raw, e164)).phone()).isEqualTo(hex);
    }

    @Test
    void hashesTheGivenName() {
        assertThat(GoogleIdentity.hashed(GoogleIdentity.givenName("Budi")))
                .isEqualTo("24263bfaefb124c488c2f5e63d1d30b418f51d0d6f5b380aa1956ec40ea57278");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            nullValues = "-",
            value = {
                "Mr. Budi,budi",
                "DR.MRS. Siti,siti",
                "Drs. Budi,drs. budi",
                "Dr Budi,dr budi",
                "mr.,-",
                "' ',-",
                "Мария,мария",
                "李,李"
            })
    void takesTitlesOffGivenNames(String raw, @Nullable String normal) {
        assertThat(GoogleIdentity.givenName(raw)).isEqualTo(normal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Santoso Jr.|santoso",
                "Santoso, Jr., III|santoso",
                "Smith, MD PhD|smith",
                "Smith 2nd CPA|smith",
                "V|v",
                "Iii|iii",
                "Smithmd|smithmd",
                "van der Berg VI|van der berg",
                "O'Neil-Jones|o'neil-jones"
            })
    void takesGenerationsAndDegreesOffFamilyNames(String raw, String normal) {
        assertThat(GoogleIdentity.familyName(raw)).isEqualTo(normal);
    }

    @Test
    void dropsEmailsThatAreNone() {
        for (String wrong : List.of(
                "",
                " ",
                "@",
                "budi",
                "budi@",
                "@example.com",
                "a@b@c",
                "a b@c.d",
                "+promo@gmail.com",
                "...@gmail.com",
                "a\u0000@b.c",
                "\ud800@b.c",
                "a@" + "b".repeat(400))) {
            assertThat(GoogleIdentity.email(wrong)).as(wrong).isNull();
        }
    }

    @Test
    void keepsPlusesAndDotsOutsideOfGmail() {
        assertThat(GoogleIdentity.email("a.b+c@gmail.com.example")).isEqualTo("a.b+c@gmail.com.example");
        assertThat(GoogleIdentity.email("a.b+c@mygmail.com")).isEqualTo("a.b+c@mygmail.com");
        assertThat(GoogleIdentity.email("a.b.c.d+e+f@gmail.com")).isEqualTo("abcd@gmail.com");
    }

    @Test
    void neverGuessesACountry() {
        assertThat(GoogleIdentity.phone("081234567890")).isNull();
        assertThat(GoogleIdentity.of(person(null, "0812-3456-7890", null)).phone())
                .isNull();
        for (String wrong : List.of("", "+", "abc", "+0812345678", "+123456", "+1234567890123456")) {
            assertThat(GoogleIdentity.phone(wrong)).as(wrong).isNull();
        }
    }

    @Test
    void isTheSameTheSecondTime() {
        List<UnaryOperator<@Nullable String>> rules = List.of(
                text -> text == null ? null : GoogleIdentity.email(text),
                text -> text == null ? null : GoogleIdentity.phone(text),
                text -> text == null ? null : GoogleIdentity.givenName(text),
                text -> text == null ? null : GoogleIdentity.familyName(text));
        for (UnaryOperator<@Nullable String> rule : rules) {
            for (String text : TEXTS) {
                String once = rule.apply(text);
                assertThat(rule.apply(once)).as(text).isEqualTo(once);
                assertThat(once).isNotEqualTo("");
            }
        }
    }

    @Test
    void neverHashesNothing() {
        for (String text : TEXTS) {
            GoogleIdentity identity = GoogleIdentity.of(
                    new Person(text, text, text, text, text, text, text, text, text, null, text, text));
            assertThat(identity.toString()).as(text).doesNotContain(EMPTY_HASH);
        }
        assertThat(GoogleIdentity.hashed("")).isNull();
        assertThat(GoogleIdentity.hashed(null)).isNull();
    }

    @Test
    void passesHashesOnUnchanged() {
        String hash = "3D1c2a3c08f83c8f3bff319929209899cd8dfcbd7c1ee2bd761da91775c5ce48";
        GoogleIdentity identity = GoogleIdentity.of(
                new Person(hash + " " + hash, hash, hash, null, null, null, "12190", "ID", null, null, null, null));
        assertThat(identity.email()).isEqualTo(hash);
        assertThat(identity.phone()).isEqualTo(hash);
        assertThat(GoogleIdentity.givenName(hash)).isEqualTo(hash);
        assertThat(GoogleIdentity.hashed(GoogleIdentity.familyName(hash))).isEqualTo(hash);
    }

    @Test
    void needsAllFourPartsOfAnAddress() {
        assertThat(address("Budi Santoso", "12190", "ID")).isNotNull();
        assertThat(address("Budi", "12190", "ID")).isNull();
        assertThat(address(null, "12190", "ID")).isNull();
        assertThat(address("Budi Santoso", null, "ID")).isNull();
        assertThat(address("Budi Santoso", " ", "ID")).isNull();
        assertThat(address("Budi Santoso", "12190", null)).isNull();
        assertThat(address("Budi Santoso", "12190", "IDN")).isNull();
        assertThat(address("Budi Santoso", "12190", "ıd")).isNull();
        assertThat(address("Mr. Budi", "12190", "ID")).isNull();
    }

    private static GoogleIdentity.@Nullable Address address(
            @Nullable String name, @Nullable String postalCode, @Nullable String country) {
        return GoogleIdentity.of(
                        new Person(name, null, null, null, null, null, postalCode, country, null, null, null, null))
                .address();
    }

    private static Person person(@Nullable String email, @Nullable String phone, @Nullable String e164) {
        return new Person(null, email, phone, e164, null, null, null, null, null, null, null, null);
    }

    private static List<String> texts() {
        List<String> pieces = List.of(
                "",
                " ",
                "\u00a0",
                "\t",
                ".",
                "+",
                "@",
                ",",
                "a",
                "Budi",
                "İ",
                "ß",
                "Σ",
                "😀",
                "\ud800",
                "\u0000",
                "gmail.com",
                "@gmail.com",
                "@Googlemail.COM",
                "mr.",
                "Dr. ",
                "jr.",
                " III",
                ", md",
                "v",
                "+62812",
                "0",
                "1234567",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85");
        List<String> texts = new ArrayList<>();
        for (String one : pieces) {
            for (String two : pieces) {
                for (String three : pieces) {
                    texts.add(one + two + three);
                }
            }
        }
        return texts;
    }
}
