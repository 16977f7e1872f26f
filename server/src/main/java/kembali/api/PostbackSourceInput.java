package kembali.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source of postbacks as people send it.
 *
 * @param kind {@code postback}
 * @param template {@code native}, or {@code keitaro}: a missing status is then a sale unless {@code defaultStatus} says
 *     otherwise
 * @param label what the network is called in its own requests, {@code from=}
 * @param macros our parameter ({@code subid}, {@code status}, …) to the network's macro, for the addresses to be copied; a
 *     PATCH merges
 * @param fieldMap our field to the network's parameter, or the dotted path of its JSON; a PATCH merges, null takes out
 * @param statusMap the network's word to a conversion status, a status of the pipeline or {@code ignore}; a PATCH merges,
 *     and runs postbacks again that had a word without a meaning
 * @param defaultCurrency ISO 4217; of a new source the workspace's unless said
 * @param decimalMark {@code .} or {@code ,}: what {@code 1,234} means
 * @param sumPair whether two amounts joined by a comma are added; else the first counts
 * @param defaultStatus what a postback without a status means; null leaves it unmapped
 * @param duplicatePolicy {@code update}, {@code ignore}, {@code new_row} or {@code add_amount}
 * @param allowedIps addresses or blocks requests must come from; empty for all
 * @param secret for HMAC-SHA256; write-only; null for requests that are not signed
 * @param signatureHeader where the signature stands; null for the parameters {@code sig} and {@code ts}
 * @param timezone IANA zone of times without an offset
 * @param matchContact whether a postback without any id may be matched by e-mail or phone
 * @param reportRejected whether rejections are reported to platforms
 * @param forwardNothing a drill: record everything, send nothing on
 * @param quarantine the same for a source somebody doubts
 * @param strict answer 422 for what could not be used
 * @param ratePerSecond requests a second, 1 to 100000; five times as many at once
 */
public record PostbackSourceInput(
        @Nullable String kind,
        @Nullable String name,
        @Nullable String template,
        @Nullable String label,
        @Nullable Map<String, String> macros,
        @Nullable Map<String, String> fieldMap,
        @Nullable Map<String, String> statusMap,
        @Nullable String defaultCurrency,
        @Nullable String decimalMark,
        @Nullable Boolean sumPair,
        @Nullable String defaultStatus,
        @Nullable String duplicatePolicy,
        @Nullable List<String> allowedIps,
        @Nullable String secret,
        @Nullable String signatureHeader,
        @Nullable String timezone,
        @Nullable Boolean matchContact,
        @Nullable Boolean reportRejected,
        @Nullable Boolean forwardNothing,
        @Nullable Boolean quarantine,
        @Nullable Boolean strict,
        @Nullable Integer ratePerSecond) {}
