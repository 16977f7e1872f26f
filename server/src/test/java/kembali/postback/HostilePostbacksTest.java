package kembali.postback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import kembali.postback.AmountRules.DecimalMark;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever arrives is read, and in time that grows with its size and not with its square. */
class HostilePostbacksTest {
    private static final String SEED = "20261120";
    private static final SourceRules MAPPED = Postbacks.NATIVE
            .withFields(FieldMap.of(Map.of("click_id", "a.b", "email", "c", "sub_id_1", "d")))
            .withAmounts(new AmountRules(DecimalMark.COMMA, true, "EUR"));
    private static final Set<String> MEANINGS = Set.of(
            "lead",
            "registration",
            "deposit",
            "sale",
            "rebill",
            "hold",
            "rejected",
            "trash",
            "refund",
            "chargeback",
            "ignore");

    /** Reads, judges, answers and logs a request in every way there is. */
    private static void survives(String query, byte[] body) {
        for (SourceRules rules : List.of(Postbacks.NATIVE, Postbacks.IMPORTED, MAPPED)) {
            var reader = new PostbackReader(rules);
            for (String type : List.of(
                    "", "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b")) {
                judged(reader.read("POST", query, body, type, Postbacks.NOW), rules);
            }
            if (reader.readBatch(query, body, Postbacks.NOW) instanceof Reading.Batch.Rows batch) {
                batch.rows().forEach(row -> judged(row.reading(), rules));
            }
        }
        var log = new LoggedQuery(MAPPED.fields());
        assertThat(log.mask(query)).hasSizeLessThanOrEqualTo(LoggedQuery.MAX_LENGTH);
        assertThat(log.maskBody(new String(body, StandardCharsets.UTF_8))).isNotNull();
        assertThat(new Access(List.of(), new Signing("s", null)).check(null, query, body, null, Postbacks.NOW))
                .isNotNull();
        assertThat(new Access(List.of(), new Signing("s", "X")).check(null, query, body, query, Postbacks.NOW))
                .isNotNull();
    }

    private static void judged(Reading reading, SourceRules rules) {
        if (!(reading instanceof Reading.Read read)) {
            return;
        }
        Postback p = read.postback();
        assertThat(p.clickId() == null || p.clickId().length() <= ClickKey.MAX_LENGTH)
                .isTrue();
        assertThat(p.transaction() == null || p.transaction().length() <= Postback.MAX_TRANSACTION)
                .isTrue();
        assertThat(Fingerprint.of("s", p)).isEqualTo(Fingerprint.of("s", p)).hasSize(64);
        var resolution = StatusResolver.resolve(p, rules.statuses(), Map.of());
        if (resolution instanceof StatusResolution.Known known) {
            assertThat(known.meaning().word()).isIn(MEANINGS);
        }
        ConversionRow row = Postbacks.row("", ConversionStatus.SALE, "5");
        assertThat(Conversions.decide(List.of(row), p, resolution, rules.handling(), false))
                .isNotNull();
        var answer = Answer.of(
                new Result.Kept(Result.Because.UNMATCHED, p.reasonWithoutId()),
                Answer.Wish.of(null, p, rules.handling()));
        assertThat(answer.body()).doesNotContain("<", ">", "\n", "\r");
    }

    @Property(tries = 400, seed = SEED)
    void anyBytesAreRead(@ForAll byte[] body, @ForAll String query) {
        survives(query, body);
    }

