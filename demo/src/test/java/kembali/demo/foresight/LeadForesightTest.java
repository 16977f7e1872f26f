package kembali.demo.foresight;

import static kembali.demo.platform.Meta.EVERYBODY;
import static kembali.demo.platform.Meta.MAIN;
import static kembali.demo.platform.Meta.OLD_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
import kembali.demo.sample.Network;
import kembali.demo.sample.Person;
import kembali.demo.sample.Step;
import kembali.demo.sample.Step.Reach;
import kembali.demo.sample.Story;
import kembali.demo.sample.Visit;
import kembali.demo.sample.Visit.Evidence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeadForesightTest {
    @Test
    void reportsAnAdClickToEveryPixelAndLetsTheOldTokenWait() {
        assertThat(of(tapped(Evidence.AD)))
                .containsExactly(
                        "MAIN AddToCart accepted 10000",
                        "EVERYBODY AddToCart accepted 10000",
                        "OLD_TOKEN AddToCart pending token_invalid 10000");
    }

    @Test
    void tellsAStrictPixelNothingOfPeopleWithoutAnAdClickOfTheirOwn() {
        for (Evidence none : List.of(Evidence.NONE, Evidence.OLD_COOKIE, Evidence.COPIED)) {
            assertThat(of(tapped(none)))
                    .containsExactly(
                            "MAIN AddToCart skipped missing_click_id 10000",
                            "EVERYBODY AddToCart accepted 10000",
                            "OLD_TOKEN AddToCart skipped missing_click_id 10000");
        }
    }

    @Test
    void mendsASkippedRowWhenTheAdClickComesLater() {
        assertThat(of(tapped(Evidence.NONE, Evidence.AD))).contains("MAIN AddToCart accepted 10000");
        assertThat(of(tapped(Evidence.COOKIE, Evidence.NONE))).contains("MAIN AddToCart accepted 10000");
    }

    @Test
    void countsTwoStatusesOfOneEventOnceWithTheFirstOnesValue() {
        assertThat(at(
                        MAIN,
                        tapped(Evidence.AD),
                        reach("responded", "500000", null),
                        reach("qualified", "700000", null)))
                .containsExactly("AddToCart accepted 10000", "Lead accepted");
        assertThat(at(
                        MAIN,
                        tapped(Evidence.AD),
                        reach("negotiation", "500000", null),
                        reach("invoice", "700000", null)))
                .contains("AddPaymentInfo accepted 500000");
    }

    @Test
    void countsASaleOnceHoweverOftenItIsSaid() {
        Reach won = won("2500000", "INV-1", false);
        assertThat(at(MAIN, tapped(Evidence.AD), won, won, won))
                .containsExactly("AddToCart accepted 10000", "Purchase accepted 2500000");
    }

    @Test
    void countsAFurtherPurchaseOncePerOrder() {
        Reach second = won("900000", "INV-2", true);
        assertThat(at(MAIN, tapped(Evidence.AD), won("2500000", "INV-1", false), second, second))
                .containsExactly("AddToCart accepted 10000", "Purchase accepted 2500000", "Purchase accepted 900000");
        assertThat(at(MAIN, tapped(Evidence.AD), won("2500000", "INV-1", false), won("1", "INV-1", true)))
                .hasSize(2);
    }

    @Test
    void needsTheValueOfASaleAndMendsItWhenItComes() {
        assertThat(at(MAIN, tapped(Evidence.AD), won(null, null, false))).contains("Purchase skipped missing_value");
        assertThat(at(MAIN, tapped(Evidence.AD), won(null, null, false), won("800000", "INV-1", false)))
                .contains("Purchase accepted 800000");
        assertThat(at(MAIN, tapped(Evidence.AD), reach("proposal", "600000", null), won(null, null, false)))
                .contains("Purchase accepted 600000");
    }

    @Test
    void leavesOutWhatHappenedTooLongAgo() {
        var late = new Reach("won", null, "800000", "INV-1", false, 9, 1);
        assertThat(of(tapped(Evidence.AD), late))
                .contains(
                        "MAIN Purchase skipped event_too_old 800000",
                        "EVERYBODY Purchase skipped event_too_old 800000");
    }

    @Test
    void stopsWhatWaitsAndWhatComesAfterARefusal() {
        assertThat(of(tapped(Evidence.AD), new Step.Deny(), reach("contacted", null, null)))
                .containsExactly(
                        "MAIN AddToCart accepted 10000",
                        "EVERYBODY AddToCart accepted 10000",
                        "OLD_TOKEN AddToCart skipped consent_denied 10000",
                        "MAIN Contact skipped consent_denied",
                        "EVERYBODY Contact skipped consent_denied",
                        "OLD_TOKEN Contact skipped consent_denied");
    }

    @Test
    void sendsNothingWhereNothingIsMapped() {
        assertThat(of(tapped(Evidence.AD), reach("lost", null, null)))
                .contains("MAIN Archive accepted", "EVERYBODY null skipped no_mapping");
    }

    @Test
    void cannotReportSomebodyNobodyKnows() {
        var nobody = submitted(false, false);
        assertThat(of(nobody)).allMatch(row -> row.contains("skipped insufficient_user_data"));
        var described = new Step.Describe(new Person(null, null, null, "a@example.com", null, null));
        assertThat(at(EVERYBODY, nobody, described, reach("contacted", null, null)))
                .contains("Contact accepted");
    }

    @Test
    void foreseesHowTheMainPixelsPlatformTreatsASingledEvent() {
        var complains = new Step.Singled(reach("contacted", null, null), Step.Treatment.META_COMPLAINS);
        var refuses = new Step.Singled(reach("hot", null, null), Step.Treatment.META_REFUSES);
        assertThat(at(MAIN, submitted(true, true), complains, refuses))
                .contains("Contact partial_failure platform_message", "SubmitApplication failed event_refused");
        assertThat(at(OLD_TOKEN, submitted(true, true), complains)).contains("Contact pending token_invalid");
    }

    @Test
    void endsAtTheStatusSaidLast() {
        assertThat(new LeadForesight(story(tapped(Evidence.AD), reach("hot", null, null), reach("lost", null, null)))
                        .status())
                .isEqualTo("lost");
    }

    @Test
    void tellsStrictGa4OnlyOfVisitsItKnowsWhateverWasClicked() {
        assertThat(at(Ga4.SHOP, visited(visit(Network.GOOGLE, Evidence.AD))))
                .containsExactly("generate_lead skipped missing_client_id 10000");
        assertThat(at(Ga4.SHOP, visited(visit(Network.META, Evidence.NONE, Network.GOOGLE))))
                .containsExactly("generate_lead accepted received_unvalidated 10000");
        assertThat(at(Ga4.EVERYBODY, tapped(Evidence.AD)))
                .containsExactly("generate_lead accepted synthetic_client_id 10000");
    }

    @Test
    void tellsGa4OfTheFirstWorkingStatusOnlyAndOfASaleWithoutValue() {
        assertThat(at(
                        Ga4.EVERYBODY,
                        submitted(true, true),
                        reach("contacted", null, null),
                        reach("proposal", "600000", null),
                        reach("lost", null, null)))
                .containsExactly(
                        "generate_lead accepted received_unvalidated 10000",
                        "working_lead accepted received_unvalidated",
                        "close_unconvert_lead accepted received_unvalidated");
        assertThat(at(Ga4.SHOP, submitted(true, true), won(null, null, false)))
                .contains("purchase accepted received_unvalidated");
        assertThat(at(Ga4.SHOP, submitted(true, true), new Reach("won", null, "1", "INV-1", false, 9, 1)))
                .contains("purchase accepted clamped_72h 1");
    }

    @Test
    void tellsGoogleAdsOfEachStatusByItselfAndOfSalesUnderAnActionOfTheirOwn() {
        assertThat(at(
                        GoogleAds.SHOP,
                        submitted(true, true),
                        reach("contacted", null, null),
                        reach("lost", null, null),
                        won("5", "INV-1", false)))
                .containsExactly(
                        "6512340001 accepted processed 10000",
                        "6512340001 accepted processed",
                        "null skipped no_mapping",
                        "6512340002 accepted processed 5");
    }

    @Test
    void needsAGoogleClickOrAContactForGoogleAds() {
        assertThat(at(GoogleAds.SHOP, visited(visit(Network.GOOGLE, Evidence.AD))))
                .containsExactly("6512340001 accepted processed 10000");
        assertThat(at(GoogleAds.SHOP, visited(visit(Network.GOOGLE, Evidence.COPIED))))
                .containsExactly("6512340001 skipped insufficient_user_data 10000");
        assertThat(at(GoogleAds.SHOP, visited(visit(Network.GOOGLE, Evidence.OLD_COOKIE))))
                .containsExactly("6512340001 skipped event_too_old 10000");
        assertThat(at(
                        GoogleAds.WITHDRAWN,
                        tapped(Evidence.AD),
                        new Step.Describe(new Person(null, null, null, "a@example.com", null, null)),
                        reach("contacted", null, null)))
                .containsExactly(
                        "6512349001 skipped insufficient_user_data 10000", "6512349001 pending reconnect_needed");
    }

    @Test
    void foreseesWhatComesOfLostAnswersAndLateRefusalsAtGoogle() {
        var lost = new Step.Singled(reach("contacted", null, null), Step.Treatment.GA4_LOSES_THE_ANSWER);
        var late = new Step.Singled(reach("hot", null, null), Step.Treatment.GOOGLE_ADS_REFUSES_LATER);
        var twin = new Step.Singled(won("5", "INV-1", false), Step.Treatment.GOOGLE_ADS_LOSES_THE_ANSWER);
        assertThat(at(Ga4.SHOP, submitted(true, true), lost)).contains("working_lead failed answer_lost");
        assertThat(at(GoogleAds.SHOP, submitted(true, true), late, twin))
                .contains("6512340001 failed click_of_other_account", "6512340002 accepted duplicate 5");
    }

    @Test
    void tellsStrictTikTokOfItsClicksAndOfBrowsersItsPixelKnows() {
        assertThat(at(TikTok.SHOP, visited(visit(Network.TIKTOK, Evidence.AD))))
                .containsExactly("ViewContent accepted 10000");
        assertThat(at(TikTok.SHOP, visited(visit(Network.META, Evidence.AD, Network.TIKTOK))))
                .containsExactly("ViewContent accepted 10000");
        assertThat(at(TikTok.SHOP, visited(visit(Network.TIKTOK, Evidence.COPIED))))
                .containsExactly("ViewContent skipped missing_click_id 10000");
        assertThat(at(TikTok.EVERYBODY, tapped(Evidence.NONE))).containsExactly("ViewContent accepted 10000");
        assertThat(at(TikTok.EVERYBODY, submitted(true, true)))
                .containsExactly("ViewContent skipped missing_page_url 10000");
        assertThat(at(TikTok.EVERYBODY, submitted(false, false)))
                .containsExactly("ViewContent skipped insufficient_user_data 10000");
    }

    @Test
    void tellsTikTokNoMoreOfALostLeadItHasSeenAlready() {
        assertThat(at(TikTok.SHOP, visited(visit(Network.TIKTOK, Evidence.AD)), reach("lost", null, null)))
                .hasSize(1);
        assertThat(at(TikTok.SHOP, visited(visit(Network.TIKTOK, Evidence.AD)), won(null, null, false)))
                .contains("Purchase accepted");
    }

    @Test
    void cannotTellLinkedInOfPeopleKnownByTheirNumberOnly() {
        var number = submitted(new Person(null, "0812", "62812", null, null, null), null);
        var half = submitted(new Person("Suharti", "0812", "62812", null, null, null), null);
        var whole = submitted(new Person("Budi Santoso", "0812", "62812", null, null, null), null);
        assertThat(at(LinkedIn.EVERYBODY, number)).containsExactly("PAGE_VIEW skipped no_phone_matching 10000");
        assertThat(at(LinkedIn.EVERYBODY, half)).containsExactly("PAGE_VIEW skipped no_phone_matching 10000");
        assertThat(at(LinkedIn.EVERYBODY, whole)).containsExactly("PAGE_VIEW accepted 10000");
        assertThat(at(LinkedIn.SHOP, whole)).containsExactly("PAGE_VIEW skipped missing_click_id 10000");
        assertThat(at(LinkedIn.EVERYBODY, tapped(Evidence.NONE))).containsExactly("PAGE_VIEW accepted 10000");
    }

    @Test
    void tellsLinkedInNothingWithoutAConversionRule() {
        var clicked = visited(visit(Network.LINKEDIN, Evidence.AD));
        assertThat(at(LinkedIn.SHOP, clicked, reach("proposal", "600000", null), reach("lost", null, null)))
                .containsExactly(
                        "PAGE_VIEW accepted 10000",
                        "REQUEST_QUOTE skipped conversion_id_missing 600000",
                        "Archive skipped conversion_id_missing");
        assertThat(at(LinkedIn.EVERYBODY, clicked, reach("proposal", "600000", null)))
                .contains("REQUEST_QUOTE accepted 600000");
    }

    @Test
    void tellsMetaOfChatsInTheirOwnWordsAndUnderTheirAccount() {
        var known = submitted(Person.UNKNOWN, new Chat("ARAclick", "102290129340398"));
        var unknown = submitted(Person.UNKNOWN, new Chat("ARAclick", null));
        assertThat(at(MAIN, known, reach("contacted", null, null), reach("hot", null, null), won("5", "INV-1", false)))
                .containsExactly(
                        "LeadSubmitted accepted 10000",
                        "null skipped no_mapping",
                        "AddToCart accepted",
                        "Purchase accepted 5");
        assertThat(at(MAIN, unknown)).containsExactly("LeadSubmitted skipped missing_waba_id 10000");
        assertThat(at(EVERYBODY, unknown)).containsExactly("LeadSubmitted accepted 10000");
        assertThat(at(MAIN, known, won(null, null, false))).contains("Purchase skipped missing_value");
        assertThat(at(OLD_TOKEN, known)).containsExactly("LeadSubmitted pending token_invalid 10000");
    }

    @Test
    void foreseesATakenPartAtTikTokAndALostAnswerAtLinkedIn() {
        var part = new Step.Singled(reach("hot", null, null), Step.Treatment.TIKTOK_TAKES_A_PART);
        assertThat(at(TikTok.SHOP, visited(visit(Network.TIKTOK, Evidence.AD)), part))
                .contains("SubmitApplication partial_failure taken_in_part");
        var lost = new Step.Singled(won("5", "INV-1", false), Step.Treatment.LINKEDIN_LOSES_THE_ANSWER);
        assertThat(at(LinkedIn.SHOP, visited(visit(Network.LINKEDIN, Evidence.AD)), lost))
                .contains("PURCHASE accepted 5");
    }

    private static final Map<PixelPlan, String> NAMES =
            Map.of(MAIN, "MAIN", EVERYBODY, "EVERYBODY", OLD_TOKEN, "OLD_TOKEN");

    private record Begun(Beginning beginning, List<Visit> visits) {}

    private static Begun tapped(Evidence... evidence) {
        return new Begun(
                new Beginning.Tapped(),
                Arrays.stream(evidence).map(e -> visit(Network.META, e)).toList());
    }

    private static Visit visit(Network network, Evidence evidence, Network... tags) {
        return visit(network, evidence, Set.of(tags));
    }

    private static Visit visit(Network network, Evidence evidence, Set<Network> tags) {
        return new Visit("promo", "", Map.of(), Map.of(), Map.of(network, evidence), tags, 0);
    }

    private static Begun visited(Visit... visits) {
        return new Begun(new Beginning.Tapped(), List.of(visits));
    }

    private static Begun submitted(boolean click, boolean known) {
        Person person = new Person(null, null, known ? "6281234567890" : null, null, null, null);
        Set<Network> clicks = click ? Set.of(Network.values()) : Set.of();
        return new Begun(
                new Beginning.Submitted(
                        Map.of(),
                        person,
                        clicks,
                        click ? Set.of(Network.GOOGLE) : Set.of(),
                        null,
                        false,
                        false,
                        Beginning.How.ALONE),
                List.of());
    }

    private static Begun submitted(Person person, @Nullable Chat chat) {
        Set<Network> clicks = chat == null ? Set.of() : Set.of(Network.META);
        return new Begun(
                new Beginning.Submitted(Map.of(), person, clicks, Set.of(), chat, false, false, Beginning.How.ALONE),
                List.of());
    }

    private static Reach reach(String status, @Nullable String estimated, @Nullable String actual) {
        return new Reach(status, estimated, actual, null, false, 0, 1);
    }

    private static Reach won(@Nullable String actual, @Nullable String order, boolean repeat) {
        return new Reach("won", null, actual, order, repeat, 0, 1);
    }

    private static Story story(Begun begun, Step... steps) {
        return new Story(0, begun.beginning, begun.visits, List.of(steps));
    }

    private static List<String> of(Begun begun, Step... steps) {
        return new LeadForesight(story(begun, steps))
                .rows().stream()
                        .filter(r -> NAMES.containsKey(r.line().pixel()))
                        .map(r -> NAMES.get(r.line().pixel()) + " " + words(r))
                        .toList();
    }

    private static List<String> at(PixelPlan pixel, Begun begun, Step... steps) {
        return new LeadForesight(story(begun, steps))
                .rows().stream()
                        .filter(r -> r.line().pixel().equals(pixel))
                        .map(LeadForesightTest::words)
                        .toList();
    }

    private static String words(LeadForesight.Row r) {
        return r.line().event() + " " + r.line().outcome()
                + (r.line().reason() == null ? "" : " " + r.line().reason())
                + (r.money().isSome() ? " " + r.money().amount().toPlainString() : "");
    }
}
