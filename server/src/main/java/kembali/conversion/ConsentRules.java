package kembali.conversion;

import kembali.account.Workspaces;
import kembali.conversion.ConversionSettings.WhenUnknown;
import kembali.identity.Consent;
import kembali.identity.Consent.Choice;
import kembali.identity.Person;
import kembali.identity.PhoneNumbers;
import kembali.identity.Place;
import kembali.identity.PrivacyLaw;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import org.jspecify.annotations.Nullable;

/** What a person's answer, or silence, allows in a workspace. The one place that decides it. */
public final class ConsentRules {
    private final Workspaces workspaces;
    private final SettingsBook settings;

    public ConsentRules(Workspaces workspaces, SettingsBook settings) {
        this.workspaces = workspaces;
        this.settings = settings;
    }

    /**
     * Why nothing about this person may be sent, or null when it may.
     *
     * @param place where the visitor's address is, null when unknown
     * @param person what is known of the lead; null for a visitor who is none
     */
    public @Nullable Reason objection(
            int workspaceId, Consent consent, @Nullable Place place, @Nullable Person person) {
        return switch (consent.adUserData()) {
            case GRANTED -> null;
            case DENIED -> Reasons.CONSENT_DENIED;
            case UNKNOWN -> silenceForbids(workspaceId, consent, place, person) ? Reasons.CONSENT_UNKNOWN : null;
        };
    }

    /** Whether advertising cookies may be kept in this person's browser, and ours beyond the visit. */
    public boolean allowsCookies(int workspaceId, Consent consent, @Nullable Place place, @Nullable Person person) {
        if (consent.adStorage() == Choice.DENIED || consent.adUserData() == Choice.DENIED) {
            return false;
        }
        return consent.adStorage() == Choice.GRANTED
                || consent.adUserData() == Choice.GRANTED
                || !silenceForbids(workspaceId, consent, place, person);
    }

    /** What was said, with the browser's Global Privacy Control taken for a refusal where this workspace or the law says so. */
    public Consent heard(
            int workspaceId, Consent said, Consent before, @Nullable Place place, @Nullable Person person) {
        boolean honoured = said.gpc()
                && (workspaces.get(workspaceId).web().gpcMeansDenied()
                        || PrivacyLaw.honoursGpc(country(said.country() == null ? before : said, place, person)));
        return honoured ? said.withGpcHonoured() : said;
    }

    private boolean silenceForbids(int workspaceId, Consent consent, @Nullable Place place, @Nullable Person person) {
        WhenUnknown policy = settings.of(workspaceId).consentWhenUnknown();
        return switch (policy) {
            case ALLOW -> false;
            case DENY -> true;
            case DENY_IN_EEA -> consent.gdpr() || PrivacyLaw.asksFirst(country(consent, place, person));
        };
    }

    /** Where the person is: as was said with the answer, of the lead, by the lead's number, or by the visitor's address. */
    private static @Nullable String country(Consent consent, @Nullable Place place, @Nullable Person person) {
        String country = consent.country();
        if (country == null && person != null) {
            country = person.country() != null || person.phoneE164() == null
                    ? person.country()
                    : PhoneNumbers.country(person.phoneE164());
        }
        return country != null || place == null ? country : place.countryCode();
    }
}
