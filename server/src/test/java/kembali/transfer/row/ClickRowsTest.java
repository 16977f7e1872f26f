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
import kembali.identity.ClickIds.ClickId;
import kembali.intake.ClickImported;
import kembali.transfer.column.ImportKind;
import org.junit.jupiter.api.Test;

class ClickRowsTest {
    private static ClickRows reader(String... header) {
        return new ClickRows(
                terms(Map.of(), null),
                columns(ImportKind.CLICKS, header),
                name -> name.equals("promo") ? "cp_1" : null);
    }

    @Test
    void readsAClickWithItsParameters() {
        ClickImported click = ready(reader("subid", "time", "params")
                .read(
                        List.of(
                                "3SH8so4er3",
                                "2026-11-20 10:00:00",
                                "?fbclid=IwAR0abcdefghij&utm_source=meta&sub_id_2=banner&ad_id=77&foo=bar&gclid={gclid}"),
                        NOW));

        long at = Instant.parse("2026-11-20T03:00:00Z").toEpochMilli();
        assertThat(click.subid()).isEqualTo("3sh8so4er3");
        assertThat(click.at()).isEqualTo(Instant.ofEpochMilli(at));
        assertThat(click.campaignId()).isNull();
        assertThat(click.content().clickIds().byName())
                .containsExactly(Map.entry("fbclid", ClickId.of("IwAR0abcdefghij", at)));
        assertThat(click.content().utm().source()).isEqualTo("meta");
        assertThat(click.content().slots()).containsEntry("sub_id_2", "banner");
        assertThat(click.content().ad().adId()).isEqualTo("77");
        assertThat(click.content().parameters()).containsExactly(Map.entry("foo", "bar"));
        assertThat(click.content().unfilled()).containsKey("gclid");
    }

    @Test
    void readsColumnsOfTheirOwn() {
        ClickImported click =
                ready(reader("sub_id", "datetime", "campaign", "ip", "user_agent", "keyword", "fbclid", "url")
                        .read(
                                List.of(
                                        "abc",
                                        "20/11/2026 10:00",
                                        "promo",
                                        "203.0.113.7",
                                        "Mozilla/5.0",
                                        "sepatu",
                                        "0",
                                        "https://t.example/promo?ttclid=E.C.P.x"),
                                NOW));

        assertThat(click.campaignId()).isEqualTo("cp_1");
        assertThat(click.content().web().ip()).isEqualTo("203.0.113.7");
        assertThat(click.content().slots()).containsEntry("keyword", "sepatu");
        assertThat(click.content().clickIds().byName()).containsOnlyKeys("ttclid");
        assertThat(click.content().web().pageUrl()).startsWith("https://t.example/");
    }

    @Test
    void refusesAClickWithoutIdOrTime() {
        assertThat(remarks(reader("subid", "time").read(List.of("", "2026-11-20"), NOW)))
                .containsExactly("refused subid: is missing");
        assertThat(remarks(reader("subid", "time").read(List.of("{subid}", "2026-11-20"), NOW)))
                .containsExactly("refused subid: is no click id of at most 64 characters");
        assertThat(remarks(reader("subid", "time").read(List.of("x".repeat(65), "2026-11-20"), NOW)))
                .containsExactly("refused subid: is no click id of at most 64 characters");
        assertThat(remarks(reader("subid", "time").read(List.of("abc", ""), NOW)))
                .containsExactly("refused time: is missing; platforms want to know when the click was");
    }

    @Test
    void takesAClickWithoutWhatIsBrokenInIt() {
        var parsed = reader("subid", "time", "ip", "keyword", "campaign")
                .read(List.of("abc", "2026-11-20", "999.1.1.1", "a\u0000b", "unbekannt"), NOW);

        assertThat(remarks(parsed))
                .containsExactlyInAnyOrder(
                        "warning ip: is no IPv4 or IPv6 address; it is left out",
                        "warning keyword: holds an invisible character, or one that is broken; it is left out",
                        "warning campaign: is no campaign here; the click is taken without one");
        assertThat(ready(parsed).content().slots()).isEmpty();
    }
}
