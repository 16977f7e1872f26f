package kembali.transfer.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.support.FieldError;
import kembali.transfer.column.ColumnMap.Found;
import org.junit.jupiter.api.Test;

class ColumnMapTest {
    private static ColumnMap mapped(ImportKind kind, String header, Map<String, String> said) {
        return switch (ColumnMap.of(kind, List.of(header.split(",", -1)), true, said)) {
            case Found.Mapped(ColumnMap map) -> map;
            case Found.Refused(List<FieldError> faults) -> throw new AssertionError(faults.toString());
        };
    }

    private static List<String> fields(ColumnMap map) {
        var fields = new ArrayList<String>();
        map.columns().forEach(c -> fields.add(String.valueOf(c.field())));
        return fields;
    }

    private static List<String> fields(ImportKind kind, String header) {
        return fields(mapped(kind, header, Map.of()));
    }

    private static List<FieldError> refused(
            ImportKind kind, List<String> header, boolean hasHeader, Map<String, String> said) {
        return switch (ColumnMap.of(kind, header, hasHeader, said)) {
            case Found.Mapped(ColumnMap map) -> throw new AssertionError(map.toString());
            case Found.Refused(List<FieldError> faults) -> faults;
        };
    }

    @Test
    void knowsColumnsInEnglishAndIndonesian() {
        assertThat(fields(
                        ImportKind.LEADS, "Nama Lengkap,No. HP,E-mail,Kota,Status,Nilai Transaksi,Tanggal,No Invoice"))
                .containsExactly("name", "phone", "email", "city", "status", "actualValue", "createdAt", "orderId");
        assertThat(fields(
                        ImportKind.LEADS, "first_name,last_name,phone_number,utm_campaign,gclid,li_fat_id,Deal Value"))
                .containsExactly(
                        "firstName",
                        "lastName",
                        "phone",
                        "utm.campaign",
                        "click.gclid",
                        "click.liFatId",
                        "actualValue");
    }

    @Test
    void takesTheApisOwnNames() {
        FieldTable.of(ImportKind.LEADS)
                .fields()
                .keySet()
                .forEach(field -> assertThat(fields(ImportKind.LEADS, field)).containsExactly(field));
        FieldTable.of(ImportKind.CLICKS)
                .fields()
                .keySet()
                .forEach(field -> assertThat(fields(ImportKind.CLICKS, field)).containsExactly(field));
        FieldTable.of(ImportKind.CONVERSIONS)
                .fields()
                .keySet()
                .forEach(field ->
                        assertThat(fields(ImportKind.CONVERSIONS, field)).containsExactly(field));
    }

    @Test
    void knowsAKeitaroConversionsLogAndPrefersTheTimeOfTheSale() {
        ColumnMap map = mapped(
                ImportKind.CONVERSIONS,
                "conversion_id,sub_id,tid,click_datetime,postback_datetime,sale_datetime,status,previous_status,original_status,revenue,sub_id_1",
                Map.of());

        assertThat(map.format()).isEqualTo("a Keitaro conversions log");
        assertThat(fields(map))
                .containsExactly(
                        "null", "subid", "tid", "null", "time", "time", "status", "null", "null", "payout", "sub_id_1");
        assertThat(map.positions(ImportKind.CONVERSIONS).get("time")).containsExactly(5, 4);
        assertThat(map.notes()).hasSize(1).first().asString().contains("postback_datetime, sale_datetime");
    }

    @Test
    void knowsAKeitaroClicksLog() {
        ColumnMap map = mapped(
                ImportKind.CLICKS,
                "sub_id,datetime,campaign,campaign_id,ip,user_agent,keyword,external_id,creative_id,ad_campaign_id,sub_id_3,country,is_bot",
                Map.of());

        assertThat(map.format()).isEqualTo("a Keitaro clicks log");
        assertThat(fields(map))
                .startsWith("subid", "time", "campaign", "campaign", "ip", "user_agent", "keyword", "external_id")
                .endsWith("sub_id_3", "null", "null");
        assertThat(map.notes()).noneMatch(n -> n.startsWith("Left out"));
    }

    @Test
    void knowsLeadsOfKonektorAndTakesTheirIdForTheReference() {
        ColumnMap map = mapped(
                ImportKind.LEADS,
                "id,uniqueCode,firstName,lastName,email,phone,status,priority,source,adPlatform,estimatedValue,actualValue,notes,city,createdAt",
                Map.of());

        assertThat(map.format()).isEqualTo("an export of leads from Konektor");
        assertThat(fields(map)).startsWith("id", "null", "firstName", "lastName", "email", "phone", "status");
        assertThat(map.notes())
                .containsExactly(
                        "Left out, because no field of ours has such a name: notes. To take one in, say its field in mapping.");
    }

    @Test
    void sendsALogToItsKind() {
        assertThat(refused(
                        ImportKind.LEADS,
                        List.of("sub_id", "status", "click_datetime", "sale_datetime", "original_status"),
                        true,
                        Map.of()))
                .singleElement()
                .satisfies(e -> assertThat(e.message())
                        .isEqualTo("is leads, but the file looks like a Keitaro conversions log; send it with"
                                + " kind=conversions"));
    }

    @Test
    void doesAsItIsToldBeforeItGuesses() {
        ColumnMap map = mapped(
                ImportKind.LEADS,
                "Kontak,HP,Catatan,Status",
                Map.of("kontak", "phone", "HP", "", "Catatan", "utm_term"));

        assertThat(fields(map)).containsExactly("phone", "null", "utm.term", "status");
        assertThat(map.notes()).isEmpty();
    }

    @Test
    void refusesAMappingOfWhatIsNotThere() {
        assertThat(refused(ImportKind.LEADS, List.of("Nama", "HP"), true, Map.of("Telepon", "phone", "HP", "telefon")))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("mapping.Telepon", "mapping.HP");
    }

    @Test
    void asksForAMappingWhereNothingIsKnown() {
        assertThat(refused(ImportKind.LEADS, List.of("foo", "bar"), true, Map.of()))
                .singleElement()
                .satisfies(e -> assertThat(e.message()).contains("foo, bar").contains("header=false"));
        assertThat(refused(ImportKind.CONVERSIONS, List.of("abc", "12.5"), false, Map.of()))
                .singleElement()
                .satisfies(e -> assertThat(e.message()).contains("{\"1\":\"subid\""));
    }

    @Test
    void mapsFilesWithoutAHeaderByPosition() {
        Found found = ColumnMap.of(
                ImportKind.CONVERSIONS,
                List.of("abc", "12.5", "", "sale"),
                false,
                Map.of("1", "subid", "2", "payout", "3", "tid", "4", "status"));

        assertThat(found)
                .isInstanceOfSatisfying(
                        Found.Mapped.class,
                        m -> assertThat(fields(m.map())).containsExactly("subid", "payout", "tid", "status"));
    }

    @Test
    void tellsOfColumnsThatAreThereTwice() {
        ColumnMap map = mapped(ImportKind.LEADS, "HP,hp,Nama", Map.of());

        assertThat(fields(map)).containsExactly("phone", "phone", "name");
        assertThat(map.notes())
                .containsExactly(
                        "Several columns give phone: HP, hp. Of each row the first filled one of them counts.");
    }
}
