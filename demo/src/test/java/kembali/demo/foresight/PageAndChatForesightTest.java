package kembali.demo.foresight;

import static kembali.demo.platform.Meta.EVERYBODY;
import static kembali.demo.platform.Meta.MAIN;
import static kembali.demo.platform.Meta.OLD_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.demo.platform.Ga4;
import kembali.demo.platform.GoogleAds;
import kembali.demo.platform.LinkedIn;
import kembali.demo.platform.PixelPlan;
import kembali.demo.platform.TikTok;
import kembali.demo.sample.Beginning;
import kembali.demo.sample.Chat;
import kembali.demo.sample.Hit;
import kembali.demo.sample.Message;
import kembali.demo.sample.Network;
import kembali.demo.sample.Person;
import kembali.demo.sample.Step;
import kembali.demo.sample.Story;
import kembali.demo.sample.Visit;
import kembali.demo.sample.Visit.Evidence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What comes of page views, of WhatsApp messages and of the form on the page. */
class PageAndChatForesightTest {
    private static final Beginning LOOKED = new Beginning.Looked();
    private static final Person RINA =
            new Person("Rina Halim", "0812-3456-7890", "6281234567890", "rina@example.com", "Bandung", null);

    @Test
    void tellsEachPlatformOfPageViewsByItsOwnAdAndLeavesNoRowOfTheOthers() {
        LeadForesight lead = foresee(LOOKED, List.of(view(Network.META, Evidence.AD)));
        assertThat(lead.rows()).isEmpty();
        assertThat(lead.status()).isNull();
        assertThat(views(lead, MAIN)).containsExactly("PageView accepted null");
        assertThat(views(lead, EVERYBODY)).containsExactly("PageView accepted null");
        assertThat(views(lead, OLD_TOKEN)).containsExactly("PageView pending token_invalid");
        assertThat(views(lead, Ga4.SHOP)).isEmpty();
        assertThat(views(lead, Ga4.EVERYBODY)).containsExactly("page_view accepted synthetic_client_id");
        assertThat(views(lead, TikTok.SHOP)).isEmpty();
        assertThat(views(lead, TikTok.EVERYBODY)).containsExactly("ViewContent accepted null");
        assertThat(views(lead, LinkedIn.SHOP)).isEmpty();
        assertThat(views(lead, LinkedIn.EVERYBODY)).containsExactly("PAGE_VIEW accepted null");
        assertThat(views(lead, GoogleAds.WITHDRAWN)).isEmpty();
    }

    @Test
    void remembersTheAdOfTheFirstPageOnTheNext() {
        assertThat(views(
                        foresee(LOOKED, List.of(view(Network.META, Evidence.AD), view(Network.META, Evidence.NONE))),
                        MAIN))
                .containsExactly("PageView accepted null", "PageView accepted null");
    }

    @Test
    void reportsNoPageViewOfSomebodyWhoRefused() {
        Hit refused = hit(Hit.Kind.PAGEVIEW, Map.of(Network.META, Evidence.AD), true, null);
        assertThat(views(foresee(LOOKED, List.of(refused)), MAIN)).containsExactly("PageView skipped consent_denied");
    }

    @Test
    void knowsOnTheLinkWhatThePageKnew() {
        var tap = new Visit("promo", "", Map.of(), Map.of(), Map.of(), Set.of(), 0);
        var story = new Story(
                0,
                new Beginning.Tapped(),
                List.of(view(Network.META, Evidence.AD)),
                List.of(tap),
                List.of(),
                List.of());
        assertThat(rows(new LeadForesight(story), MAIN)).containsExactly("AddToCart accepted null");
        assertThat(rows(new LeadForesight(new Story(0, new Beginning.Tapped(), List.of(tap), List.of())), MAIN))
                .containsExactly("AddToCart skipped missing_click_id");
    }

