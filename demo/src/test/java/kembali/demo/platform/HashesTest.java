package kembali.demo.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import kembali.demo.sample.Person;
import org.junit.jupiter.api.Test;

class HashesTest {
    private static final Person RINA = new Person(
            "Nur'aini Dharma Putra", "0812", "6281234567890", "R.Ina+Toko@gmail.com", "Jakarta Selatan", "10110");

    @Test
    void keepsWhatMetaKeepsAndDropsWhatGoogleDrops() {
        assertThat(Meta.PLATFORM.normal("em", RINA)).isEqualTo("r.ina+toko@gmail.com");
        assertThat(GoogleAds.PLATFORM.normal("em", RINA)).isEqualTo("rina@gmail.com");
        assertThat(Ga4.PLATFORM.normal("em", new Person(null, null, null, "R.Ina@Example.com", null, null)))
                .isEqualTo("r.ina@example.com");
        assertThat(Meta.PLATFORM.normal("ph", RINA)).isEqualTo("6281234567890");
        assertThat(Ga4.PLATFORM.normal("ph", RINA)).isEqualTo("+6281234567890");
        assertThat(Meta.PLATFORM.normal("fn", RINA)).isEqualTo("nuraini");
        assertThat(GoogleAds.PLATFORM.normal("fn", RINA)).isEqualTo("nur'aini");
        assertThat(Meta.PLATFORM.normal("ln", RINA)).isEqualTo("dharmaputra");
        assertThat(GoogleAds.PLATFORM.normal("ln", RINA)).isEqualTo("dharma putra");
        assertThat(Meta.PLATFORM.normal("ct", RINA)).isEqualTo("jakartaselatan");
        assertThat(TikTok.PLATFORM.normal("em", RINA)).isEqualTo("r.ina+toko@gmail.com");
        assertThat(TikTok.PLATFORM.normal("ph", RINA)).isEqualTo("+6281234567890");
        assertThat(TikTok.PLATFORM.normal("fn", RINA)).isEqualTo("nuraini");
        assertThat(TikTok.PLATFORM.normal("ln", RINA)).isEqualTo("dharma putra");
        assertThat(TikTok.PLATFORM.normal("ct", RINA)).isNull();
        assertThat(LinkedIn.PLATFORM.normal("ln", RINA)).isEqualTo("dharmaputra");
        assertThat(LinkedIn.PLATFORM.normal("ph", RINA)).isNull();
    }

    @Test
    void findsEveryHashOfAnEvent() {
        String h = "dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725";
        var json = new ObjectMapper();
        JsonNode meta = json.createObjectNode()
                .set(
                        "user_data",
                        json.valueToTree(Map.of("ph", List.of(h), "external_id", List.of(h, h), "fbc", "fb.1.1.x")));
        assertThat(Meta.PLATFORM.hashes(meta)).extracting(Hashed::what).containsExactlyInAnyOrder("ph", "id", "id");
        JsonNode tiktok = json.createObjectNode()
                .set(
                        "user",
                        json.valueToTree(Map.of("phone", h, "zip_code", h, "external_id", h, "ttclid", "E.C.P.x")));
        assertThat(TikTok.PLATFORM.hashes(tiktok)).extracting(Hashed::what).containsExactlyInAnyOrder("ph", "zp", "id");
        JsonNode linkedIn = json.createObjectNode()
                .set(
                        "user",
                        json.valueToTree(Map.of(
                                "userIds",
                                List.of(
                                        Map.of("idType", "SHA256_EMAIL", "idValue", h),
                                        Map.of("idType", "PLAINTEXT_IP_ADDRESS", "idValue", "203.0.113.9")),
                                "userInfo",
                                Map.of("hashedFirstName", h, "hashedLastName", h))));
        assertThat(LinkedIn.PLATFORM.hashes(linkedIn))
                .extracting(Hashed::what)
                .containsExactlyInAnyOrder("em", "fn", "ln");
        assertThat(List.of(meta, tiktok, linkedIn))
                .allSatisfy(body -> assertThat(Platforms.hashesIn(body)).isEqualTo(3));
    }

    /** The golden examples of docs/platforms. */
    @Test
    void knowsWhatStandsForOurOwnIdOfALead() {
        var rina = new Subject(RINA, "lead_01hzx", "ABC2345");
        assertThat(TikTok.PLATFORM.right("id", rina))
                .isEqualTo("722ea72c94044cae0648247b168d1ab55cfbe4d64d146cc1b01a11428feb5862");
        assertThat(Meta.PLATFORM.right("id", rina)).isEqualTo(Hashes.sha256("abc2345"));
        assertThat(LinkedIn.PLATFORM.right("id", rina)).isNull();
    }

    /** The example of docs/sandbox.md. */
    @Test
    void hashesAPhoneNumberAsEachPlatformWantsIt() {
        assertThat(Meta.PLATFORM.right("ph", subject(RINA)))
                .isEqualTo("dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725");
        assertThat(GoogleAds.PLATFORM.right("ph", subject(RINA)))
                .isEqualTo("62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd");
        assertThat(GoogleAds.PLATFORM.right("em", subject(Person.UNKNOWN))).isNull();
    }

    private static Subject subject(Person person) {
        return new Subject(person, "ld_1", "ABC2345");
    }

    @Test
    void ordersPixelsByPlatform() {
        assertThat(Platforms.pixels()).isSorted().first().isEqualTo(Meta.MAIN);
    }
}
