package kembali.capture.tracker;

import com.iabtcf.decoder.TCString;
import kembali.identity.Consent;
import kembali.identity.Consent.Choice;
import org.jspecify.annotations.Nullable;

/**
 * What a consent string of the Transparency and Consent Framework says, in the words of Consent Mode: purpose 1 (store
 * and access) is {@code ad_storage}, 1 and 7 (measure ads) are {@code ad_user_data}, 3 and 4 (profile, personalised
 * ads) are {@code ad_personalization}. A purpose without consent is a refusal: the person was asked.
 */
final class TcStrings {
    private static final int VERSION = 2;
    private static final int STORE_AND_ACCESS = 1;
    private static final int AD_PROFILE = 3;
    private static final int PERSONALISED_ADS = 4;
    private static final int MEASURE_ADS = 7;

    private TcStrings() {}

    /** The string's answer; null when it cannot be read. Whatever is said elsewhere goes before it. */
    static @Nullable Consent read(String tcString) {
        try {
            TCString decoded = TCString.decode(tcString);
            if (decoded.getVersion() != VERSION) {
                return null;
            }
            var purposes = decoded.getPurposesConsent();
            boolean store = purposes.contains(STORE_AND_ACCESS);
            return new Consent(
                    choice(store),
                    Choice.UNKNOWN,
                    choice(store && purposes.contains(MEASURE_ADS)),
                    choice(purposes.contains(AD_PROFILE) && purposes.contains(PERSONALISED_ADS)),
                    Consent.Source.TCF,
                    tcString,
                    false,
                    false,
                    null,
                    null);
        } catch (RuntimeException e) {
            // Every fault of a string is one of several exceptions, depending on where its bits end.
            return null;
        }
    }

    private static Choice choice(boolean granted) {
        return granted ? Choice.GRANTED : Choice.DENIED;
    }
}