    @Test
    void makesALeadOfWhoSaysTheirNameOnThePageAndNotOfAnEvent() {
        Hit event = hit(Hit.Kind.EVENT, Map.of(), false, null);
        Hit named = hit(Hit.Kind.IDENTIFY, Map.of(), false, RINA);
        assertThat(foresee(LOOKED, List.of(event)).status()).isNull();
        LeadForesight lead = foresee(new Beginning.Named(), List.of(event, named));
        assertThat(lead.status()).isEqualTo("new");
        assertThat(rows(lead, GoogleAds.SHOP)).containsExactly("6512340001 accepted processed");
    }

    @Test
    void mendsWithTheFirstMessageWhatLackedAContactAndMovesTheLeadOn() {
        var tap = new Visit("promo", "", Map.of(), Map.of(), Map.of(), Set.of(), 0);
        var silent = new Story(0, new Beginning.Tapped(), List.of(tap), List.of());
        assertThat(rows(new LeadForesight(silent), GoogleAds.SHOP))
                .containsExactly("6512340001 skipped insufficient_user_data");
        var writes = new Story(
                0, new Beginning.Tapped(), List.of(), List.of(tap), List.of(message(0, null)), List.<Step>of());
        LeadForesight lead = new LeadForesight(writes);
        assertThat(rows(lead, GoogleAds.SHOP))
                .containsExactly("6512340001 accepted processed", "6512340001 accepted processed");
        assertThat(lead.status()).isEqualTo("contacted");
    }

    @Test
    void makesALeadOfAStrangerWhoWritesAndReportsAnAdsChatAsOne() {
        assertThat(rows(wrote(null), MAIN))
                .containsExactly("AddToCart skipped missing_click_id", "Contact skipped missing_click_id");
        assertThat(rows(wrote(new Chat("ARAclick", "102290129340398")), MAIN))
                .containsExactly("LeadSubmitted accepted null", "null skipped no_mapping");
    }

    @Test
    void knowsOfAFormWhatWasTypedAndWhatThePageKnew() {
        var filled = new Beginning.Filled(Map.of(), Map.of(), RINA, 2);
        LeadForesight lead = foresee(filled, List.of(view(Network.TIKTOK, Evidence.AD)));
        assertThat(rows(lead, TikTok.SHOP)).containsExactly("ViewContent accepted null");
        assertThat(rows(lead, GoogleAds.SHOP)).containsExactly("6512340001 accepted processed");
        assertThat(lead.rows().stream()
                        .filter(r -> r.line().pixel().equals(GoogleAds.SHOP))
                        .findFirst()
                        .orElseThrow()
                        .contacts())
                .containsExactlyInAnyOrder("em", "ph");
    }

    private static LeadForesight wrote(@Nullable Chat chat) {
        return new LeadForesight(new Story(
                0, new Beginning.Wrote(), List.of(), List.of(), List.of(message(null, chat)), List.<Step>of()));
    }

    private static Message message(@Nullable Integer codeOf, @Nullable Chat chat) {
        return new Message("wamid.1", "Halo", codeOf, chat, 0, 1, 0);
    }

    private static Hit view(Network network, Evidence evidence) {
        return hit(Hit.Kind.PAGEVIEW, Map.of(network, evidence), false, null);
    }

    private static Hit hit(Hit.Kind kind, Map<Network, Evidence> evidence, boolean refuses, @Nullable Person person) {
        return new Hit(
                kind,
                "e1",
                null,
                "https://shop.example/",
                null,
                Map.of(),
                Map.of(),
                evidence,
                Set.of(),
                false,
                refuses,
                person,
                1);
    }

    private static LeadForesight foresee(Beginning beginning, List<Hit> hits) {
        return new LeadForesight(new Story(0, beginning, hits, List.of(), List.of(), List.of()));
    }

    private static List<String> views(LeadForesight lead, PixelPlan pixel) {
        return words(lead.views(), pixel);
    }

    private static List<String> rows(LeadForesight lead, PixelPlan pixel) {
        return words(new ArrayList<>(lead.rows()), pixel);
    }

    private static List<String> words(List<LeadForesight.Row> rows, PixelPlan pixel) {
        return rows.stream()
                .map(LeadForesight.Row::line)
                .filter(l -> l.pixel().equals(pixel))
                .map(l -> l.event() + " " + l.outcome() + " " + l.reason())
                .toList();
    }
}