    @Property(tries = 600, seed = SEED)
    void anythingThatLooksLikeAPostbackIsRead(@ForAll("queries") String query, @ForAll("bodies") String body) {
        survives(query, body.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 2_000, seed = SEED)
    void noAmountIsAnException(@ForAll("amounts") String text) {
        for (AmountRules rules : List.of(AmountRules.DEFAULT, MAPPED.amounts())) {
            for (String currency : List.of("USD", "IDR", "nonsense")) {
                Payout payout = Amounts.read("payout", text, currency, rules).payout();
                if (payout != null) {
                    assertThat(payout.amount().precision() - payout.amount().scale())
                            .isLessThanOrEqualTo(16);
                }
            }
        }
    }

    @Property(tries = 1_000, seed = SEED)
    void amountsComeBackHoweverTheyAreWritten(
            @ForAll @BigRange(min = "0", max = "999999999999.99") @Scale(2) BigDecimal amount) {
        BigDecimal value = amount.setScale(2, RoundingMode.UNNECESSARY);
        String english = String.format(Locale.ENGLISH, "%,.2f", value);
        List<String> written = List.of(
                value.toPlainString(),
                value.toPlainString().replace('.', ','),
                english,
                english.replace(',', '_').replace('.', ',').replace('_', '.'),
                english.replace(',', ' '),
                english.replace(',', '\u00A0').replace('.', ','),
                english.replace(',', '\''),
                "USD " + english,
                value.toPlainString() + " usd");
        for (String text : written) {
            Payout payout =
                    Amounts.read("payout", text, "USD", AmountRules.DEFAULT).payout();
            assertThat(Postbacks.there(payout).amount()).as(text).isEqualByComparingTo(value);
            Payout negative = Amounts.read("payout", "-" + text, "USD", AmountRules.DEFAULT)
                    .payout();
            assertThat(Postbacks.there(negative).amount()).as("-" + text).isEqualByComparingTo(value.negate());
        }
    }

    @Property(tries = 1_000, seed = SEED)
    void resolverInventsNoStatus(@ForAll("words") String word) {
        var resolution = Postbacks.resolve("subid=A&status=" + word, Postbacks.IMPORTED);
        String normal = StatusWord.normal(word);
        switch (resolution) {
            case StatusResolution.Known known -> {
                boolean named = ConversionStatus.canonical(normal) != null;
                var votes = StatusVocabulary.builtIn().votes(normal);
                boolean agreed = votes.all() >= 2
                        && (votes.lead() == votes.all()
                                || votes.sale() == votes.all()
                                || votes.rejected() == votes.all());
                assertThat(named || agreed || known.by() == StatusResolution.By.DEFAULT)
                        .as(word)
                        .isTrue();
            }
            case StatusResolution.Unmapped unmapped ->
                assertThat(unmapped.reason()).isNotEmpty();
        }
    }

    @Property(tries = 500, seed = SEED)
    void fingerprintDoesNotCareForTheOrderOrForWhatIsNoPartOfIt(
            @ForAll("plain") String id, @ForAll("plain") String tid) {
        var one = Postbacks.get("subid=" + id + "&status=sale&tid=" + tid);
        var two = Postbacks.get("tid=" + tid + "&x=1&status=SALE&SubID=" + id.toUpperCase(Locale.ROOT) + "&return=hi");

        assertThat(Fingerprint.of("s", two)).isEqualTo(Fingerprint.of("s", one));
        assertThat(Fingerprint.of("t", one)).isNotEqualTo(Fingerprint.of("s", one));
    }

    @Property(tries = 1_000, seed = SEED)
    void normalFormOfAWordIsItsOwn(@ForAll String word) {
        assertThat(StatusWord.normal(StatusWord.normal(word))).isEqualTo(StatusWord.normal(word));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&",
                "?",
                "=",
                "%",
                "%2",
                "%25",
                "%2525",
                "a=b&",
                "{",
                "}",
                "[",
                "{{",
                "a=1¤cy=",
                "\"",
                "a=,",
                "x_status=,",
                "1,",
                "1.",
                " ",
                "+",
                "$",
                "__",
                "##",
                "sub1=&",
                "é",
                "\uD83D",
                "em=@&",
                "a=%7B&",
                "[[",
                "{\"a\":",
                "[1,",
                "amp;&",
                "\n"
            })
    void sixtyFourKilobytesOfAnythingTakeNoTime(String piece) {
        String text = piece.repeat(64 * 1024 / piece.length());
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        List<Consumer<String>> readers = List.of(
                t -> survives(t.substring(0, PostbackReader.MAX_QUERY), body),
                t -> Amounts.read("payout", t, null, AmountRules.DEFAULT),
                t -> EventTimes.read("time", t, ZoneOffset.UTC, Postbacks.NOW),
                StatusWord::normal,
                StatusLists::words,
                ClickKey::clean,
                ReturnText::of,
                t -> new Signing("s", null).check(t, body, null, Postbacks.NOW),
                t -> new LoggedQuery(FieldMap.NONE).mask(t));
        // Squared, one of them would take minutes; a slow machine takes some tenths of a second for all.
        assertThatCode(() -> assertTimeout(Duration.ofSeconds(20), () -> readers.forEach(r -> r.accept(text))))
                .doesNotThrowAnyException();
    }

