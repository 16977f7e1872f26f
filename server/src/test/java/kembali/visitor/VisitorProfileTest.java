package kembali.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.Place;
import kembali.identity.WebContext;
import kembali.support.Json;
import org.junit.jupiter.api.Test;

class VisitorProfileTest {
    private static final Place BANDUNG = new Place("ID", "West Java", "JB", "Bandung", "40115", "Asia/Jakarta");

    /** As it was stored before places were known. */
    private static final String OLD = """
            {"clicks":{"byName":{}},"browser":{},"web":{"pageUrl":"https://toko.example/","ip":"203.0.113.7"},
             "consent":{"adUserData":"UNKNOWN","adPersonalization":"UNKNOWN"},"language":"id"}""";

    @Test
    void readsRowsOfBeforePlacesWereKnown() {
        VisitorProfile profile = Json.read(OLD, VisitorProfile.class);
        assertThat(profile.web().ip()).isEqualTo("203.0.113.7");
        assertThat(profile.web().place()).isNull();
        assertThat(profile.zone()).isNull();
    }

    @Test
    void keepsThePlaceOfTheVisit() {
        var web = new WebContext("https://toko.example/", null, "203.0.113.7", null, BANDUNG);
        VisitorProfile stored = Json.read(Json.write(VisitorProfile.EMPTY.withWeb(web)), VisitorProfile.class);
        assertThat(stored.web()).isEqualTo(web);
        assertThat(stored.zone()).isEqualTo("Asia/Jakarta");
        assertThat(Json.write(VisitorProfile.EMPTY)).doesNotContain("place");
    }

    @Test
    void believesTheBrowsersTimeZoneFirst() {
        String said = OLD.replace("\"language\"", "\"timezone\":\"Asia/Makassar\",\"language\"");
        VisitorProfile profile = Json.read(said, VisitorProfile.class);
        assertThat(profile.withWeb(new WebContext(null, null, "203.0.113.7", null, BANDUNG))
                        .zone())
                .isEqualTo("Asia/Makassar");
    }

    @Test
    void profilesFromBeforeConsentHadFourChoicesAreStillRead() {
        VisitorProfile old = Json.read("""
                {"clicks":{"byName":{"fbclid":{"value":"IwARold","firstSeenMs":1790000000000,"shared":false,
                  "suspicious":false}}},
                 "browser":{"fbp":"fb.1.1596403881668.1116446470"},"web":{"ip":"203.0.113.7"},
                 "consent":{"adUserData":"DENIED","adPersonalization":"UNKNOWN"},"language":"id"}""", VisitorProfile.class);
        assertThat(old.clicks().value(ClickIds.FBCLID)).isEqualTo("IwARold");
        assertThat(old.consent().adUserData()).isEqualTo(Consent.Choice.DENIED);
        assertThat(old.consent().saysNothing()).isFalse();
        VisitorProfile again = Json.read(Json.write(old), VisitorProfile.class);
        assertThat(again).isEqualTo(old);
    }
}
