package kembali.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kembali.campaign.SourceTemplate;
import kembali.diagnosis.Finding.Severity;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.WebContext;
import kembali.visitor.AdFields;
import kembali.visitor.Click;
import kembali.visitor.Utm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table of diagnoses in postback-tracking.md 9.3, rows 1 to 8, and what belongs to them. */
class ClickDiagnosisTest {
    private static final Instant AT = Instant.parse("2026-11-20T03:00:00Z");
    private static final String SAFARI = "Mozilla/5.0 (iPhone) Safari/604.1";
    private static final String FACEBOOK = "Mozilla/5.0 (iPhone) [FBAN/FBIOS;FBAV/500.0]";
    private static final String FBCLID = "IwAR0abcdefghij";

    private final List<Click> clicks = new ArrayList<>();

    @Test
    void saysThatNobodyClickedYet() {
        assertThat(codes(meta())).containsExactly("no_clicks");
    }

    @Test
    void findsNothingWrongWithGoodClicks() {
        good("a");
        good("b");

        assertThat(meta()).isEmpty();
    }

    @Test
    void trafficThatIsNotFromThePlatformHasNoClickIds() {
        plain(SAFARI);
        plain(SAFARI);

        Finding f = only(meta());

        assertThat(f.code()).isEqualTo("no_click_ids");
        assertThat(f.severity()).isEqualTo(Severity.ERROR);
        assertThat(f.count()).isEqualTo(2);
        assertThat(f.message()).contains("fbclid").contains("Meta");
    }

    @Test
    void aLiteralMacroInPlaceOfFbclidIsTheTrap() {
        good("a");
        add(SAFARI, "fbclid={fbclid}", null, Map.of("fbclid", "{fbclid}"), List.of(), List.of());
        add(SAFARI, "fbclid=", null, Map.of("fbclid", ""), List.of(), List.of());

        Finding f = only(meta());

        assertThat(f.code()).isEqualTo("fbclid_unfilled");
        assertThat(f.severity()).isEqualTo(Severity.ERROR);
        assertThat(f.count()).isEqualTo(2);
        assertThat(f.of()).isEqualTo(3);
        assertThat(f.sample()).isEqualTo("fbclid={fbclid}");
        assertThat(f.fix()).contains("Remove fbclid={fbclid} from the ad's URL parameters");
    }

    @Test
    void aGoodFbclidBesideALiteralOneLosesNothing() {
        add(SAFARI, "fbclid={fbclid}&fbclid=" + FBCLID, FBCLID, Map.of("fbclid", "{fbclid}"), List.of(), List.of());

        Finding f = only(meta());

        assertThat(f.code()).isEqualTo("fbclid_twice");
        assertThat(f.severity()).isEqualTo(Severity.HINT);
    }

    @Test
    void theSameFbclidOfSeveralPeopleIsACopiedLink() {
        good("a");
        good("a");
        good("a");
        good("b");

        Finding f = only(meta());

        assertThat(f.code()).isEqualTo("copied_link");
        assertThat(f.count()).isEqualTo(3);
    }

    @Test
    void onePersonWhoReloadsSharesNothing() {
        for (int i = 0; i < 5; i++) {
            clicks.add(click("reload" + i, 1, SAFARI, "fbclid=" + FBCLID, FBCLID, Map.of(), List.of(), List.of()));
        }

        assertThat(meta()).isEmpty();
    }

    @Test
    void facebooksAppWithoutFbclidMeansThatSomethingDropsIt() {
        plain(FACEBOOK);
        good("a");

        Finding f = only(meta());

        assertThat(f.code()).isEqualTo("click_id_lost");
        assertThat(f.count()).isEqualTo(1);
    }

    @Test
    void macrosThatStayAsTheyAreAreNamedWithTheirKey() {
        add(SAFARI, "ad_id={{ad.id}}&fbclid=" + FBCLID, FBCLID, Map.of("ad_id", "{{ad.id}}"), List.of(), List.of());

        Finding f = only(meta());

        assertThat(f.code()).isEqualTo("macro_unfilled");
        assertThat(f.about()).isEqualTo("ad_id");
        assertThat(f.sample()).isEqualTo("ad_id={{ad.id}}");
    }

