package kembali.demo.platform;

import static org.assertj.core.api.Assertions.assertThat;

import kembali.demo.sample.Person;
import org.junit.jupiter.api.Test;

class HashesTest {
    private static final Person RINA =
            new Person("Nur'aini Dharma Putra", "0812", "6281234567890", "R.Ina+Toko@gmail.com", "Jakarta Selatan");

    @Test
    void keepsWhatMetaKeepsAndDropsWhatGoogleDrops() {
        assertThat(Meta.PLATFORM.normal("em", RINA)).isEqualTo("r.ina+toko@gmail.com");
        assertThat(GoogleAds.PLATFORM.normal("em", RINA)).isEqualTo("rina@gmail.com");
        assertThat(Ga4.PLATFORM.normal("em", new Person(null, null, null, "R.Ina@Example.com", null)))
                .isEqualTo("r.ina@example.com");
        assertThat(Meta.PLATFORM.normal("ph", RINA)).isEqualTo("6281234567890");
        assertThat(Ga4.PLATFORM.normal("ph", RINA)).isEqualTo("+6281234567890");
        assertThat(Meta.PLATFORM.normal("fn", RINA)).isEqualTo("nuraini");
        assertThat(GoogleAds.PLATFORM.normal("fn", RINA)).isEqualTo("nur'aini");
        assertThat(Meta.PLATFORM.normal("ln", RINA)).isEqualTo("dharmaputra");
        assertThat(GoogleAds.PLATFORM.normal("ln", RINA)).isEqualTo("dharma putra");
        assertThat(Meta.PLATFORM.normal("ct", RINA)).isEqualTo("jakartaselatan");
    }

    /** The example of docs/sandbox.md. */
    @Test
    void hashesAPhoneNumberAsEachPlatformWantsIt() {
        assertThat(Meta.PLATFORM.right("ph", RINA))
                .isEqualTo("dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725");
        assertThat(GoogleAds.PLATFORM.right("ph", RINA))
                .isEqualTo("62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd");
        assertThat(GoogleAds.PLATFORM.right("em", Person.UNKNOWN)).isNull();
    }

    @Test
    void ordersPixelsByPlatform() {
        assertThat(Platforms.pixels()).isSorted().first().isEqualTo(Meta.MAIN);
    }
}
