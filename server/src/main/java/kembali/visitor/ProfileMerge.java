package kembali.visitor;

import java.time.Instant;
import java.util.Map;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.Consent;
import kembali.identity.Consent.Choice;
import kembali.identity.WebContext;
import org.jspecify.annotations.Nullable;

/** What is known of two visitors who are one person, in one profile. Nothing is lost but what a newer value replaces. */
final class ProfileMerge {
    private ProfileMerge() {}

    static VisitorProfile of(Visitor into, Visitor from) {
        VisitorProfile a = into.profile();
        VisitorProfile b = from.profile();
        // withTouch keeps a first touch that is there, so the profile with the earlier one is built upon.
        boolean bFirst = begins(b).isBefore(begins(a));
        VisitorProfile base = bFirst ? b : a;
        VisitorProfile other = bFirst ? a : b;
        boolean otherNewer = (bFirst ? into : from).seenAt().isAfter((bFirst ? from : into).seenAt());
        BrowserIds browser = otherNewer
                ? base.browser().updatedBy(other.browser())
                : other.browser().updatedBy(base.browser());
        WebContext web =
                otherNewer ? base.web().updatedBy(other.web()) : other.web().updatedBy(base.web());
        VisitorProfile joined = base.withClicks(clicks(base.clicks(), other.clicks()))
                .withBrowser(browser)
                .withWeb(web)
                .withConsent(stricter(base.consent(), other.consent()))
                .withLanguage(base.language() == null ? other.language() : base.language());
        Touch last = other.lastTouch();
        Touch baseLast = base.lastTouch();
        if (last != null && (baseLast == null || last.at().isAfter(baseLast.at()))) {
            joined = joined.withTouch(last);
        }
        VisitorProfile.LinkClick link = later(base.lastLink(), other.lastLink());
        return link == null ? joined : joined.withLastLink(link);
    }

    /** Of two ids of a name the newer one; one that may not be attributed gives way to one that may. */
    private static ClickIds clicks(ClickIds a, ClickIds b) {
        ClickIds all = a;
        for (Map.Entry<String, ClickId> e : b.byName().entrySet()) {
            ClickId mine = all.get(e.getKey());
            ClickId theirs = e.getValue();
            if (mine == null || better(theirs, mine)) {
                all = all.with(e.getKey(), theirs);
            }
        }
        return all;
    }

    private static boolean better(ClickId theirs, ClickId mine) {
        if (theirs.value().equals(mine.value())) {
            // The same click, once seen as somebody else's: the two are one person.
            return mine.shared() && !theirs.shared();
        }
        return theirs.shared() == mine.shared() ? theirs.firstSeenMs() > mine.firstSeenMs() : mine.shared();
    }

    private static Consent stricter(Consent a, Consent b) {
        boolean bIsNewer = b.at() != null && (a.at() == null || b.at().isAfter(a.at()));
        Consent newer = bIsNewer ? b : a;
        Consent older = bIsNewer ? a : b;
        return new Consent(
                stricter(a.adStorage(), b.adStorage()),
                stricter(a.analyticsStorage(), b.analyticsStorage()),
                stricter(a.adUserData(), b.adUserData()),
                stricter(a.adPersonalization(), b.adPersonalization()),
                newer.source(),
                newer.tcString(),
                a.gpc() || b.gpc(),
                a.gdpr() || b.gdpr(),
                newer.country() != null ? newer.country() : older.country(),
                newer.at());
    }

    /** A refusal outweighs a consent, and what was said outweighs what was not. */
    private static Choice stricter(Choice a, Choice b) {
        if (a == Choice.DENIED || b == Choice.DENIED) {
            return Choice.DENIED;
        }
        return a == Choice.GRANTED || b == Choice.GRANTED ? Choice.GRANTED : Choice.UNKNOWN;
    }

    private static Instant begins(VisitorProfile p) {
        return p.firstTouch() == null ? Instant.MAX : p.firstTouch().at();
    }

    private static VisitorProfile.@Nullable LinkClick later(
            VisitorProfile.@Nullable LinkClick a, VisitorProfile.@Nullable LinkClick b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return b.atMs() > a.atMs() ? b : a;
    }
}