    @Test
    void aSecondQuestionMarkIsMendedAndTold() {
        add(SAFARI, "fbclid=" + FBCLID, FBCLID, Map.of(), List.of(), List.of("second_question_mark"));

        Finding f = only(meta());

        assertThat(f.code()).isEqualTo("second_question_mark");
        assertThat(f.severity()).isEqualTo(Severity.HINT);
        assertThat(f.fix()).contains("?");
    }

    @Test
    void anIdTheVisitorHadBeforeIsNotOneTheClickBrought() {
        // The visitor's earlier fbclid stands in the click's contents, but not in the link that was opened.
        clicks.add(click("c1", 1, SAFARI, "utm_source=fb", FBCLID, Map.of(), List.of(), List.of()));

        assertThat(codes(meta())).containsExactly("no_click_ids");
    }

    @Test
    void aDeclaredParameterCarriesTheFbclidOfAnApp() {
        SourceTemplate app = Objects.requireNonNull(SourceTemplate.named("app"));
        add(SAFARI, "sub1=" + FBCLID, FBCLID, Map.of(), List.of(), List.of());
        assertThat(ClickDiagnosis.of(app, app.parameters(), clicks)).isEmpty();

        add(SAFARI, "sub1={fbclid}", null, Map.of("sub1", "{fbclid}"), List.of(), List.of());

        Finding f = only(ClickDiagnosis.of(app, app.parameters(), clicks));
        assertThat(f.code()).isEqualTo("click_id_unfilled");
        assertThat(f.about()).isEqualTo("sub1");
    }

    @Test
    void withoutASourceNothingIsAskedOfTrafficThatBringsNothing() {
        plain(SAFARI);
        assertThat(ClickDiagnosis.of(null, List.of(), clicks)).isEmpty();

        add(SAFARI, "fbclid={fbclid}", null, Map.of("fbclid", "{fbclid}"), List.of(), List.of());
        assertThat(codes(ClickDiagnosis.of(null, List.of(), clicks))).containsExactly("fbclid_unfilled");
    }

    @Test
    void theWorstComesFirst() {
        add(SAFARI, "fbclid=", null, Map.of("fbclid", ""), List.of(), List.of("empty_parts"));

        assertThat(codes(meta())).containsExactly("fbclid_unfilled", "empty_parts");
    }

    private void good(String end) {
        add(SAFARI, "fbclid=" + FBCLID + end, FBCLID + end, Map.of(), List.of(), List.of());
    }

    private void plain(String agent) {
        add(agent, "utm_source=fb", null, Map.of(), List.of(), List.of());
    }

    private void add(
            String agent,
            String query,
            @Nullable String fbclid,
            Map<String, String> unfilled,
            List<String> repeated,
            List<String> repairs) {
        clicks.add(click("c" + clicks.size(), clicks.size(), agent, query, fbclid, unfilled, repeated, repairs));
    }

    private static Click click(
            String subid,
            long visitor,
            String agent,
            String query,
            @Nullable String fbclid,
            Map<String, String> unfilled,
            List<String> repeated,
            List<String> repairs) {
        ClickIds ids = fbclid == null
                ? ClickIds.NONE
                : ClickIds.NONE.with("fbclid", ClickIds.ClickId.of(fbclid, AT.toEpochMilli()));
        return new Click(
                1,
                subid,
                "cmp_1",
                visitor,
                AT,
                new Click.Content(
                        ids,
                        BrowserIds.NONE,
                        new WebContext("https://go.example/promo?" + query, null, "203.0.113.7", agent),
                        Utm.NONE,
                        AdFields.NONE,
                        Map.of(),
                        Map.of(),
                        unfilled,
                        repeated,
                        repairs,
                        null,
                        null,
                        false));
    }

    private List<Finding> meta() {
        SourceTemplate meta = Objects.requireNonNull(SourceTemplate.named("meta"));
        return ClickDiagnosis.of(meta, meta.parameters(), clicks);
    }

    private static List<String> codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).toList();
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }
}
