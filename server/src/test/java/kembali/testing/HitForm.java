package kembali.testing;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import kembali.account.Workspaces;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.Consent;
import kembali.identity.WebContext;
import kembali.intake.TrackerHit;
import kembali.visitor.AdFields;
import kembali.visitor.Landing;
import kembali.visitor.Utm;
import org.jspecify.annotations.Nullable;

/** A hit of the page tracker: a page view without any past, and what a test says. */
public final class HitForm {
    private static final AtomicLong COUNT = new AtomicLong();
    public static final String UA = "Mozilla/5.0 (Linux; Android 14)";

    private final Instant now;
    private String eventId = "hit-" + COUNT.incrementAndGet();
    private @Nullable Long cookieNo;
    private @Nullable Long saidNo;
    private @Nullable String subid;
    private Instant at;
    private String url = "https://shop.example/";
    private @Nullable String fbclid;
    private Consent consent = Consent.UNKNOWN;

    private HitForm(Instant now) {
        this.now = now;
        this.at = now;
    }

    /** Of somebody who was never here before. */
    public static HitForm at(Instant now) {
        return new HitForm(now);
    }

    public HitForm eventId(String id) {
        eventId = id;
        return this;
    }

    /** Of the browser with that visitor's cookie. */
    public HitForm cookie(@Nullable Long no) {
        cookieNo = no;
        return this;
    }

    /** Of a page that names that visitor. */
    public HitForm said(@Nullable Long no) {
        saidNo = no;
        return this;
    }

    /** Of a page whose address holds the id of that click. */
    public HitForm subid(String id) {
        subid = id;
        return this;
    }

    public HitForm occurred(Instant when) {
        at = when;
        return this;
    }

    public HitForm url(String page) {
        url = page;
        return this;
    }

    public HitForm fbclid(String value) {
        fbclid = value;
        return this;
    }

    public HitForm consent(Consent c) {
        consent = c;
        return this;
    }

    public HitForm denied() {
        return consent(cmp(Consent.Choice.DENIED, now));
    }

    public HitForm granted() {
        return consent(cmp(Consent.Choice.GRANTED, now));
    }

    /** The same answer to everything, by a page's consent tool. */
    public static Consent cmp(Consent.Choice choice, @Nullable Instant at) {
        return new Consent(choice, choice, choice, choice, Consent.Source.CMP, null, false, false, null, at);
    }

    public String eventId() {
        return eventId;
    }

    public TrackerHit hit() {
        ClickIds ids = fbclid == null
                ? ClickIds.NONE
                : ClickIds.NONE.with(ClickIds.FBCLID, ClickId.of(fbclid, at.toEpochMilli()));
        var landing = new Landing(ids, Map.of(), Utm.NONE, AdFields.NONE, url, null, null, fbclid != null, at);
        return new TrackerHit(
                Workspaces.FIRST,
                eventId,
                cookieNo,
                saidNo,
                subid,
                at,
                landing,
                ids,
                BrowserIds.NONE,
                new WebContext(url, null, "203.0.113.7", UA),
                "id",
                "Asia/Jakarta",
                consent);
    }
}
