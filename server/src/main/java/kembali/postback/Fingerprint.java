package kembali.postback;

import java.time.Duration;
import java.util.Locale;
import kembali.identity.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The name of a request, equal for equal requests: a network that fires twice is recognised by a unique insert of it. The
 * time to the second, amount and status are part of it; the slots and the person are not.
 */
public final class Fingerprint {
    /** How long an equal request is the same one. */
    public static final Duration LIFE = Duration.ofDays(3);

    private Fingerprint() {}

    /** SHA-256 as 64 hexadecimal digits; holds no personal data. */
    public static String of(String sourceId, Postback p) {
        var text = new StringBuilder(200);
        part(text, sourceId);
        part(text, subject(p));
        part(text, p.statusWord() == null ? null : StatusWord.normal(p.statusWord()));
        part(text, p.amountText());
        part(text, p.payout() == null ? p.currency() : p.payout().currency());
        part(text, p.transaction());
        part(text, p.eventTime() == null ? null : Long.toString(p.eventTime().getEpochSecond()));
        return Sha256.hex(text.toString());
    }

    /** Without a click id, what else says whose conversion it is: two people's must not be taken for one. */
    private static @Nullable String subject(Postback p) {
        if (p.clickId() != null) {
            return "c" + ClickKey.lookup(p.clickId());
        }
        if (p.leadId() != null) {
            return "l" + p.leadId().toLowerCase(Locale.ROOT);
        }
        Contact.Part email = p.contact().email();
        Contact.Part phone = p.contact().phone();
        return email == null && phone == null
                ? null
                : "p" + (email == null ? "" : email.text().toLowerCase(Locale.ROOT)) + "\n"
                        + (phone == null ? "" : phone.text());
    }

    /** Every part with its length, so that nothing can slide from one part into the next. */
    private static void part(StringBuilder out, @Nullable String text) {
        if (text == null) {
            out.append("-;");
        } else {
            out.append(text.length()).append(':').append(text).append(';');
        }
    }
}
