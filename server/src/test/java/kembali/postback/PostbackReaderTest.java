package kembali.postback;

import static kembali.postback.Postbacks.NATIVE;
import static kembali.postback.Postbacks.NOW;
import static kembali.postback.Postbacks.get;
import static kembali.postback.Postbacks.json;
import static kembali.postback.Postbacks.post;
import static kembali.postback.Postbacks.refused;
import static kembali.postback.Postbacks.there;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.postback.Postback.Switches;
import kembali.postback.Reading.Why;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostbackReaderTest {
    private static final PostbackReader READER = new PostbackReader(NATIVE);
    private static final byte[] NOTHING = new byte[0];

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void takesTheFirstFilledSynonymAndTheLastFilledValue() {
        assertThat(get("cid=c&click_id=b&subid=a").clickId()).isEqualTo("a");
        assertThat(get("subid=&click_id={clickid}&cid=c").clickId()).isEqualTo("c");
        assertThat(get("subid=one&subid=two&subid=&subid={x}").clickId()).isEqualTo("two");
        assertThat(get("SubID=A&Conv-Status=lead&TXID=7").transaction()).isEqualTo("7");
        assertThat(get("SubID=A&Conv-Status=lead").statusWord()).isEqualTo("lead");
    }

    @Test
    void takesDoubtfulClickIdNamesOnlyWhenTheyAreMapped() {
        assertThat(get("sub1=A&s2=B&aff_click_id=C").clickId()).isNull();
        assertThat(get("sub1=A").slots()).containsExactly(Map.entry(1, "A"));

        var mapped = NATIVE.withFields(FieldMap.of(Map.of("clickId", "sub1")));
        assertThat(get("sub1=A&subid=B", mapped).clickId()).isEqualTo("A");
        assertThat(get("sub1=A&sub2=x", mapped).slots()).containsExactly(Map.entry(2, "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0abcdefghij123456789", "0ABCDEFGHIJ123456789", " 0abcdefghij123456789 ", "0abcdefghij123456789/",
                "0abcdefghij123456789%22", "%220abcdefghij123456789%22,", "0abcdefghij123456789}",
                        "{0abcdefghij123456789}",
                "'0abcdefghij123456789'"
            })
    void cleansClickIds(String sent) {
        String id = get("subid=" + sent).clickId();

        assertThat(ClickKey.lookup(there(id))).isEqualTo("0abcdefghij123456789");
    }

    @Test
    void doesNotLookForOverlongClickIds() {
        Postback p = get("subid=" + "a".repeat(65));

        assertThat(p.clickId()).isNull();
        assertThat(p.reasonWithoutId()).isEqualTo("click_id_too_long");
        assertThat(get("subid=" + "a".repeat(64)).clickId()).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "null", "undefined", "%7Btid%7D", "[tid]", "__TID__", "REPLACE", ""})
    void transactionThatIsNoneIsAbsent(String sent) {
        assertThat(get("subid=A&tid=" + sent).transaction()).isNull();
    }

    @Test
    void setsAsideOverlongTransactions() {
        Postback p = get("subid=A&tid=" + "7".repeat(129));

        assertThat(p.transaction()).isNull();
        assertThat(p.notes()).extracting(Note::toString).containsExactly("too_long:tid");
        assertThat(get("subid=A&tid=" + "7".repeat(128)).transaction()).hasSize(128);
    }

    @Test
    void codeInBracketsIsNoMacro() {
        assertThat(get("subid=[ABC2345]").clickId()).isEqualTo("ABC2345");
        assertThat(get("visitor_code=[ABC2345]").leadId()).isEqualTo("[ABC2345]");
    }

    @Test
    void bodyWinsOverQuery() {
        Postback p = post(
                "subid=Q&status=lead&tid=1", "subid=B&status=&em=a%40b.c", "application/x-www-form-urlencoded", NATIVE);

        assertThat(p.clickId()).isEqualTo("B");
        assertThat(p.statusWord()).isEqualTo("lead");
        assertThat(p.transaction()).isEqualTo("1");
        assertThat(p.contact().email()).isEqualTo(new Contact.Part("a@b.c", false));
    }

    @Test
    void questionMarkOfAFormIsText() {
        Postback p =
                post(null, "subid=A&reason=why?&return=http://x/?y=1", "application/x-www-form-urlencoded", NATIVE);

        assertThat(p.reason()).isEqualTo("why?");
        assertThat(p.returnText()).isEqualTo("http://x/?y=1");
    }

    @Test
    void readsNestedJsonByTheFieldMap() {
        var rules = NATIVE.withFields(FieldMap.of(Map.of(
                "transaction", "data.purchase.transaction",
                "amount", "data.purchase.price.value",
                "currency", "data.purchase.price.currency_value",
                "email", "data.buyer.email",
                "click_id", "data.tracking.0.Source-Sck",
                "sub_id_3", "data.product.name",
                "fbclid", "data.tracking.0.fb",
                "status", "event")));
        Postback p = json("""
                {"event":"PURCHASE_APPROVED","data":{"purchase":{"transaction":"HP1","price":{"value":2.10,"currency_value":"BRL"}},
                 "buyer":{"email":"a@b.c"},"tracking":[{"source_sck":"abc","fb":"IwAR0abcdefg"}],"product":{"name":"Course"}}}
                """, rules);

        assertThat(p.transaction()).isEqualTo("HP1");
        assertThat(there(p.payout()).amount()).isEqualTo("2.10");
        assertThat(there(p.payout()).currency()).isEqualTo("BRL");
        assertThat(p.contact().email()).isEqualTo(new Contact.Part("a@b.c", false));
        assertThat(p.clickId()).isEqualTo("abc");
        assertThat(p.slots()).containsExactly(Map.entry(3, "Course"));
        assertThat(p.clickIds()).containsExactly(Map.entry("fbclid", "IwAR0abcdefg"));
        assertThat(p.statusWord()).isEqualTo("PURCHASE_APPROVED");
    }

    @Test
    void readsFlatJsonWithoutAMap() {
        Postback p = json("{\"subid\":\"A\",\"status\":\"sale\",\"payout\":150000,\"test\":true,\"tid\":null}", NATIVE);

        assertThat(p.clickId()).isEqualTo("A");
        assertThat(there(p.payout()).amount()).isEqualTo("150000");
        assertThat(p.switches()).isEqualTo(new Switches(false, true, false));
        assertThat(p.transaction()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain|{\"subid\":\"A\"}",
                "|{\"subid\":\"A\"}",
                "|subid=A",
                "application/x-www-form-urlencoded|{\"subid\":\"A\"}",
                "application/vnd.api+json|{\"subid\":\"A\"}",
                "application/json|[{\"subid\":\"A\"}]",
                "Application/JSON; charset=UTF-8|\uFEFF{\"subid\":\"A\"}"
            })
    void readsBodiesByTheirLooksWhereTheHeaderDoesNotHelp(@Nullable String type, String body) {
        assertThat(post(null, body, type, NATIVE).clickId()).isEqualTo("A");
    }

    @Test
    void unreadableBodyLeavesTheQuery() {
        Postback p = post("subid=A", "{\"subid\":", "application/json", NATIVE);

        assertThat(p.clickId()).isEqualTo("A");
        assertThat(p.notes()).extracting(Note::code).containsExactly("body_unreadable");
        assertThat(refused(READER.read("POST", null, utf8("{\"subid\":"), "application/json", NOW)))
                .isEqualTo(Why.UNREADABLE_BODY);
        assertThat(refused(READER.read("POST", null, utf8("[{\"subid\":\"A\"},{}]"), "application/json", NOW)))
                .isEqualTo(Why.UNREADABLE_BODY);
    }

    @Test
    void refusesWhatIsNoPostback() {
        assertThat(refused(READER.read("HEAD", "subid=A", NOTHING, null, NOW))).isEqualTo(Why.NO_EFFECT);
        assertThat(refused(READER.read("OPTIONS", "subid=A", NOTHING, null, NOW)))
                .isEqualTo(Why.NO_EFFECT);
        assertThat(refused(READER.read("GET", null, NOTHING, null, NOW))).isEqualTo(Why.NO_PARAMETERS);
        assertThat(refused(READER.read("GET", "", NOTHING, null, NOW))).isEqualTo(Why.NO_PARAMETERS);
        assertThat(refused(READER.read("POST", null, utf8("{}"), null, NOW))).isEqualTo(Why.NO_PARAMETERS);
    }

    @Test
    void holdsToItsLimits() {
        String query = "subid=A&x=" + "x".repeat(PostbackReader.MAX_QUERY - 10);

        assertThat(Postbacks.read(READER.read("GET", query, NOTHING, null, NOW)).clickId())
                .isEqualTo("A");
        assertThat(refused(READER.read("GET", query + "x", NOTHING, null, NOW))).isEqualTo(Why.URL_TOO_LONG);
        assertThat(refused(READER.read("POST", "subid=A", new byte[PostbackReader.MAX_BODY + 1], null, NOW)))
                .isEqualTo(Why.BODY_TOO_LARGE);
    }

    private static List<Reading> rows(Reading.Batch.Rows batch) {
        List<Reading> rows = new ArrayList<>();
        batch.rows().forEach(row -> rows.add(row.reading()));
        assertThat(rows).hasSize(batch.count());
        return rows;
    }

    @Test
    void readsABatchRowByRow() {
        var array = (Reading.Batch.Rows) READER.readBatch(
                "status=lead", utf8("[{\"subid\":\"A\"},7,{\"subid\":\"B\",\"status\":\"sale\"},{}]"), NOW);
        assertThat(rows(array)).hasSize(4);
        assertThat(Postbacks.read(rows(array).get(0)).statusWord()).isEqualTo("lead");
        assertThat(refused(rows(array).get(1))).isEqualTo(Why.UNREADABLE_BODY);
        assertThat(Postbacks.read(rows(array).get(2)).statusWord()).isEqualTo("sale");

        var lines = (Reading.Batch.Rows)
                READER.readBatch(null, utf8("{\"subid\":\"A\"}\r\n\n{broken\n{\"subid\":\"B\"}"), NOW);
        assertThat(rows(lines)).hasSize(3);
        assertThat(refused(rows(lines).get(1))).isEqualTo(Why.UNREADABLE_BODY);
        assertThat(Postbacks.read(rows(lines).get(2)).clickId()).isEqualTo("B");
    }

    @Test
    void refusesABatchAsAWholeOrNotAtAll() {
        String rows = "{\"subid\":\"A\"}\n".repeat(PostbackReader.MAX_ROWS);

        assertThat(rows((Reading.Batch.Rows) READER.readBatch(null, utf8(rows), NOW)))
                .hasSize(PostbackReader.MAX_ROWS);
        assertThat(READER.readBatch(null, utf8(rows + "{}"), NOW))
                .isEqualTo(new Reading.Batch.Refused(Why.TOO_MANY_ROWS));
        assertThat(READER.readBatch(null, utf8("[" + "{},".repeat(PostbackReader.MAX_ROWS) + "{}]"), NOW))
                .isEqualTo(new Reading.Batch.Refused(Why.TOO_MANY_ROWS));
        assertThat(READER.readBatch(null, utf8("[{\"subid\":\"A\"},{"), NOW))
                .isEqualTo(new Reading.Batch.Refused(Why.UNREADABLE_BODY));
        assertThat(READER.readBatch(null, utf8("subid=A"), NOW))
                .isEqualTo(new Reading.Batch.Refused(Why.UNREADABLE_BODY));
        assertThat(READER.readBatch(null, utf8("[]"), NOW)).isEqualTo(new Reading.Batch.Refused(Why.NO_PARAMETERS));
        assertThat(READER.readBatch(null, new byte[PostbackReader.MAX_BATCH + 1], NOW))
                .isEqualTo(new Reading.Batch.Refused(Why.BODY_TOO_LARGE));
    }

    @Test
    void slotsKnowTwoSpellings() {
        assertThat(get("sub_id_1=a&sub2=b&sub_id_30=c&sub_id_31=d&sub_id_0=e&sub007=f&sub3=no&sub_id_3=yes&sub=g")
                        .slots())
                .containsExactly(Map.entry(1, "a"), Map.entry(2, "b"), Map.entry(3, "yes"), Map.entry(30, "c"));
    }

    @Test
    void readsListsWithTheirCommonMistakes() {
        var lists = get("subid=A&reject_status=bad;Worse&approved_status=ok&pending_status=wait&ignore_status=ping"
                        + "&payment_status=paid&conv_status=sale&sale_status=[REPLACE],good")
                .lists();

        assertThat(lists.ignored()).containsExactly("ping");
        assertThat(lists.byStatus()).containsOnlyKeys("rejected", "sale", "lead");
        assertThat(lists.byStatus().get("rejected")).containsExactlyInAnyOrder("bad", "worse");
        assertThat(lists.byStatus().get("sale")).containsExactlyInAnyOrder("ok", "good");
        assertThat(get("subid=A&payment_status=paid").notes())
                .extracting(Note::toString)
                .containsExactly("unknown_list:payment_status");
    }

    @ParameterizedTest
    @CsvSource({
        "1763632800,2025-11-20T10:00:00Z",
        "1763632800123,2025-11-20T10:00:00.123Z",
        "1763632800123456,2025-11-20T10:00:00.123456Z",
        "1763632800.5,2025-11-20T10:00:00.500Z",
        "2026-11-20T09:00:00Z,2026-11-20T09:00:00Z",
        "2026-11-20T09:00:00.25Z,2026-11-20T09:00:00.250Z",
        "2026-11-20T09:00:00+03:00,2026-11-20T06:00:00Z",
        "2026-11-20T09:00:00%2B0300,2026-11-20T06:00:00Z",
        "2026-11-20T09:00:00-05,2026-11-20T14:00:00Z",
        "2026-11-20 09:00:00,2026-11-20T02:00:00Z",
        "2026-11-20+09:00:00,2026-11-20T02:00:00Z",
        "2026-11-20T09:00,2026-11-20T02:00:00Z",
        "2026-11-19,2026-11-18T17:00:00Z",
        "2026-11-20T09:00:00z,2026-11-20T09:00:00Z"
    })
    void readsTimesInTheSourcesZone(String sent, Instant expected) {
        var rules = NATIVE.withZone(ZoneId.of("Asia/Jakarta"));
        var later = Instant.parse("2026-11-20T15:00:00Z");
        var reading = new PostbackReader(rules).read("GET", "subid=A&time=" + sent, NOTHING, null, later);

        assertThat(Postbacks.read(reading).eventTime()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T10:10:01Z,time_in_future",
        "2025-10-16T09:59:59Z,time_too_old",
        "1000000000,time_too_old",
        "yesterday,time_unreadable",
        "20.11.2026,time_unreadable",
        "2026-02-30,time_unreadable",
        "2026-11-20T25:00:00Z,time_unreadable",
        "9999999999999999999,time_unreadable",
        "1,time_unreadable"
    })
    void timeThatCannotBeIsSetAside(String sent, String code) {
        Postback p = get("subid=A&ts=" + sent);

        assertThat(p.eventTime()).isNull();
        assertThat(p.occurredAt(NOW)).isEqualTo(NOW);
        assertThat(p.notes()).extracting(Note::toString).containsExactly(code + ":ts");
    }

    @Test
    void clockMayBeTenMinutesFast() {
        assertThat(get("subid=A&ts=2026-11-20T10:10:00Z").eventTime()).isEqualTo("2026-11-20T10:10:00Z");
    }

    @Test
    void readsThePersonAndNeverPrintsThem() {
        Postback p = get(
                "subid=A&email=example@gmail.com&fn=John&ln=Snow&ct=Jakarta&region=JK&zip=10110&country=ID&external_id=7");

        assertThat(p.contact().lastName()).isEqualTo(new Contact.Part("Snow", false));
        assertThat(p.contact().state()).isEqualTo(new Contact.Part("JK", false));
        assertThat(p.toString()).doesNotContain("John", "Snow", "gmail", "Jakarta", "10110");
    }

    @Test
    void mendsHtmlCharactersInNames() {
        assertThat(get("subid=A®ion=JK&status=lead×tamp=1763632800&amp;tid=5").transaction())
                .isEqualTo("5");
        Postback p = get("subid=A®ion=JK&status=lead×tamp=1763632800");
        assertThat(p.contact().state()).isEqualTo(new Contact.Part("JK", false));
        assertThat(p.eventTime()).isEqualTo("2025-11-20T10:00:00Z");
    }

    @Test
    void switchesAreOnWithOneAndTrue() {
        assertThat(get("subid=A&disable_postback=1&strict=true").switches()).isEqualTo(new Switches(true, false, true));
        assertThat(get("subid=A&disable_postback=0&strict=false").switches()).isEqualTo(Switches.NONE);
    }

    @Test
    void notesEveryMacroNobodyFilledOnce() {
        Postback p = get("subid=A&payout={payout}&sub_id_5=##X##&from=MyNetwork&tid=%7Btid%7D&tid=7");

        assertThat(p.notes())
                .extracting(Note::toString)
                .containsExactly("unfilled_macro:payout", "unfilled_macro:sub_id_5");
        assertThat(p.amountText()).isNull();
        assertThat(p.slots()).isEmpty();
    }

    @Test
    void readsTheFirstThousandParameters() {
        Postback p = get("subid=A" + "&a=1".repeat(1_000) + "&tid=7");

        assertThat(p.transaction()).isNull();
        assertThat(p.notes()).extracting(Note::code).containsExactly("too_many_parameters");
    }

    @Test
    void saysWhatIsWrongWithAFieldMap() {
        assertThat(FieldMap.faults(
                        Map.of("clickId", "sub1", "amount", "a.b", "sub_id_31", "x", "nonsense", "y", "email", " ")))
                .extracting("field")
                .containsExactlyInAnyOrder("fieldMap.sub_id_31", "fieldMap.nonsense", "fieldMap.email");
    }
}
