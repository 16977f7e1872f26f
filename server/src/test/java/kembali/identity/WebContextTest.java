package kembali.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WebContextTest {
    private static final Place BANDUNG = new Place("ID", "West Java", "JB", "Bandung", null, "Asia/Jakarta");
    private static final Place SINGAPORE = new Place("SG", null, null, null, null, "Asia/Singapore");

    private static WebContext at(@Nullable String ip, @Nullable Place place) {
        return new WebContext(null, null, ip, null, place);
    }

    @Test
    void aPlaceGoesWithItsAddress() {
        WebContext known = at("203.0.113.7", BANDUNG);
        assertThat(known.updatedBy(at("2001:db8::7", SINGAPORE)).place()).isEqualTo(SINGAPORE);
        assertThat(known.updatedBy(at("198.51.100.1", null)).place()).isNull();
    }

    @Test
    void aPlaceStaysWhileTheAddressDoes() {
        WebContext known = at("203.0.113.7", BANDUNG);
        assertThat(known.updatedBy(WebContext.NONE)).isEqualTo(known);
        assertThat(known.updatedBy(at("203.0.113.7", null))).isEqualTo(known);
        assertThat(known.updatedBy(at("203.0.113.7", SINGAPORE)).place()).isEqualTo(SINGAPORE);
    }
}
