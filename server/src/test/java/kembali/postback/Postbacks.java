package kembali.postback;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reading and judging postbacks the way the server will, in one line a test. */
final class Postbacks {
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    static final SourceRules NATIVE = SourceRules.of("src_1");
    static final SourceRules IMPORTED =
            NATIVE.withStatuses(StatusRules.NONE.withWhenMissing(new StatusMeaning.Conversion(ConversionStatus.SALE)));
    private static final byte[] NO_BODY = new byte[0];

    private Postbacks() {}

    static Postback get(String query) {
        return get(query, NATIVE);
    }

    static Postback get(String query, SourceRules rules) {
        return read(new PostbackReader(rules).read("GET", query, NO_BODY, null, NOW));
    }

    static Postback post(@Nullable String query, String body, @Nullable String contentType, SourceRules rules) {
        return read(
                new PostbackReader(rules).read("POST", query, body.getBytes(StandardCharsets.UTF_8), contentType, NOW));
    }

    static Postback json(String body, SourceRules rules) {
        return post(null, body, "application/json", rules);
    }

    static Postback read(Reading reading) {
        return switch (reading) {
            case Reading.Read r -> r.postback();
            case Reading.Refused r -> throw new AssertionError("refused: " + r.why());
        };
    }

    static Reading.Why refused(Reading reading) {
        return switch (reading) {
            case Reading.Read r -> throw new AssertionError("read: " + r.postback());
            case Reading.Refused r -> r.why();
        };
    }

    static StatusResolution resolve(String query, SourceRules rules) {
        return StatusResolver.resolve(get(query, rules), rules.statuses(), Map.of());
    }

    /** The word the status comes to, {@code ignore}, or {@code unmapped:<reason>}. */
    static String status(String query) {
        return status(query, NATIVE);
    }

    static String status(String query, SourceRules rules) {
        return switch (resolve(query, rules)) {
            case StatusResolution.Known k -> k.meaning().word();
            case StatusResolution.Unmapped u -> "unmapped:" + u.reason();
        };
    }

    static Decision decide(String query, SourceRules rules, ConversionRow... rows) {
        Postback p = get(query, rules);
        return Conversions.decide(
                List.of(rows), p, StatusResolver.resolve(p, rules.statuses(), Map.of()), rules.handling(), false);
    }

    static ConversionRow row(String transaction, ConversionStatus status, @Nullable String amount) {
        return new ConversionRow(
                "cv_" + transaction,
                transaction,
                status,
                amount == null ? null : new BigDecimal(amount),
                amount == null ? null : "USD",
                null,
                status.money() == ConversionStatus.Money.CONFIRMED);
    }

    /** What must be there. */
    static <T> T there(@Nullable T value) {
        assertThat(value).isNotNull();
        return Objects.requireNonNull(value);
    }

    /** What the decision leaves behind: the row as it would be stored. */
    static ConversionRow stored(Decision decision) {
        return switch (decision) {
            case Decision.NewRow n ->
                new ConversionRow(
                        "cv_" + n.transaction(),
                        n.transaction(),
                        n.status(),
                        n.payout() == null ? null : n.payout().amount(),
                        n.payout() == null ? null : n.payout().currency(),
                        null,
                        n.event() == Decision.Event.ONCE || n.event() == Decision.Event.FURTHER);
            case Decision.Update u ->
                new ConversionRow(
                        u.row().id(),
                        u.row().transaction(),
                        u.status(),
                        u.payout() == null ? u.row().amount() : u.payout().amount(),
                        u.payout() == null ? u.row().currency() : u.payout().currency(),
                        null,
                        u.row().reported() || u.event() == Decision.Event.ONCE);
            case Decision.Stage d -> throw new AssertionError(d.toString());
            case Decision.Duplicate d -> throw new AssertionError(d.toString());
            case Decision.OutOfOrder d -> throw new AssertionError(d.toString());
            case Decision.Ignored d -> throw new AssertionError(d.toString());
            case Decision.Unmapped d -> throw new AssertionError(d.toString());
        };
    }
}
