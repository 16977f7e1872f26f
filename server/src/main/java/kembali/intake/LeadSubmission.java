package kembali.intake;

import java.time.Instant;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.WebContext;
import kembali.lead.LeadDetails;
import kembali.visitor.AdFields;
import kembali.visitor.Utm;
import org.jspecify.annotations.Nullable;

/**
 * A lead as a person or a script describes it, checked.
 *
 * @param visitorNo the visitor it belongs to, when the caller passed a code
 * @param status the status it is in; null means {@code new} for a new lead and unchanged for an existing one
 * @param occurredAt when the status was reached; null means now
 * @param utm what is known of the ad link; empty when nothing is
 */
public record LeadSubmission(
        int workspaceId,
        @Nullable Long visitorNo,
        LeadDetails details,
        @Nullable String status,
        @Nullable Instant occurredAt,
        ClickIds clicks,
        BrowserIds browser,
        WebContext web,
        Utm utm,
        AdFields ad,
        Consent consent) {
    /** The same for that visitor and status. */
    LeadSubmission of(@Nullable Long visitor, @Nullable String otherStatus) {
        return new LeadSubmission(
                workspaceId, visitor, details, otherStatus, occurredAt, clicks, browser, web, utm, ad, consent);
    }
}
