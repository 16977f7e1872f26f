package kembali.campaign;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What macros are filled from. */
public interface MacroValues {
    /**
     * The value of a macro, readable; null or empty when there is none.
     *
     * @param name as in {@link Macros#ALL}, a {@code sub_id_N}, or a query key of the campaign, lower case
     * @param argument an offer's id; null for every other macro
     */
    @Nullable String value(String name, @Nullable String argument);

    /** What {@code {date:…}} shows: the instant of the click or conversion. */
    Instant at();

    /** Values from a map; an offer named by its id under {@code offer:<id>}. */
    static MacroValues of(Map<String, String> values, Instant at) {
        return new MacroValues() {
            @Override
            public @Nullable String value(String name, @Nullable String argument) {
                return values.get(argument == null ? name : name + ":" + argument);
            }

            @Override
            public Instant at() {
                return at;
            }
        };
    }
}
