package kembali.postback;

import java.util.Locale;
import kembali.postback.StatusVocabulary.Votes;
import org.jspecify.annotations.Nullable;

/** What a postback's status word came to. */
public sealed interface StatusResolution {
    /**
     * It means something.
     *
     * @param word in normal form; empty when the postback had none
     * @param by what said so
     */
    record Known(String word, StatusMeaning meaning, By by) implements StatusResolution {}

    /**
     * Nobody has said what it means: it is kept, books nothing and sends nothing, until somebody maps the word.
     *
     * @param word in normal form; null when the postback had none
     * @param reason {@code missing_status}, {@code unfilled_macro:status}, {@code ambiguous_status},
     *     where networks differ, or {@code unknown_status}
     * @param votes what networks mean by the word, as a suggestion
     */
    record Unmapped(@Nullable String word, String reason, Votes votes) implements StatusResolution {}

    /** What settled a word's meaning, in the order in which it is asked. */
    enum By {
        REQUEST_IGNORE_LIST,
        REQUEST_LIST,
        SOURCE_MAP,
        WORKSPACE_MAP,
        NAME,
        VOCABULARY,
        /** The source's meaning of a missing status; shown with a warning. */
        DEFAULT;

        /** The word in the API. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
