package kembali.postback;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kembali.lead.LeadStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a conversion is, whatever word a network has for it.
 *
 * @param word lower case letters, digits and underscores
 * @param money to which sum its amount belongs
 * @param effect what it does to the lead
 */
public record ConversionStatus(String word, Money money, Effect effect) {
    /** The sum an amount belongs to. */
    public enum Money {
        /** No money in it. */
        NONE,
        /** Promised, not confirmed. */
        HELD,
        /** Earned. */
        CONFIRMED,
        /** Was promised or earned and is not. */
        REJECTED,
        /** Was earned and went back. */
        REFUNDED;

        /** The word in reports and in the API. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a conversion does to its lead. */
    public sealed interface Effect {
        /** Nothing. */
        record None() implements Effect {}

        /** The lead is new, or has answered if somebody had been in touch with it before. */
        record Begins() implements Effect {}

        /** The lead reaches a status of the pipeline. */
        record Reaches(String leadStatus) implements Effect {}

        /** @param invalid was never a lead: reported to no platform */
        record Loses(boolean invalid) implements Effect {}
    }

    public static final ConversionStatus LEAD = new ConversionStatus("lead", Money.HELD, new Effect.Begins());
    public static final ConversionStatus REGISTRATION =
            new ConversionStatus("registration", Money.NONE, new Effect.Reaches("qualified"));
    public static final ConversionStatus DEPOSIT =
            new ConversionStatus("deposit", Money.CONFIRMED, new Effect.Reaches(LeadStatus.WON));
    public static final ConversionStatus SALE =
            new ConversionStatus("sale", Money.CONFIRMED, new Effect.Reaches(LeadStatus.WON));
    public static final ConversionStatus REBILL = new ConversionStatus("rebill", Money.CONFIRMED, new Effect.None());
    public static final ConversionStatus HOLD = new ConversionStatus("hold", Money.HELD, new Effect.None());
    public static final ConversionStatus REJECTED =
            new ConversionStatus("rejected", Money.REJECTED, new Effect.Loses(false));
    public static final ConversionStatus TRASH = new ConversionStatus("trash", Money.REJECTED, new Effect.Loses(true));
    public static final ConversionStatus REFUND =
            new ConversionStatus("refund", Money.REFUNDED, new Effect.Loses(false));
    public static final ConversionStatus CHARGEBACK =
            new ConversionStatus("chargeback", Money.REFUNDED, new Effect.Loses(false));

    /** Those every workspace has. */
    public static final List<ConversionStatus> CANONICAL =
            List.of(LEAD, REGISTRATION, DEPOSIT, SALE, REBILL, HOLD, REJECTED, TRASH, REFUND, CHARGEBACK);

    private static final Map<String, ConversionStatus> BY_WORD =
            CANONICAL.stream().collect(Collectors.toUnmodifiableMap(ConversionStatus::word, Function.identity()));

    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{1,39}");

    /** The one of that word, or null. */
    public static @Nullable ConversionStatus canonical(String word) {
        return BY_WORD.get(word);
    }

    /**
     * A status of the workspace's own.
     *
     * @throws IllegalArgumentException when the word is no such word or taken
     */
    public static ConversionStatus custom(String word, Money money, Effect effect) {
        if (!WORD.matcher(word).matches() || BY_WORD.containsKey(word) || word.equals("ignore")) {
            throw new IllegalArgumentException(
                    "An own conversion status is a word of lower case letters, digits and underscores that is none of ours: "
                            + word);
        }
        return new ConversionStatus(word, money, effect);
    }

    public boolean isCanonical() {
        return BY_WORD.containsKey(word);
    }

    /** Whether it takes something back; only then may an amount be negative. */
    public boolean isCancellation() {
        return switch (money) {
            case REJECTED, REFUNDED -> true;
            case NONE, HELD, CONFIRMED -> false;
        };
    }

    /**
     * The status the lead reaches by it; null when it stays as it is. A lead never goes back in its pipeline: a late
     * postback says nothing new. A lost one can come back.
     *
     * @param current the lead's status; null for a lead that does not exist yet
     * @param pipeline the workspace's statuses, first to last
     */
    public @Nullable String leadStatusAfter(@Nullable String current, List<String> pipeline) {
        return switch (effect) {
            case Effect.None n -> null;
            case Effect.Loses l -> LeadStatus.LOST.equals(current) ? null : LeadStatus.LOST;
            case Effect.Reaches r -> ahead(r.leadStatus(), current, pipeline);
            case Effect.Begins b -> begun(current, pipeline);
        };
    }

    private static @Nullable String begun(@Nullable String current, List<String> pipeline) {
        int contacted = pipeline.indexOf("contacted");
        boolean known = current != null && contacted >= 0 && pipeline.indexOf(current) >= contacted;
        return ahead(known && pipeline.contains("responded") ? "responded" : LeadStatus.NEW, current, pipeline);
    }

    /** {@code target} where it lies ahead of the lead's status, or the lead was lost; else null. */
    public static @Nullable String ahead(String target, @Nullable String current, List<String> pipeline) {
        if (current == null || current.equals(LeadStatus.LOST)) {
            return target;
        }
        int to = pipeline.indexOf(target);
        return to >= 0 && to <= pipeline.indexOf(current) ? null : target;
    }

    @Override
    public String toString() {
        return word;
    }
}
