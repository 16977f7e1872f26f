package kembali.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.WebContext;
import kembali.visitor.AdFields;
import kembali.visitor.Click;
import kembali.visitor.Utm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinkDiagnosisTest {
    private static final String CHROME = "Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile";
    private static final String FACEBOOK = CHROME + " [FBAN/FB4A;FBAV/440.0]";

    @Test
    void aLinkNobodyClickedSaysSo() {
        assertThat(codes(List.of(), "meta")).containsExactly("no_clicks");
    }

    @Test
    void goodClicksHaveNothingToSay() {
        assertThat(codes(List.of(click("IwAR0aaaaaaa", FACEBOOK), click("IwAR0bbbbbbb", FACEBOOK)), "meta"))
                .isEmpty();
    }

    @Test
    void trafficThatIsNotFromMetaIsNamedOnlyWhereMetaIsExpected() {
        List<Click> other = List.of(click(null, CHROME));
        assertThat(codes(other, "meta")).containsExactly("not_from_meta");
        assertThat(codes(other, null)).isEmpty();
        assertThat(codes(other, "tiktok")).isEmpty();
    }

    @Test
    void anUnfilledFbclidLosesAndOneBesideTheRealOneIsMended() {
        assertThat(findings(List.of(click(null, FACEBOOK, "fbclid")), "meta"))
                .extracting(Finding::code, Finding::weight)
                .containsExactly(tuple("fbclid_unfilled", Finding.Weight.LOSES));
        assertThat(findings(List.of(click("IwAR0aaaaaaa", FACEBOOK, "fbclid")), "meta"))
                .extracting(Finding::code, Finding::weight)
                .containsExactly(tuple("fbclid_twice", Finding.Weight.MENDED));
    }

    @Test
    void facebooksBrowserWithoutAFbclidMeansThatSomethingDropsIt() {
        assertThat(codes(List.of(click(null, FACEBOOK), click("IwAR0aaaaaaa", FACEBOOK)), "meta"))
                .containsExactly("fbclid_dropped");
    }

    @Test
    void oneFbclidOnManyClicksIsACopiedLink() {
        assertThat(codes(Collections.nCopies(5, click("IwAR0aaaaaaa", FACEBOOK)), "meta"))
                .containsExactly("copied_link");
        assertThat(codes(Collections.nCopies(4, click("IwAR0aaaaaaa", FACEBOOK)), "meta"))
                .isEmpty();
    }

    @Test
    void macrosNobodyFilledInAndMendedLinksAreCounted() {
        var clicks = new ArrayList<Click>();
        clicks.add(click("IwAR0aaaaaaa", FACEBOOK, "ad_id"));
        clicks.add(click("IwAR0bbbbbbb", FACEBOOK, "ad_id"));
        clicks.add(mended());
        List<Finding> findings = findings(clicks, "meta");
        assertThat(findings)
                .extracting(Finding::code, Finding::about)
                .containsExactly(tuple("macro_unfilled", "ad_id"), tuple("second_question_mark", ""));
        assertThat(findings.getFirst().sentence()).contains("2 of 3 clicks", "{{ad_id}}");
        assertThat(findings).allSatisfy(f -> assertThat(f.fix()).isNotBlank());
    }

    private static List<String> codes(List<Click> clicks, @Nullable String source) {
        return findings(clicks, source).stream().map(Finding::code).toList();
    }

    private static List<Finding> findings(List<Click> clicks, @Nullable String source) {
        return LinkDiagnosis.of(clicks, source);
    }

    private static Click mended() {
        return click("IwAR0ccccccc", FACEBOOK, Map.of(), List.of("second_question_mark"));
    }

    private static Click click(@Nullable String fbclid, String userAgent, String... unfilled) {
        Map<String, String> left = unfilled.length == 0 ? Map.of() : Map.of(unfilled[0], "{{" + unfilled[0] + "}}");
        return click(fbclid, userAgent, left, List.of());
    }

    private static Click click(
            @Nullable String fbclid, String userAgent, Map<String, String> unfilled, List<String> repairs) {
        String url = "https://go.example/promo" + (fbclid == null ? "" : "?fbclid=" + fbclid);
        ClickIds ids = fbclid == null ? ClickIds.NONE : ClickIds.NONE.with("fbclid", ClickId.of(fbclid, 1));
        return new Click(
                1,
                "click00000000000000a",
                "cp_1",
                1,
                Instant.EPOCH,
                new Click.Content(
                        ids,
                        BrowserIds.NONE,
                        new WebContext(url, null, "203.0.113.7", userAgent),
                        Utm.NONE,
                        AdFields.NONE,
                        Map.of(),
                        Map.of(),
                        unfilled,
                        List.of(),
                        repairs,
                        null,
                        null,
                        false));
    }
}
