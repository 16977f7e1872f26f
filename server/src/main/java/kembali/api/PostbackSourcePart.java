package kembali.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.inbound.PostbackDoc;
import kembali.inbound.Source;
import kembali.ledger.Unusual;
import org.jspecify.annotations.Nullable;

/**
 * What a stored source of postbacks shows beside what every source does; its members stand among those of the source.
 *
 * @param urls ready to be copied
 * @param lastUsedAt when the last request came; null when none did within 30 days
 * @param warnings what its owner should know
 * @param notices what it does today that it does not usually do
 */
public record PostbackSourcePart(
        String template,
        @Nullable String label,
        Map<String, String> macros,
        @Nullable String defaultCurrency,
        String decimalMark,
        boolean sumPair,
        @Nullable String defaultStatus,
        String duplicatePolicy,
        List<String> allowedIps,
        @Nullable String signatureHeader,
        String timezone,
        boolean matchContact,
        boolean reportRejected,
        boolean forwardNothing,
        boolean quarantine,
        boolean strict,
        int ratePerSecond,
        PostbackUrls urls,
        @Nullable Instant lastUsedAt,
        List<Warning> warnings,
        List<Unusual.Notice> notices) {
    /** @param code a stable word */
    public record Warning(String code, String message) {}

    /** @param words how many status words wait for their meaning */
    static PostbackSourcePart of(
            Source s, String publicUrl, @Nullable Instant lastUsedAt, int words, List<Unusual.Notice> notices) {
        PostbackDoc d = doc(s);
        return new PostbackSourcePart(
                d.template(),
                d.label(),
                d.macros(),
                d.defaultCurrency(),
                d.decimalMark(),
                d.sumPair(),
                d.defaultStatus(),
                d.duplicatePolicy(),
                d.allowedIps(),
                d.signatureHeader(),
                d.timezone(),
                d.matchContact(),
                d.reportRejected(),
                d.forwardNothing(),
                d.quarantine(),
                d.strict(),
                d.ratePerSecond(),
                PostbackUrls.of(publicUrl, s, d),
                lastUsedAt,
                warnings(d, words),
                notices);
    }

    static PostbackDoc doc(Source s) {
        PostbackDoc doc = s.doc().postback();
        return doc == null ? PostbackDoc.NATIVE : doc;
    }

    private static List<Warning> warnings(PostbackDoc d, int words) {
        var found = new ArrayList<Warning>();
        if (d.defaultStatus() != null) {
            found.add(new Warning(
                    "default_status",
                    "A postback without a status is booked as " + d.defaultStatus()
                            + ". Have the network send one, then take the default away."));
        }
        if (d.defaultCurrency() == null) {
            found.add(new Warning(
                    "no_default_currency",
                    "An amount without a currency is booked without one, and not reported as a value."));
        }
        if (d.quarantine()) {
            found.add(new Warning("quarantine", "In quarantine: everything is recorded, nothing is sent on."));
        } else if (d.forwardNothing()) {
            found.add(new Warning("forward_nothing", "A drill: everything is recorded, nothing is sent on."));
        }
        if (d.reportRejected()) {
            found.add(new Warning(
                    "report_rejected", "Rejections are reported to platforms, which teaches them the wrong people."));
        }
        if (words > 0) {
            found.add(new Warning(
                    "words_wait",
                    words == 1
                            ? "One status word waits for its meaning."
                            : words + " status words wait for their meaning."));
        }
        return found;
    }
}
