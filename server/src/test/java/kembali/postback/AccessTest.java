package kembali.postback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kembali.postback.Access.Admission;
import kembali.support.Cidr;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final byte[] NOTHING = new byte[0];
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000L);
    private static final Access BY_HEADER = new Access(List.of(), new Signing("out-secret", "X-Signature"));
    private static final Access BY_PARAMETERS = new Access(List.of(), new Signing("secret", null));

    private static Admission fromHeader(@Nullable String header, String body, Instant now) {
        return BY_HEADER.check(null, "a=1", body.getBytes(StandardCharsets.UTF_8), header, now);
    }

    private static String hmac(String secret, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void allowsTheListedAddressesOnly() {
        var access = new Access(Cidr.parseList("203.0.113.0/24 2001:db8::/32"), null);

        assertThat(access.check(InetAddress.ofLiteral("203.0.113.9"), "", NOTHING, null, NOW))
                .isEqualTo(new Admission.Admitted(true, true));
        assertThat(access.check(InetAddress.ofLiteral("203.0.114.9"), "", NOTHING, null, NOW))
                .isEqualTo(new Admission.Denied("address_not_allowed"));
        assertThat(access.check(null, "", NOTHING, null, NOW)).isEqualTo(new Admission.Denied("address_not_allowed"));
        assertThat(Access.OPEN.check(null, "", NOTHING, null, NOW)).isEqualTo(new Admission.Admitted(true, true));
    }

    /** A published pair of body and signature, so that two mistakes cannot agree. */
    private static final String BODY = "{\"object\":\"whatsapp_business_account\",\"entry\":[]}";

    private static final String SIGNED =
            "t=1790000000,v1=9bdd9b7584dd42a6dd86fc5e58fade7829b4cd5abf9f667ff9784f4694b90643";

    @Test
    void headerVouchesForTheBodyAlone() {
        assertThat(fromHeader(SIGNED, BODY, NOW)).isEqualTo(new Admission.Admitted(false, true));
        assertThat(fromHeader(SIGNED.replace(",", ", v1=00,"), BODY, NOW))
                .isEqualTo(new Admission.Admitted(false, true));
        assertThat(fromHeader(SIGNED, BODY + " ", NOW)).isEqualTo(new Admission.Denied("signature_wrong"));
    }

    @Test
    void headerVouchesForTheQueryWhenThereIsNoBody() throws GeneralSecurityException {
        String header = "t=1790000000,v1=" + hmac("out-secret", "1790000000.a=1");

        assertThat(fromHeader(header, "", NOW)).isEqualTo(new Admission.Admitted(true, false));
    }

    @Test
    void signatureHasItsTime() {
        assertThat(fromHeader(SIGNED, BODY, NOW.plusSeconds(300))).isInstanceOf(Admission.Admitted.class);
        assertThat(fromHeader(SIGNED, BODY, NOW.plusSeconds(301))).isEqualTo(new Admission.Denied("signature_expired"));
        assertThat(fromHeader(SIGNED, BODY, NOW.minusSeconds(301)))
                .isEqualTo(new Admission.Denied("signature_expired"));
        assertThat(fromHeader(SIGNED.replace("t=1790000000", "t=1790000001"), BODY, NOW))
                .isEqualTo(new Admission.Denied("signature_wrong"));
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(fromHeader(null, BODY, NOW)).isEqualTo(new Admission.Denied("signature_missing"));
        assertThat(fromHeader("nonsense", BODY, NOW)).isEqualTo(new Admission.Denied("signature_malformed"));
        assertThat(fromHeader("t=1790000000,v1=zz", BODY, NOW)).isEqualTo(new Admission.Denied("signature_wrong"));
        assertThat(fromHeader("x".repeat(2_000), BODY, NOW)).isEqualTo(new Admission.Denied("signature_malformed"));
    }

    @Test
    void parametersVouchForQueryAndBody() throws GeneralSecurityException {
        String signed = "subid=A&status=sale&ts=1790000000";
        String query = "subid=A&sig=" + hmac("secret", signed) + "&status=sale&ts=1790000000";
        String withBody = signed + "&sig=" + hmac("secret", signed + "\n{}");

        assertThat(BY_PARAMETERS.check(null, query, NOTHING, null, NOW)).isEqualTo(new Admission.Admitted(true, true));
        assertThat(BY_PARAMETERS.check(null, query + "&payout=9", NOTHING, null, NOW))
                .isEqualTo(new Admission.Denied("signature_wrong"));
        assertThat(BY_PARAMETERS.check(null, query, new byte[] {'{', '}'}, null, NOW))
                .isEqualTo(new Admission.Denied("signature_wrong"));
        assertThat(BY_PARAMETERS.check(null, withBody, new byte[] {'{', '}'}, null, NOW))
                .isEqualTo(new Admission.Admitted(true, true));
        assertThat(BY_PARAMETERS.check(null, query + "&sig=00", NOTHING, null, NOW))
                .isEqualTo(new Admission.Denied("signature_malformed"));
        assertThat(BY_PARAMETERS.check(null, "subid=A", NOTHING, null, NOW))
                .isEqualTo(new Admission.Denied("signature_missing"));
        assertThat(BY_PARAMETERS.check(null, null, NOTHING, null, NOW))
                .isEqualTo(new Admission.Denied("signature_missing"));
    }

    @Test
    void signingNeedsASecretAndNeverPrintsIt() {
        assertThatThrownBy(() -> new Signing(" ", null)).isInstanceOf(IllegalArgumentException.class);
        assertThat(BY_HEADER.toString()).doesNotContain("out-secret");
    }
}
