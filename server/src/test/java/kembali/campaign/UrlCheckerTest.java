package kembali.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import kembali.campaign.Finding.Weight;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlCheckerTest {
    private static final SourceTemplate META = Objects.requireNonNull(SourceTemplate.named("meta"));
    private static final UrlChecker CHECKER = new UrlChecker(Set.of("track.example"), META);

    private static List<String> codes(String link) {
        return CHECKER.check(link).stream().map(Finding::code).toList();
    }

    @Test
    void soundLinkHasNoFindings() {
        for (SourceTemplate template : SourceTemplate.ALL) {
            String link = CampaignLink.of("https://track.example", new Alias("promo"), template.parameters(), template)
                    .whole();
            assertThat(new UrlChecker(Set.of("track.example"), template).check(link))
                    .as(template.key())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://track.example/promo?ad_id={{ad.id}}&fbclid={fbclid}|fbclid_unfilled",
                "https://track.example/promo?ad_id={{ad.id}}&fbclid=|fbclid_unfilled",
                "https://track.example/promo?ad_id={{ad.id}}&fbclid=%7Bfbclid%7D|fbclid_unfilled",
                "https://track.example/promo?fbclid={fbclid}&fbclid=IwAR0abcdefgh|fbclid_twice",
                "https://track.example/promo?ad_id=7&fbclid=IwAR0abcdefgh|copied_link",
                "https://track.example/promo?fbclid=test|fbclid_implausible",
                "https://bit.ly/promo?ad_id={{ad.id}}|redirector",
                "https://other.example/promo?ad_id={{ad.id}}|redirector",
                "https://track.example/promo?ad_id={{ad.id}}&fbclid=IwAR0abcdefgh|macro_unfilled",
                "https://track.example/promo?ad_id={ad_id}|foreign_macro",
                "https://track.example/promo?ad_id=__CID__|foreign_macro",
                "https://track.example/promo??ad_id={{ad.id}}|second_question_mark",
                "https://track.example/promo?a=1?ad_id={{ad.id}}|second_question_mark",
                "https://track.example/promo&ad_id={{ad.id}}|lost_question_mark",
                "https://track.example/promo?a=1&amp;ad_id={{ad.id}}|html_ampersand",
                "https://track.example/promo?a=%257Bx|double_encoding",
                "https://track.example/promo?ad_id=1&ad_id=2|repeated_key",
                "https://track.example/promo#utm_source=fb|after_fragment",
                "https://track.example/promo?ad_id=REPLACE|placeholder",
                "https://track.example/promo?ad_id=_CID_|single_underscores",
                "track.example/promo|no_address",
                "|no_address"
            })
    void findsWhatIsWrong(@Nullable String link, String code) {
        assertThat(codes(link == null ? "" : link)).contains(code);
    }

    @Test
    void onlyAClickedLinkShowsThatMacrosWereNotFilled() {
        assertThat(codes("https://track.example/promo?ad_id={{ad.id}}")).isEmpty();
        assertThat(codes("https://track.example/promo?ad_id=7")).isEmpty();
    }

    @Test
    void everyFindingSaysWhatToDoAndTheWorstComesFirst() {
        var findings = CHECKER.check("https://bit.ly/promo?x=1?x=2&fbclid={fbclid}&ad_id=__CID__");

        assertThat(findings).hasSizeGreaterThan(3).allSatisfy(f -> {
            assertThat(f.sentence()).endsWith(".");
            assertThat(f.fix()).endsWith(".");
        });
        assertThat(findings).extracting(Finding::weight).isSorted();
        assertThat(findings.getFirst().weight()).isEqualTo(Weight.LOSES);
    }

    @Test
    void fragmentOfHashSignsIsAMacro() {
        assertThat(new UrlChecker(Set.of(), null).check("https://track.example/promo?c=##CLICK_ID##&a=1"))
                .isEmpty();
    }

    @Test
    void withoutHostsAndSourceOnlyTheLinkItselfIsJudged() {
        assertThat(new UrlChecker(Set.of(), null).check("https://other.example/promo?ad_id=__CID__&b={x}"))
                .isEmpty();
    }

    @Test
    void overlongLinkIsRefused() {
        assertThat(codes("https://track.example/?" + "x".repeat(UrlChecker.MAX_LENGTH)))
                .containsExactly("too_long");
    }

    @Test
    void checksWhatTheReaderReads() {
        var reader = new LinkReader(new LinkRules(META.parameters(), Map.of()));

        assertThat(reader.read("ad_id={{ad.id}}&fbclid={fbclid}").unfilled())
                .extracting(Unfilled::key)
                .containsExactly("ad_id", "fbclid");
    }
}
