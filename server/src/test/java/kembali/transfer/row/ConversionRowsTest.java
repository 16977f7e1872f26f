package kembali.transfer.row;

import static kembali.transfer.row.RowsFixture.NOW;
import static kembali.transfer.row.RowsFixture.columns;
import static kembali.transfer.row.RowsFixture.ready;
import static kembali.transfer.row.RowsFixture.remarks;
import static kembali.transfer.row.RowsFixture.terms;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.lead.LeadStatus;
import kembali.transfer.column.ImportKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConversionRowsTest {
    private static ConversionRows reader(
            Map<String, String> statuses, @Nullable String defaultStatus, String... header) {
        return new ConversionRows(
                terms(statuses, defaultStatus),
                columns(ImportKind.CONVERSIONS, header),
                List.copyOf(LeadStatus.SALES),
                Map.of());
    }

    @Test
    void readsARowOfAKeitaroLog() {
        var reader = reader(
                Map.of(),
                null,
                "sub_id",
                "click_datetime",
                "postback_datetime",
                "sale_datetime",
                "status",
                "tid",
                "revenue",
                "currency",
                "sub_id_3");

        ConversionRow row = ready(reader.read(
                List.of(
                        "3SH8so4er3",
                        "2026-11-01 10:00:00",
                        "2026-11-02 10:00:00",
                        "2026-11-03 10:00:00",
                        "sale",
                        "T-1",
                        "2.61",
                        "usd",
                        "x"),
                NOW));

        assertThat(row.postback().clickId()).isEqualTo("3SH8so4er3");
        assertThat(row.at()).isEqualTo(Instant.parse("2026-11-03T03:00:00Z"));
        assertThat(row.meaning().word()).isEqualTo("sale");
        assertThat(row.postback().transaction()).isEqualTo("T-1");
        assertThat(row.postback().payout()).hasToString("Payout[amount=2.61, currency=USD, text=2.61]");
        assertThat(row.postback().slots()).containsExactly(Map.entry(3, "x"));
        assertThat(row.report()).isFalse();
    }

    @Test
    void takesTheTimeOfThePostbackWhereThereWasNoSale() {
        var reader = reader(Map.of(), null, "sub_id", "postback_datetime", "sale_datetime", "status");

        assertThat(ready(reader.read(List.of("abc", "2026-11-02 10:00:00", "", "lead"), NOW))
                        .at())
                .isEqualTo(Instant.parse("2026-11-02T03:00:00Z"));
    }

    @Test
    void takesConversionsThatAreYearsOld() {
        var reader = reader(Map.of(), null, "subid", "time", "status");

        assertThat(ready(reader.read(List.of("abc", "2023-05-01", "sale"), NOW)).at())
                .isEqualTo(Instant.parse("2023-04-30T17:00:00Z"));
    }

    @Test
    void refusesAWordNobodyHasGivenAMeaningAndAMissingOne() {
        var reader = reader(Map.of(), null, "subid", "time", "status");

        assertThat(remarks(reader.read(List.of("abc", "2026-11-01", "frobnicate"), NOW)))
                .containsExactly(
                        "refused status: has a word nobody has given a meaning; say it, such as statuses={\"approved\":\"sale\"}");
        assertThat(remarks(reader.read(List.of("abc", "2026-11-01", ""), NOW)))
                .containsExactly(
                        "refused status: is missing; say what a row without one is, such as defaultStatus=sale");
    }

    @Test
    void readsWordsByTheMapOfTheFile() {
        var reader =
                reader(Map.of("Disetujui", "sale", "Prospek", "qualified", "tes", "ignore"), "sale", "subid", "status");

        assertThat(ready(reader.read(List.of("a", "DISETUJUI"), NOW)).meaning().word())
                .isEqualTo("sale");
        assertThat(ready(reader.read(List.of("a", "prospek"), NOW)).meaning().word())
                .isEqualTo("qualified");
        assertThat(ready(reader.read(List.of("a", "tes"), NOW)).meaning().word())
                .isEqualTo("ignore");
        assertThat(ready(reader.read(List.of("a", ""), NOW)).meaning().word()).isEqualTo("sale");
    }

    @Test
    void refusesWhatAPostbackWouldSetAsideQuietly() {
        var reader = reader(Map.of(), "sale", "subid", "time", "payout", "currency");

        assertThat(remarks(reader.read(List.of("abc", "2026-11-01", "viel", ""), NOW)))
                .containsExactly("refused payout: payout is no amount; it counts as absent.");
        assertThat(remarks(reader.read(List.of("", "2026-11-01", "1", ""), NOW)))
                .containsExactly(
                        "refused subid: is empty: nobody can tell whose conversion this is without a click id or a lead's");
        assertThat(remarks(reader.read(List.of("abc", "kemarin", "1", ""), NOW)))
                .singleElement()
                .asString()
                .startsWith("refused time: is no time we can read");
        assertThat(remarks(reader.read(List.of("abc", "2027-11-01", "1", ""), NOW)))
                .singleElement()
                .asString()
                .startsWith("refused time: lies in the future");
    }

    @Test
    void readsAmountsOfTheWorkspacesCurrencyAsTheyAreWrittenThere() {
        var reader = reader(Map.of(), "sale", "subid", "time", "payout");

        var payout = ready(reader.read(List.of("abc", "2026-11-01", "150.000"), NOW))
                .postback()
                .payout();

        assertThat(payout).hasToString("Payout[amount=150000, currency=IDR, text=150.000]");
    }

    @Test
    void passesBlankRowsOver() {
        assertThat(reader(Map.of(), "sale", "subid", "time").read(List.of(" ", ""), NOW))
                .isInstanceOf(Parsed.Blank.class);
    }
}
