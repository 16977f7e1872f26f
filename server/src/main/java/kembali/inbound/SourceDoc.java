package kembali.inbound;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a source said about it, beside its name and secrets.
 *
 * @param businessNumber E.164 number the source belongs to, for providers whose requests do not say it
 * @param fieldMap our field ({@link LeadFields}) to a dotted path or JSON pointer of theirs
 * @param statusMap their word, lower case, to one of the workspace's statuses
 * @param redirectUrl where a browser goes after a form was posted; null for a plain answer
 * @param origins web origins whose pages may post here, {@code https://shop.example}; empty for all
 * @param honeypot a field people do not see; who fills it in is a machine
 * @param firstMessageStatus the status a lead reaches by its first message; null for none
 * @param probableMatch whether a message without a code is matched with the only click that fits
 * @param postback how postbacks are read and handled; null for every other kind
 */
public record SourceDoc(
        @Nullable String businessNumber,
        Map<String, String> fieldMap,
        Map<String, String> statusMap,
        @Nullable String redirectUrl,
        List<String> origins,
        String honeypot,
        @Nullable String firstMessageStatus,
        boolean probableMatch,
        @Nullable PostbackDoc postback) {
    /** The hidden field's name unless the owner chose another one. */
    public static final String USUAL_HONEYPOT = "kmb_trap";

    /** What is said about a source that takes no postbacks. */
    public SourceDoc(
            @Nullable String businessNumber,
            Map<String, String> fieldMap,
            Map<String, String> statusMap,
            @Nullable String redirectUrl,
            List<String> origins,
            String honeypot,
            @Nullable String firstMessageStatus,
            boolean probableMatch) {
        this(
                businessNumber,
                fieldMap,
                statusMap,
                redirectUrl,
                origins,
                honeypot,
                firstMessageStatus,
                probableMatch,
                null);
    }

    /** What is said about a source of postbacks. */
    public static SourceDoc ofPostbacks(
            Map<String, String> fieldMap, Map<String, String> statusMap, PostbackDoc postback) {
        return new SourceDoc(null, fieldMap, statusMap, null, List.of(), USUAL_HONEYPOT, null, false, postback);
    }

    public SourceDoc {
        fieldMap = Map.copyOf(fieldMap);
        statusMap = Map.copyOf(statusMap);
        origins = List.copyOf(origins);
    }
}
