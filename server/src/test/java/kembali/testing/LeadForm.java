package kembali.testing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import kembali.account.Workspaces;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.identity.WebContext;
import kembali.intake.LeadPatched;
import kembali.intake.LeadSubmission;
import kembali.intake.LeadSubmitted;
import kembali.intake.LeadUpserted;
import kembali.lead.LeadDetails;
import kembali.visitor.AdFields;
import kembali.visitor.Utm;
import org.jspecify.annotations.Nullable;

/** A lead as a caller would describe it: nothing but what a test says. */
public final class LeadForm {
    private @Nullable String name;
    private @Nullable String email;
    private @Nullable String phone;
    private @Nullable String externalRef;
    private @Nullable String status;
    private @Nullable Instant occurredAt;
    private @Nullable BigDecimal estimatedValue;
    private @Nullable BigDecimal actualValue;
    private @Nullable String currency;
    private @Nullable Long visitorNo;
    private ClickIds clicks = ClickIds.NONE;
    private Consent consent = Consent.UNKNOWN;

    private LeadForm() {}

    /** Nothing is known. */
    public static LeadForm blank() {
        return new LeadForm();
    }

    /** A person Meta can recognise, who came by an ad click of their own. */
    public static LeadForm clicked(String who) {
        return blank().email(who.toLowerCase(Locale.ROOT) + "@example.co.id").fbclid("IwAR" + who);
    }

    public LeadForm name(String n) {
        name = n;
        return this;
    }

    public LeadForm email(String e) {
        email = e;
        return this;
    }

    /** E.164. */
    public LeadForm phone(String p) {
        phone = p;
        return this;
    }

    public LeadForm externalRef(String ref) {
        externalRef = ref;
        return this;
    }

    public LeadForm status(String s) {
        status = s;
        return this;
    }

    public LeadForm occurredAt(Instant at) {
        occurredAt = at;
        return this;
    }

    public LeadForm estimated(String amount) {
        estimatedValue = new BigDecimal(amount);
        return this;
    }

    public LeadForm actual(String amount) {
        actualValue = new BigDecimal(amount);
        return this;
    }

    public LeadForm currency(String c) {
        currency = c;
        return this;
    }

    public LeadForm visitor(long no) {
        visitorNo = no;
        return this;
    }

    public LeadForm click(String kind, String value) {
        clicks = clicks.with(kind, ClickIds.ClickId.of(value, 0));
        return this;
    }

    public LeadForm fbclid(String value) {
        clicks = clicks.with(ClickIds.FBCLID, ClickIds.ClickId.of(value, System.currentTimeMillis()));
        return this;
    }

    public LeadForm consent(Consent.Choice adUserData) {
        consent = new Consent(adUserData, Consent.Choice.UNKNOWN);
        return this;
    }

    public LeadDetails details() {
        var person = new Person(name, email, phone, phone, null, null, null, null, null, null, null, null);
        return new LeadDetails(
                person, "medium", "website", null, null, externalRef, estimatedValue, actualValue, currency);
    }

    public LeadSubmission submission() {
        return new LeadSubmission(
                Workspaces.FIRST,
                visitorNo,
                details(),
                status,
                occurredAt,
                clicks,
                BrowserIds.NONE,
                WebContext.NONE,
                Utm.NONE,
                AdFields.NONE,
                consent);
    }

    public LeadSubmitted submitted() {
        return new LeadSubmitted(submission());
    }

    /** What this form says takes the place of all that is stored. */
    public LeadUpserted upserted() {
        return new LeadUpserted(submission(), stored -> details());
    }

    /** What this form says takes the place of all that is stored. */
    public LeadPatched patched(String leadId) {
        return new LeadPatched(submission(), leadId, stored -> details());
    }

    /** Only the rest of this form counts; the stored details stay. */
    public LeadPatched learned(String leadId) {
        return new LeadPatched(
                submission(),
                leadId,
                l -> new LeadDetails(
                        l.person(),
                        l.details().priority(),
                        l.details().source(),
                        l.details().assignedTo(),
                        l.details().agentNumber(),
                        l.externalRef(),
                        l.estimatedValue(),
                        l.actualValue(),
                        l.currency()));
    }
}
