package kembali.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import kembali.ledger.SourceDays.Day;
import org.jspecify.annotations.Nullable;

/**
 * Whether a source does today what it does not usually do. Whoever learns a network's key can invent sales with it, and so
 * steer where money for ads goes.
 */
public final class Unusual {
    private static final int TIMES = 10;
    private static final int DAYS = 7;

    /** With fewer days behind it nobody knows what is usual. */
    private static final int FEWEST_DAYS = 3;

    /** A handful is nothing to notice, whatever it is a multiple of. */
    private static final int FEWEST_REQUESTS = 30;

    private Unusual() {}

    /**
     * One thing to look at.
     *
     * @param code {@code rate_unusual}, {@code amount_unusual} or {@code sales_too_fast}
     */
    public record Notice(String code, String message, String fix) {}

    private static final String FIX =
            "Look at the received postbacks of today. If they are not the network's own, put the source into quarantine and"
                    + " give it a new key.";

    /** @param days of the last week and today, as {@link SourceDays#since} has them */
    public static List<Notice> notices(List<Day> days, LocalDate today) {
        var found = new ArrayList<Notice>();
        double received = sum(days, today, null, Day::received);
        double usual = median(days, today, null, Day::received);
        if (received >= FEWEST_REQUESTS && usual > 0 && received > TIMES * usual) {
            found.add(new Notice(
                    "rate_unusual",
                    "%,d postbacks came today, more than ten times as many as on a usual day (%,d)."
                            .formatted((long) received, (long) usual),
                    FIX));
        }
        var currencies = new TreeSet<String>();
        days.stream().map(Day::currency).filter(Objects::nonNull).forEach(currencies::add);
        for (String currency : currencies) {
            double amount = sum(days, today, currency, Day::amount);
            double usually = median(days, today, currency, Day::amount);
            if (usually > 0 && amount > TIMES * usually) {
                found.add(new Notice(
                        "amount_unusual",
                        String.format(
                                Locale.ROOT,
                                "%s %,.2f were confirmed today, more than ten times as much as on a usual day (%,.2f).",
                                currency,
                                amount,
                                usually),
                        FIX));
            }
        }
        long hasty = days.stream()
                .filter(d -> d.day().equals(today))
                .mapToLong(Day::hasty)
                .sum();
        if (hasty > 0) {
            found.add(new Notice(
                    "sales_too_fast",
                    hasty + (hasty == 1 ? " sale was" : " sales were")
                            + " reported today less than two seconds after the click; no person buys so fast.",
                    FIX));
        }
        return found;
    }

    private static double sum(List<Day> days, LocalDate day, @Nullable String currency, ToDoubleFunction<Day> what) {
        return days.stream()
                .filter(d -> d.day().equals(day) && Objects.equals(d.currency(), currency))
                .mapToDouble(what)
                .sum();
    }

    /** Of the seven days before; days without anything count, as far back as the first one with something. */
    private static double median(
            List<Day> days, LocalDate today, @Nullable String currency, ToDoubleFunction<Day> what) {
        LocalDate first = days.stream().map(Day::day).min(LocalDate::compareTo).orElse(today);
        var before = new ArrayList<Double>(DAYS);
        for (int back = 1; back <= DAYS; back++) {
            LocalDate day = today.minusDays(back);
            if (!day.isBefore(first)) {
                before.add(sum(days, day, currency, what));
            }
        }
        if (before.size() < FEWEST_DAYS) {
            return 0;
        }
        before.sort(Double::compare);
        int middle = before.size() / 2;
        return before.size() % 2 == 1 ? before.get(middle) : (before.get(middle - 1) + before.get(middle)) / 2;
    }
}
