package kembali.platform.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import kembali.identity.Sha256;
import kembali.platform.meta.MetaIdentity.Rule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetaIdentityTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    private static final Map<String, List<String>> EXAMPLES = Map.ofEntries(
            Map.entry("em", List.of("BUDI.Santoso@Example.co.id", " İbrahim@Example.com")),
            Map.entry("ph", List.of("0812-3456-7890", "+62 0812-3456-7890", "(021) 5550123")),
            Map.entry("fn", List.of("Mary-Jane", "Valéry", "İsmail", "정")),
            Map.entry("ln", List.of("O'Connor", "  Smith ")),
            Map.entry("ge", List.of("Female", "man")),
            Map.entry("db", List.of("1990-12-31", "2/16/1997")),
            Map.entry("ct", List.of("Menlo Park", "San José", "İstanbul")),
            Map.entry("st", List.of("North Carolina", "Jawa Barat")),
            Map.entry("zp", List.of("94035-1234", "M1 1AE")),
            Map.entry("country", List.of("United Kingdom", "IDN", "ID")),
            Map.entry("external_id", List.of("USER-ID-456", " crm 77")));

    /** Published by Meta. */
    @ParameterizedTest
    @CsvSource({
        "em, ' John_Smith@gmail.com ', , john_smith@gmail.com, 62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
        "ph, (650)555-1212, US, 16505551212, e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176",
        "fn, Mary, , mary, 6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec",
        "fn, Valéry, , valéry, 08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c",
        "fn, 정, , 정, 8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14",
        "db, 2/16/1997, , 19970216, 01acdbf6ec7b4f478a225f1a246e5d6767eeab1a7ffa17f025265b5b94f40f0c",
        "country, United States, , us, 79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621"
    })
    void reproducesMetasOwnVectors(String key, String raw, @Nullable String region, String normal, String hash) {
        reproduces(key, raw, region, normal, hash);
    }

    /** Computed with another tool. */
    @ParameterizedTest
    @CsvSource({
        "em, BUDI.Santoso@Example.co.id, , budi.santoso@example.co.id, 1d72f51cdcfddf2641add5f71acab8d8a21ce388121edc587743c42e1e40bad9",
        "em, user.name+tag@domain.co.uk, , user.name+tag@domain.co.uk, 1d3bd71df1147a514334111e1a37145ec4f5a0ad34eec1c15cbad15547e8844a",
        "ph, +62 812-3456-7890, , 6281234567890, dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725",
        "ph, 0812-3456-7890, ID, 6281234567890, dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725",
        "ph, +62 0812-3456-7890, US, 6281234567890, dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725",
        "ph, +001 (616) 954-78 88, , 16169547888, bb2fa2e6d2cea4746530c99686d0c7886ab2019875dca2d7e9e171c0e6ada00d",
        "ph, +44 20 7946 0958, , 442079460958, 35e206e5dec4c89b9e8b71b8c32724a5bb518483ac5a20c6617d738375b3b823",
        "fn, Mary-Jane, , maryjane, f08f448a5e7a9dc3619bb7c129f6a7d5fc6af002cea17ad71dfdc1c68f4d4e0e",
        "ln, O'Connor, , oconnor, 7a0fbfdf40cbeb97429bdb88f512cecd27f0d44b7e57986ab578423bb61936ac",
        "ln, '  Smith ', , smith, 6627835f988e2c5e50533d491163072d3f4f41f5c8b04630150debb3722ca2dd",
        "ge, Female, , f, 252f10c83610ebca1a059c0bae8255eba2f95be4d1d7bcfa89d7248a82d9f111",
        "ge, M, , m, 62c66a7a5dd70c3146618063c344e531e6d4b59e379808443ce962b3abd63c5a",
        "db, 1990-12-31, , 19901231, e34847671d257b92802553ecff8091c5e218044431fd84ce1ce573e530710c83",
        "ct, Menlo Park, , menlopark, 0007a3d64c01e23d5075203c5977c14e4f7e01a3fc570686fcc50b5e1dd42685",
        "ct, Jakarta Selatan, , jakartaselatan, cbbdd67afe7769ef5c217e5ffb72ce10ae8b9765010f41ac1adcb647c93a9df2",
        "ct, London, , london, 6089854c94ca5454b76be6752c562901a985f64c9a946f62976aeab593b83161",
        "st, California, , ca, 6959097001d10501ac7d54c0bdb8db61420f658f2922cc26e46d536119a31126",
        "st, North Carolina, , nc, 0be477336d3e1a8d45d820aa54755092e2ec5e0751ccdf93a8fa8fa1e10bd753",
        "st, Jawa Barat, , jawabarat, fcaac6f40a81c78e143ea76d9cbe960adbe1485d9b315562084c27684188eab5",
        "zp, 94035-1234, , 94035, 1794327a4d443904421f5ca1f3d72d0a62ba2f0770d80755ec2220fc0efb052e",
        "zp, M1 1AE, , m11ae, 1dc694c2070e697769fb959b50671d76cafd430d8ca191fbdd0affcaea344ac5",
        "zp, 12190, , 12190, 1a29cb216b6e4e040bb1b3cefd9aabd234672de9853d5ef12e4b7127fc1f1607",
        "country, ID, , id, a56145270ce6b3bebd1dd012b73948677dd618d496488bc608a3cb43ce3547dd",
        "country, Indonesia, , id, a56145270ce6b3bebd1dd012b73948677dd618d496488bc608a3cb43ce3547dd",
        "external_id, USER-ID-456, , user-id-456, 34fe283a7ecaee9a0b550c3a744984243f55c9150f1831da5e19089cdf84bf7c"
    })
    void reproducesOurVectors(String key, String raw, @Nullable String region, String normal, String hash) {
        reproduces(key, raw, region, normal, hash);
    }

    @ParameterizedTest
    @CsvSource({
        "ct, San José, , sanjosé",
        "ct, 3rd Avenue 12, , rdavenue",
        "st, CA, , ca",
        "st, Québec, CA, qc",
        "st, California, ID, california",
        "st, Georgia, GE, georgia",
        "zp, 940351234, US, 94035",
        "zp, 01310-100, BR, 01310",
        "country, IDN, , id",
        "country, UK, , gb",
        "country, United Kingdom, , gb",
        "db, 19901231, , 19901231",
        "db, 16/2/1997, , 19970216",
        "ge, Woman, , f",
        "fn, \u00a0Ayu\u00a0Dewi, , ayudewi",
        "em, Ünal@Beispiel.DE, , ünal@beispiel.de"
    })
    void normalisesWhatTheVectorsDoNotShow(String key, String raw, @Nullable String region, String normal) {
        assertThat(normal(key, raw, region)).isEqualTo(normal);
    }

    @ParameterizedTest
    @CsvSource({
        "em, budi",
        "em, budi@localhost",
        "em, @example.com",
        "em, budi@",
        "em, budi@@example.com",
        "em, bu di@example.com",
        "em, .budi@example.com",
        "em, budi.@example.com",
        "em, bu..di@example.com",
        "em, budi@example..com",
        "em, budi@.com",
        "em, budi@example.",
        "em, budi@example.c",
        "em, budi@10.0.0.1",
        "em, <budi@example.com>",
        "ph, 0812",
        "ph, ID.13491208655302741918",
        "fn, ' - '",
        "ln, '...'",
        "ge, o",
        "ge, other",
        "db, 05-03-1995",
        "db, 5/3/1995",
        "db, 1899-12-31",
        "db, 2026-11-22",
        "db, 1990-02-30",
        "db, 90-12-31",
        "ct, 123",
        "st, '-'",
        "zp, 1",
        "zp, '-1234'",
        "country, unknown",
        "country, XX",
        "country, u",
        "external_id, ' '"
    })
    void leavesOutWhatCannotMatch(String key, String raw) {
        assertThat(MetaIdentity.hashed(raw, rule(key, null))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "external_id"})
    void neverHashesNothing(String key) {
        for (String nothing : List.of("", " ", "\t\n", "\u00a0", "\u3000")) {
            assertThat(MetaIdentity.hashed(nothing, rule(key, "ID"))).isNull();
        }
        assertThat(MetaIdentity.hashed(null, rule(key, "ID"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "external_id"})
    void passesHashesInLowerCaseAndMarkedOnesUntouched(String key) {
        String hash = Sha256.hex("x");
        assertThat(MetaIdentity.hashed(hash, rule(key, "ID"))).isEqualTo(hash);
        assertThat(MetaIdentity.hashed(" " + hash.toUpperCase(Locale.ROOT), rule(key, "ID")))
                .isEqualTo(hash);
        assertThat(MetaIdentity.hashed(hash + ".AQMCAQEB", rule(key, "ID"))).isEqualTo(hash + ".AQMCAQEB");
        assertThat(MetaIdentity.hashed(hash + ".Bg", rule(key, "ID"))).isEqualTo(hash + ".Bg");
    }

    /** 64 characters that are no hexadecimal digits are a value like any other; MD5 is no SHA-256. */
    @Test
    void hashesWhatOnlyLooksHashed() {
        String almost = "z".repeat(64);
        assertThat(MetaIdentity.hashed(almost, MetaIdentity::externalId)).isEqualTo(Sha256.hex(almost));
        String md5 = "0123456789abcdef0123456789abcdef";
        assertThat(MetaIdentity.hashed(md5, MetaIdentity::externalId)).isEqualTo(Sha256.hex(md5));
    }

    @Test
    void normalisingTwiceChangesNothing() {
        EXAMPLES.forEach((key, raws) -> {
            for (String raw : raws) {
                String once = normal(key, raw, "ID");
                assertThat(once).as("%s %s", key, raw).isNotEmpty();
                assertThat(normal(key, Objects.requireNonNull(once), "ID")).isEqualTo(once);
                String hash = MetaIdentity.hashed(raw, rule(key, "ID"));
                assertThat(MetaIdentity.hashed(hash, rule(key, "ID"))).isEqualTo(hash);
            }
        });
    }

    @Test
    void composesAccentsBeforeHashing() {
        assertThat(MetaIdentity.hashed("Vale\u0301ry", MetaIdentity::name))
                .isEqualTo("08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c");
    }

    @Test
    void hashesAlikeOnATurkishServer() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr", "TR"));
            assertThat(normal("em", "BUDI@INDO.ID", null)).isEqualTo("budi@indo.id");
            assertThat(normal("country", "INDONESIA", null)).isEqualTo("id");
            assertThat(normal("st", "ILLINOIS", null)).isEqualTo("il");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void takesDigitsOfE164Only() {
        assertThat(MetaIdentity.phoneOfE164("+6281234567890")).isEqualTo("6281234567890");
        for (String wrong :
                List.of("6281234567890", "+0812345678", "+62 812345", "+123456", "+1234567890123456", "+", "")) {
            assertThat(MetaIdentity.phoneOfE164(wrong)).as(wrong).isNull();
        }
    }

    private static void reproduces(String key, String raw, @Nullable String region, String normal, String hash) {
        assertThat(normal(key, raw, region)).isEqualTo(normal);
        assertThat(MetaIdentity.hashed(raw, rule(key, region))).isEqualTo(hash);
    }

    private static @Nullable String normal(String key, String raw, @Nullable String region) {
        return rule(key, region).apply(MetaIdentity.prepared(raw));
    }

    private static Rule rule(String key, @Nullable String region) {
        String country = region == null ? null : region.toLowerCase(Locale.ROOT);
        return switch (key) {
            case "em" -> MetaIdentity::email;
            case "ph" -> text -> MetaIdentity.phone(text, region);
            case "fn", "ln" -> MetaIdentity::name;
            case "ge" -> MetaIdentity::gender;
            case "db" -> text -> MetaIdentity.birthDate(text, TODAY);
            case "ct" -> MetaIdentity::city;
            case "st" -> text -> MetaIdentity.state(text, country);
            case "zp" -> text -> MetaIdentity.zip(text, country);
            case "country" -> MetaIdentity::country;
            case "external_id" -> MetaIdentity::externalId;
            default -> throw new IllegalArgumentException(key);
        };
    }
}
