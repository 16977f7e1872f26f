package kembali.visitor;

import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.WebContext;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a visitor's browser and of where they came from. Stored sealed.
 *
 * @param firstTouch the first arrival with a source, kept for good
 * @param lastTouch the latest arrival with a source; a direct visit changes nothing
 * @param lastLink the rotator or campaign link clicked last, with its instant in epoch ms: tells a double tap
 */
public record VisitorProfile(
        ClickIds clicks,
        BrowserIds browser,
        WebContext web,
        Consent consent,
        @Nullable Touch firstTouch,
        @Nullable Touch lastTouch,
        @Nullable String timezone,
        @Nullable String language,
        @Nullable LinkClick lastLink) {
    public static final VisitorProfile EMPTY = new VisitorProfile(
            ClickIds.NONE, BrowserIds.NONE, WebContext.NONE, Consent.UNKNOWN, null, null, null, null, null);

    /** A click on one of our links. */
    public record LinkClick(String linkId, long atMs) {}

    /** The visitor's time zone: what the browser said, else where its address is; null when nobody knows. */
    public @Nullable String zone() {
        return timezone != null
                ? timezone
                : web.place() == null ? null : web.place().timezone();
    }

    public VisitorProfile withClicks(ClickIds c) {
        return new VisitorProfile(c, browser, web, consent, firstTouch, lastTouch, timezone, language, lastLink);
    }

    public VisitorProfile withBrowser(BrowserIds b) {
        return new VisitorProfile(clicks, b, web, consent, firstTouch, lastTouch, timezone, language, lastLink);
    }

    public VisitorProfile withWeb(WebContext w) {
        return new VisitorProfile(clicks, browser, w, consent, firstTouch, lastTouch, timezone, language, lastLink);
    }

    public VisitorProfile withConsent(Consent c) {
        return new VisitorProfile(clicks, browser, web, c, firstTouch, lastTouch, timezone, language, lastLink);
    }

    /** The touch becomes the last one, and the first one too when there was none. */
    public VisitorProfile withTouch(Touch t) {
        return new VisitorProfile(
                clicks, browser, web, consent, firstTouch == null ? t : firstTouch, t, timezone, language, lastLink);
    }

    /** The touch becomes the first one if it was before it; the last one stays. */
    public VisitorProfile withEarlierTouch(Touch t) {
        Touch first = firstTouch == null || t.at().isBefore(firstTouch.at()) ? t : firstTouch;
        return new VisitorProfile(clicks, browser, web, consent, first, lastTouch, timezone, language, lastLink);
    }

    public VisitorProfile withLanguage(@Nullable String l) {
        return new VisitorProfile(
                clicks, browser, web, consent, firstTouch, lastTouch, timezone, l == null ? language : l, lastLink);
    }

    public VisitorProfile withTimezone(@Nullable String t) {
        return new VisitorProfile(
                clicks, browser, web, consent, firstTouch, lastTouch, t == null ? timezone : t, language, lastLink);
    }

    public VisitorProfile withLastLink(LinkClick click) {
        return new VisitorProfile(clicks, browser, web, consent, firstTouch, lastTouch, timezone, language, click);
    }
}
