package kembali.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.support.Json;
import org.junit.jupiter.api.Test;

class VisitorProfileTest {
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
