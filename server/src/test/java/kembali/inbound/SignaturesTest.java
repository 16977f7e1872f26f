package kembali.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SignaturesTest {
    private static final byte[] BODY = utf8("{\"object\":\"whatsapp_business_account\",\"entry\":[]}");
    private static final String META = "0ca28c0f1996234eb6829e59ad3c11a18161f6eb043943d601e420c312432cdf";

    @Test
    void reproducesTheVectorsOfProviders() {
        assertThat(BODY).hasSize(49);
        assertThat(hex(Signatures.hmacSha256("app-secret-1", BODY))).isEqualTo(META);
        assertThat(Base64.getEncoder().encodeToString(Signatures.hmacSha256("tf-secret", BODY)))
                .isEqualTo("+FyP2YEb6VHz8wi/l1b62Y3WJGdJ+YuG68tBwsaeTXI=");
        assertThat(hex(Signatures.hmacSha256("cw-secret", utf8("1790000000."), BODY)))
                .isEqualTo("252de3b4ede120a815277e5e5c39be897a77bea7cd0df5fa706cc04ecca4159c");
        assertThat(hex(Signatures.hmacSha256("out-secret", utf8("1790000000."), BODY)))
                .isEqualTo("9bdd9b7584dd42a6dd86fc5e58fade7829b4cd5abf9f667ff9784f4694b90643");
        assertThat(hex(Signatures.hmacSha256("li-client-secret", utf8("890e4665-4dfe-4ab1-b689-ed553bceeed0"))))
                .isEqualTo("313e20a5110164b82333ba6cb7cdad9e864a8e809bb93b22935d24b57f42823f");
    }

    @Test
    void readsHexadecimalDigitsOfEitherCaseBehindItsPrefix() {
        byte[] expected = Signatures.hmacSha256("app-secret-1", BODY);

        assertThat(Signatures.isHex("sha256=" + META, "sha256=", expected)).isTrue();
        assertThat(Signatures.isHex("SHA256=" + META.toUpperCase(Locale.ROOT), "sha256=", expected))
                .isTrue();
        assertThat(Signatures.isHex(META, "", expected)).isTrue();
        assertThat(Signatures.isHex(META, "sha256=", expected)).isFalse();
        assertThat(Signatures.isHex("sha1=" + META, "sha256=", expected)).isFalse();
        assertThat(Signatures.isHex("sha256=" + META.substring(2), "sha256=", expected))
                .isFalse();
        assertThat(Signatures.isHex("sha256=" + META.replace('0', '1'), "sha256=", expected))
                .isFalse();
        assertThat(Signatures.isHex("sha256=zz", "sha256=", expected)).isFalse();
        assertThat(Signatures.isHex("sha256=", "sha256=", expected)).isFalse();
        assertThat(Signatures.isHex(null, "sha256=", expected)).isFalse();
    }

    @Test
    void readsBase64WithAndWithoutPadding() {
        byte[] expected = Signatures.hmacSha256("tf-secret", BODY);

        assertThat(Signatures.isBase64("sha256=+FyP2YEb6VHz8wi/l1b62Y3WJGdJ+YuG68tBwsaeTXI=", "sha256=", expected))
                .isTrue();
        assertThat(Signatures.isBase64("+FyP2YEb6VHz8wi/l1b62Y3WJGdJ+YuG68tBwsaeTXI", "", expected))
                .isTrue();
        assertThat(Signatures.isBase64("-FyP", "", expected)).isFalse();
        assertThat(Signatures.isBase64("+FyP2YEb", "", expected)).isFalse();
    }

    @Test
    void takesAnEmptySecretForAKeyLikeAnyOther() {
        // RFC 2104: a key is padded with zeros. Value of OpenSSL: printf '' | openssl dgst -sha256 -hmac ''
        assertThat(hex(Signatures.hmacSha256("")))
                .isEqualTo("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    }

    @Test
    void comparesSecrets() {
        assertThat(Signatures.same("geheim", "geheim")).isTrue();
        assertThat(Signatures.same("geheim", "Geheim")).isFalse();
        assertThat(Signatures.same("geheim", "geheim ")).isFalse();
        assertThat(Signatures.same("geheim", null)).isFalse();
        assertThat(Signatures.isSet(" ")).isFalse();
        assertThat(Signatures.isSet(null)).isFalse();
        assertThat(Signatures.isSet("x")).isTrue();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
