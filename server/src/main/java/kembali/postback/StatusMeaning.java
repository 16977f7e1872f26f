package kembali.postback;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What a status word is mapped to. */
public sealed interface StatusMeaning {
    /** A conversion. */
    record Conversion(ConversionStatus status) implements StatusMeaning {}

    /** The lead reaches a status of the pipeline; no conversion is booked. */
    record LeadStage(String leadStatus) implements StatusMeaning {}

    /** Nothing: a ping, a test, something nobody wants to know. */
    record Ignore() implements StatusMeaning {}

    /**
     * Reads the right side of a status map: a conversion status, a status of the pipeline, or {@code ignore}.
     *
     * @param own conversion statuses of the workspace's own
     * @param leadStatuses the pipeline's words
     * @return null when it is none of them
     */
    static @Nullable StatusMeaning parse(
            String target, Collection<ConversionStatus> own, Collection<String> leadStatuses) {
        String word = StatusWord.normal(target);
        if (word.equals("ignore") || word.equals("ignored")) {
            return new Ignore();
        }
        ConversionStatus canonical = ConversionStatus.canonical(word);
        if (canonical != null) {
            return new Conversion(canonical);
        }
        for (ConversionStatus status : own) {
            if (status.word().equals(word)) {
                return new Conversion(status);
            }
        }
        return leadStatuses.contains(word) ? new LeadStage(word) : null;
    }

    /** As {@link #parse} reads it. */
    default String word() {
        return switch (this) {
            case Conversion c -> c.status().word();
            case LeadStage s -> s.leadStatus();
            case Ignore i -> "ignore";
        };
    }
}
