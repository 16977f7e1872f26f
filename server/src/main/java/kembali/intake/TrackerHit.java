package kembali.intake;

import java.time.Instant;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.WebContext;
import kembali.visitor.Landing;
import org.jspecify.annotations.Nullable;

/**
 * What every hit of the page tracker tells, whatever it is about.
 *
 * @param eventId the tracker's own id of this hit; the same when it is said again. Never begins like ours
 * @param cookieNo the visitor of the signed cookie; null for a browser that brought none
 * @param saidNo the visitor whose code the page passed; null when it passed none
 * @param subid the campaign click that led to the page, as its address says; null when it says none
 * @param at when it happened in the browser
 * @param clicks click ids of the page's address and of the cookies
 * @param language what the page or the browser prefers, {@code id-ID}
 * @param timezone IANA zone of the browser
 * @param consent what was said with this hit
 */
public record TrackerHit(
        int workspaceId,
        String eventId,
        @Nullable Long cookieNo,
        @Nullable Long saidNo,
        @Nullable String subid,
        Instant at,
        Landing landing,
        ClickIds clicks,
        BrowserIds browser,
        WebContext web,
        @Nullable String language,
        @Nullable String timezone,
        Consent consent) {}
