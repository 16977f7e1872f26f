package kembali.inbound;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a source of postbacks said about it, beside its name, its maps of fields and words and its secret.
 *
 * @param template where its rules come from: {@code native}, or {@code keitaro} for one taken over from a tracker that
 *     books a sale when there is no status
 * @param label what the network is called in its own requests ({@code from=}); null for none
 * @param macros our parameter to the network's macro, for the addresses to be copied; what is missing is {@code {parameter}}
 * @param defaultCurrency ISO 4217; null leaves amounts without one as they are
 * @param decimalMark {@code .} or {@code ,}
 * @param sumPair whether two amounts joined by a comma are added
 * @param defaultStatus what a postback without a status means; null leaves it unmapped
 * @param duplicatePolicy {@code update}, {@code ignore}, {@code new_row} or {@code add_amount}
 * @param allowedIps blocks requests must come from; empty for all
 * @param signatureHeader where the signature stands when the source has a secret; null for the parameters
 *     {@code sig} and {@code ts}
 * @param timezone IANA zone of times without an offset
 * @param matchContact whether a postback without any id is matched by e-mail or phone
 * @param reportRejected whether rejections are reported to platforms
 * @param forwardNothing a drill: everything is recorded, nothing sent on
 * @param quarantine the same, because somebody doubts the source
 * @param strict answers 422 for what could not be used
 * @param ratePerSecond requests a second; five times as many at once
 */
public record PostbackDoc(
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
        int ratePerSecond) {
    public static final int USUAL_RATE = 200;

    /** A source nobody has told anything about. */
    public static final PostbackDoc NATIVE = new PostbackDoc(
            "native",
            null,
            Map.of(),
            null,
            ".",
            false,
            null,
            "update",
            List.of(),
            null,
            "UTC",
            false,
            false,
            false,
            false,
            false,
            USUAL_RATE);

    public PostbackDoc {
        macros = Map.copyOf(macros);
        allowedIps = List.copyOf(allowedIps);
    }
}
