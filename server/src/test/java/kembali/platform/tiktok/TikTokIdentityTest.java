package kembali.platform.tiktok;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import kembali.identity.Sha256;
import kembali.platform.tiktok.TikTokIdentity.Rule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TikTokIdentityTest {
    /** TikTok hashes these; the others travel in clear. */
    private static final Set<String> HASHED =
            Set.of("email", "phone", "external_id", "first_name", "last_name", "zip_code");

    private static final Map<String, List<String>> EXAMPLES = Map.of(
            "email", List.of("BUDI.Santoso@Example.co.id", " İbrahim@Example.com", "a+b@c.id\n"),
            "phone", List.of("+6281234567890", "+12345678901234", " +15555555555 "),
            "external_id", List.of("lead_01hzx", " Crm 77 ", "ABC2345"),
            "first_name", List.of("Mary-Jane", "  José", "İsmail", "정", "Сергей"),
            "last_name", List.of("O'Neil", "van der Berg", "d’Arc", "- Smith -"),
            "zip_code", List.of("94035-1234", "M1 1AE", "10110", "01310–100"),
            "city", List.of("Jakarta Selatan 2", "San José", "İstanbul", "กรุงเทพมหานคร", "القاهرة"),
            "state", List.of("ID-JK", "DKI Jakarta", "CA", "TH-10", "Ленинградская обл."),
            "country", List.of("ID", "us", " Gb "));

    /** Of the platform sheet; computed with another tool. */
    @ParameterizedTest
    @CsvSource({
        "email, coreytest1231@gmail.com, eb9869a32b532840dd6aa714f7a872d21d6f650fc5aa933d9feefc64708969c7",
        "email, ' Budi.Santoso@Example.co.id ', 1d72f51cdcfddf2641add5f71acab8d8a21ce388121edc587743c42e1e40bad9",
        "email, test@example.com, 973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b",
        "phone, +15555555555, 910a625c4ba147b544e6bd2f267e130ae14c591b6ba9c25cb8573322dedbebd0",
        "phone, +6281234567890, 62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd",
        "phone, +12345678901234, 00a63bd0437d6ca0fa7b95c00ab2e7c020faa71440e5246750d6b517689e6777",
        "external_id, testid123, 481f202262e9c5ccc48d24e60798fadaa5f6ff1f8369f7ab927c04c3aa682a7f",
        "external_id, 123, a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3",
        "external_id, ' lead_01hzx', 722ea72c94044cae0648247b168d1ab55cfbe4d64d146cc1b01a11428feb5862",
        "first_name, ' Budi', 24263bfaefb124c488c2f5e63d1d30b418f51d0d6f5b380aa1956ec40ea57278",
        "last_name, SANTOSO, 884ace7632428d815f546c2b854dbfdc0d89f5a0d348444d6237e2dc404892f8",
        "last_name, O'Neil, 67a42a846e98e3c1a96cd6ba14883a5ea05990cd93964ce8b832aa9497ca785c",
        "first_name, José, d994e1d001886fe5b45b1267bd1fa2b752ac50742579bd3dad7b2a2aa0ed6866",
        "first_name, JOSE\u0301, d994e1d001886fe5b45b1267bd1fa2b752ac50742579bd3dad7b2a2aa0ed6866",
        "zip_code, 10110, db757b73dcd501203e0148fb2ac8cb90c76be44c207d981bcc2dcf9c3c78d5d0"
    })
    void reproducesTheVectors(String key, String raw, String hash) {
        assertThat(TikTokIdentity.hashed(raw, rule(key, null))).isEqualTo(hash);
    }

    @Test
    void neverHashesAPhoneWithoutItsPlus() {
        assertThat(Sha256.hex("6281234567890"))
                .isEqualTo("dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725");
        assertThat(TikTokIdentity.hashed("6281234567890", TikTokIdentity::phone))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "email, BUDI+promo@Example.co.id, , budi+promo@example.co.id",
        "email, b.u.d.i@gmail.com, , b.u.d.i@gmail.com",
        "first_name, Mary-Jane, , maryjane",
        "last_name, van der Berg, , van der berg",
        "last_name, '- Smith -', , smith",
        "last_name, d’Arc, , darc",
        "zip_code, 94035-1234, US, 94035",
        "zip_code, 94035-1234, , 940351234",
        "zip_code, 01310-100, BR, 01310100",
        "zip_code, M1 1AE, GB, m11ae",
        "city, Jakarta Selatan 2, ID, jakartaselatan",
        "city, San José, , sanjosé",
        "city, Москва, , москва",
        "city, القاهرة, , القاهرة",
        "city, กรุงเทพมหานคร, , กรุงเทพมหานคร",
        "city, 'St. John''s', , stjohns",
        "state, ID-JK, ID, jk",
        "state, US-CA, , ca",
        "state, TH-10, TH, 10",
        "state, CA, US, ca",
        "state, NORD-EST, FR, nordest",
        "state, ID-JK, US, idjk",
        "state, Jawa Barat, ID, jawabarat",
        "country, ID, , id"
    })
    void normalises(String key, String raw, @Nullable String country, String normal) {
        assertThat(normal(key, raw, country)).isEqualTo(normal);
    }

    @ParameterizedTest
    @CsvSource({
        "email, budi",
        "email, budi@localhost",
        "email, @example.com",
        "email, budi@",
        "email, budi@.com",
        "email, budi@example.",
        "email, budi@@example.com",
        "email, bu di@example.com",
        "phone, 0812-3456-7890",
        "phone, +0812345678",
        "phone, +62 812345678",
        "phone, +1234567890123456",
        "phone, +",
        "first_name, ' - '",
        "zip_code, ' - '",
        "city, 123",
        "state, '.'",
        "country, Indonesia",
        "country, XX",
        "country, IDN",
        "external_id, ' '"
    })
    void leavesOutWhatCannotMatch(String key, String raw) {
        assertThat(value(key, raw)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email",
                "phone",
                "external_id",
                "first_name",
                "last_name",
                "zip_code",
                "city",
                "state",
                "country"
            })
    void neverSendsNothing(String key) {
        for (String nothing : List.of("", " ", "\t\n", "\u00a0", "\u3000")) {
            assertThat(value(key, nothing)).isNull();
        }
        assertThat(value(key, null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "phone", "external_id", "first_name", "last_name", "zip_code"})
    void passesHashesInLowerCase(String key) {
        String hash = Sha256.hex("x");
        assertThat(value(key, hash)).isEqualTo(hash);
        assertThat(value(key, " " + hash.toUpperCase(Locale.ROOT))).isEqualTo(hash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"city", "state", "country"})
    void sendsNoHashWhereTikTokWantsClearText(String key) {
        assertThat(value(key, Sha256.hex("jakarta"))).isNull();
    }

    @Test
    void normalisingTwiceChangesNothing() {
        EXAMPLES.forEach((key, raws) -> {
            for (String raw : raws) {
                String once = normal(key, raw, null);
                assertThat(once).as("%s %s", key, raw).isNotEmpty();
                assertThat(normal(key, Objects.requireNonNull(once), null))
                        .as("%s %s", key, raw)
                        .isEqualTo(once);
                String value = value(key, raw);
                assertThat(value(key, value)).isEqualTo(value);
            }
        });
    }

    @Test
    void looksOnlyAtWhatStandsBetweenTheSpaces() {
        EXAMPLES.forEach((key, raws) -> raws.forEach(
                raw -> assertThat(value(key, "\u00a0\t" + raw + " \n")).as(raw).isEqualTo(value(key, raw))));
    }

    @Test
    void sendsHashesOfLowerCaseHexAndClearTextWithoutCapitals() {
        EXAMPLES.forEach((key, raws) -> {
            for (String raw : raws) {
                String value = Objects.requireNonNull(value(key, raw));
                if (HASHED.contains(key)) {
                    assertThat(value).matches("[0-9a-f]{64}");
                } else {
                    assertThat(value).isEqualTo(value.toLowerCase(Locale.ROOT)).doesNotContainAnyWhitespaces();
                }
            }
        });
    }

    @Test
    void normalisesAlikeOnATurkishServer() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr", "TR"));
            assertThat(normal("email", "BUDI@INDO.ID", null)).isEqualTo("budi@indo.id");
            assertThat(normal("country", "ID", null)).isEqualTo("id");
            assertThat(normal("city", "ISTANBUL", null)).isEqualTo("istanbul");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void keepsClickIdsByteForByte() {
        for (String id : List.of("E.C.P.abc", "e_C.p-X==", " x ", "x".repeat(1000), "__x__", "_CLICKID_")) {
            assertThat(TikTokIdentity.opaque(id)).isEqualTo(id);
        }
        for (String none : List.of("", " ", "__CLICKID__", "__CID__", "__AID_NAME__", "x".repeat(1001))) {
            assertThat(TikTokIdentity.opaque(none)).isNull();
        }
        assertThat(TikTokIdentity.opaque(null)).isNull();
    }

    @Test
    void takesPublicAddressesOnly() {
        assertThat(TikTokIdentity.publicAddress("203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(TikTokIdentity.publicAddress(" 2404:6800:4003:c00::5e ")).isEqualTo("2404:6800:4003:c00::5e");
        assertThat(TikTokIdentity.publicAddress("::ffff:203.0.113.9")).isEqualTo("203.0.113.9");
        for (String none :
                List.of("", "10.1.2.3", "127.0.0.1", "192.168.0.1", "::1", "fd00::1", "example.com", "1.2.3")) {
            assertThat(TikTokIdentity.publicAddress(none)).as(none).isNull();
        }
    }

    @Test
    void takesLanguageTagsOnly() {
        assertThat(TikTokIdentity.locale("id-ID")).isEqualTo("id-ID");
        assertThat(TikTokIdentity.locale("zh-Hant-TW")).isEqualTo("zh-Hant-TW");
        for (String none : List.of("", "id_ID", "Indonesia", "id-", "x")) {
            assertThat(TikTokIdentity.locale(none)).as(none).isNull();
        }
    }

    private static @Nullable String value(String key, @Nullable String raw) {
        return HASHED.contains(key)
                ? TikTokIdentity.hashed(raw, rule(key, null))
                : TikTokIdentity.plain(raw, rule(key, null));
    }

    private static @Nullable String normal(String key, String raw, @Nullable String country) {
        return rule(key, country).apply(raw.strip());
    }

    private static Rule rule(String key, @Nullable String region) {
        String country = region == null ? null : region.toLowerCase(Locale.ROOT);
        return switch (key) {
            case "email" -> TikTokIdentity::email;
            case "phone" -> TikTokIdentity::phone;
            case "external_id" -> TikTokIdentity::externalId;
            case "first_name", "last_name" -> TikTokIdentity::name;
            case "zip_code" -> text -> TikTokIdentity.zip(text, country);
            case "city" -> TikTokIdentity::city;
            case "state" -> text -> TikTokIdentity.state(text, country);
            case "country" -> TikTokIdentity::country;
            default -> throw new IllegalArgumentException(key);
        };
    }
}