    @Test
    void deepJsonIsNoException() {
        byte[] deep = ("{\"a\":".repeat(60) + "1" + "}".repeat(60)).getBytes(StandardCharsets.UTF_8);
        byte[] deeper = ("{\"a\":".repeat(50_000)).getBytes(StandardCharsets.UTF_8);

        assertThatCode(() -> survives("subid=A", deep)).doesNotThrowAnyException();
        assertThatCode(() -> survives("subid=A", deeper)).doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<String> plain() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .ofMinLength(2)
                .ofMaxLength(20);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withCharRange('a', 'z')
                        .numeric()
                        .withChars('_', '-')
                        .ofMinLength(1)
                        .ofMaxLength(12),
                Arbitraries.of(
                        "lead", "sale", "approved", "confirmed", "1", "3", "trash", "paid", "p", "sent", "purchase"));
    }

    @Provide
    Arbitrary<String> amounts() {
        Arbitrary<String> piece = Arbitraries.of(
                "1", "12", "123", "1234", ".", ",", " ", "-", "+", "USD", "€", "Rp", "e", "E5", "'", ";", "|", "{x}",
                "##A##", "NaN", "٣", "\u00A0");
        return piece.list().ofMinSize(0).ofMaxSize(8).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> queries() {
        Arbitrary<String> key = Arbitraries.of(
                "subid",
                "SUB-ID",
                "status",
                "payout",
                "currency",
                "tid",
                "time",
                "em",
                "ph",
                "fn",
                "sub_id_1",
                "sub1",
                "sale_status",
                "lead_status",
                "ignore_status",
                "return",
                "test",
                "amp;status",
                "fbclid",
                "lead_id",
                "cost",
                "%",
                "",
                "x");
        Arbitrary<String> value = Arbitraries.oneOf(
                Arbitraries.of(
                        "A",
                        "sale",
                        "lead",
                        "{status}",
                        "%7Btid%7D",
                        "1,234.56",
                        "12.5,",
                        "10¤cy=EUR",
                        "+62812",
                        "usd",
                        "1763632800",
                        "2026-11-20 10:00:00",
                        "%",
                        "%zz",
                        "%25%37B",
                        "<b>",
                        "sale,lead;x",
                        "[REPLACE]",
                        "\u0000",
                        "0",
                        "-5",
                        "a@b.c",
                        ""),
                Arbitraries.strings().ofMaxLength(30));
        Arbitrary<String> pair = Combinators.combine(key, value).as((k, v) -> k + "=" + v);
        Arbitrary<String> separator = Arbitraries.of("&", "?", "&amp;", "&&", "%26", "#");
        return Combinators.combine(pair.list().ofMaxSize(8), separator).as((pairs, s) -> String.join(s, pairs));
    }

    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> scalar = Arbitraries.of(
                "\"A\"",
                "1",
                "-1.50",
                "1e400",
                "true",
                "null",
                "\"{x}\"",
                "\"\\ud800\"",
                "\"\\u0000\"",
                "[]",
                "{}",
                "[[1]]",
                "\"",
                "nonsense");
        Arbitrary<String> member = Combinators.combine(
                        Arbitraries.of("subid", "status", "payout", "a", "a.b", "c", "d", "em", "", "\\u0000"), scalar)
                .as((k, v) -> "\"" + k + "\":" + v);
        Arbitrary<String> object = member.list().ofMaxSize(5).map(m -> "{" + String.join(",", m) + "}");
        return Arbitraries.oneOf(
                object,
                object.list().ofMaxSize(3).map(o -> "[" + String.join(",", o) + "]"),
                object.list().ofMaxSize(3).map(o -> String.join("\n", o)),
                queries());
    }
}
