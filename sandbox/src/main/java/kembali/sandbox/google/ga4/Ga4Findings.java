package kembali.sandbox.google.ga4;

import java.util.ArrayList;
import java.util.List;
import kembali.sandbox.Warning;
import org.jspecify.annotations.Nullable;

/** What was found wrong with one call. */
final class Ga4Findings {
    /** How much is lost. */
    enum Loss {
        CALL,
        EVENT,
        /** Kept, but not as meant. */
        PART
    }

    /** Codes of the validation server. */
    enum Code {
        VALUE_INVALID,
        VALUE_REQUIRED,
        NAME_INVALID,
        NAME_RESERVED,
        VALUE_OUT_OF_BOUNDS,
        EXCEEDED_MAX_ENTITIES,
        NAME_DUPLICATED,
        /** Something the validation server does not look at, such as the secret. */
        UNSEEN
    }

    /**
     * One thing wrong.
     *
     * @param index the event it concerns, or -1 for all of them
     * @param word this sandbox's word for it
     * @param path where, such as {@code events.params}
     */
    record Finding(Loss loss, int index, String word, Code code, String path, String description) {}

    private final List<Finding> all = new ArrayList<>();
    private final boolean strict;

    /** Strict under {@code ENFORCE_RECOMMENDATIONS}: there a loss of a part loses the event. */
    Ga4Findings(boolean strict) {
        this.strict = strict;
    }

    void lostCall(String word, Code code, String path, String description) {
        all.add(new Finding(Loss.CALL, -1, word, code, path, description));
    }

    void lostEvent(int index, String word, Code code, String path, String description) {
        all.add(new Finding(Loss.EVENT, index, word, code, path, description));
    }

    /** Kept with a loss, whatever the validation behaviour. */
    void flaw(int index, String word, Code code, String path, String description) {
        all.add(new Finding(Loss.PART, index, word, code, path, description));
    }

    /** A recommendation: enforced when the call asks for that, else kept with a loss. */
    void advice(int index, String word, Code code, String path, String description) {
        Loss loss = !strict ? Loss.PART : index < 0 ? Loss.CALL : Loss.EVENT;
        all.add(new Finding(loss, index, word, code, path, description));
    }

    /** Why the whole call is lost, or null. */
    @Nullable Finding callLost() {
        return first(Loss.CALL, -1);
    }

    /** Why an event is lost, or null. */
    @Nullable Finding eventLost(int index) {
        return first(Loss.EVENT, index);
    }

    /** What an event that is kept suffers. */
    List<Warning> warnings(int index) {
        List<Warning> warnings = new ArrayList<>();
        for (Finding each : all) {
            if (each.loss() == Loss.PART && (each.index() == index || each.index() < 0)) {
                warnings.add(new Warning(each.word(), each.description()));
            }
        }
        return warnings;
    }

    /** What the validation server says. */
    List<Finding> messages() {
        return all.stream()
                .filter(each -> each.loss() != Loss.PART && each.code() != Code.UNSEEN)
                .toList();
    }

    private @Nullable Finding first(Loss loss, int index) {
        for (Finding each : all) {
            if (each.loss() == loss && each.index() == index) {
                return each;
            }
        }
        return null;
    }
}
