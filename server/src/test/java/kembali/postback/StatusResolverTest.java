package kembali.postback;

import static kembali.postback.Postbacks.NATIVE;
import static kembali.postback.Postbacks.get;
import static kembali.postback.Postbacks.resolve;
import static kembali.postback.Postbacks.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.lead.LeadStatus;
import kembali.postback.ConversionStatus.Effect;
import kembali.postback.ConversionStatus.Money;
import kembali.postback.StatusResolution.By;
import kembali.postback.StatusResolution.Known;
import kembali.postback.StatusVocabulary.Votes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusResolverTest {
    private static final ConversionStatus CALL =
            ConversionStatus.custom("call", Money.NONE, new Effect.Reaches("contacted"));

    private static SourceRules mapping(Map<String, StatusMeaning> map) {
        return NATIVE.withStatuses(new StatusRules(map, List.of(CALL), null));
    }

    private static By by(String query, SourceRules rules) {
        return ((Known) resolve(query, rules)).by();
    }

    @Test
    void asksInOrder() {
        var rules = mapping(Map.of("paid", new StatusMeaning.Conversion(ConversionStatus.HOLD)));
        Map<String, StatusMeaning> workspace =
                Map.of("paid", new StatusMeaning.Conversion(ConversionStatus.LEAD), "SALE", new StatusMeaning.Ignore());

        assertThat(by("subid=A&status=paid&ignore_status=paid&sale_status=paid", rules))
                .isEqualTo(By.REQUEST_IGNORE_LIST);
        assertThat(by("subid=A&status=paid&sale_status=paid", rules)).isEqualTo(By.REQUEST_LIST);
        assertThat(by("subid=A&status=paid", rules)).isEqualTo(By.SOURCE_MAP);
        assertThat(StatusResolver.resolve(get("subid=A&status=paid"), StatusRules.NONE, workspace))
                .isEqualTo(new Known("paid", new StatusMeaning.Conversion(ConversionStatus.LEAD), By.WORKSPACE_MAP));
        assertThat(StatusResolver.resolve(get("subid=A&status=sale"), StatusRules.NONE, workspace))
                .isEqualTo(new Known("sale", new StatusMeaning.Ignore(), By.WORKSPACE_MAP));
        assertThat(by("subid=A&status=sale", rules)).isEqualTo(By.NAME);
        assertThat(by("subid=A&status=call", rules)).isEqualTo(By.NAME);
        assertThat(by("subid=A&status=paid", NATIVE)).isEqualTo(By.VOCABULARY);
    }

    @ParameterizedTest
    @CsvSource({
        "pending,lead",
        "Pending,lead",
        "confirmed,sale",
        "CANCELLED,rejected",
        "declined,rejected",
        "first-dep,sale",
        "first%20dep,sale",
        "chargeback,chargeback",
        "refund,refund",
        "registration,registration",
        "deposit,deposit"
    })
    void knowsTheWordsOnWhichNetworksAgree(String sent, String expected) {
        assertThat(status("subid=A&status=" + sent)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "approved",
                "1",
                "2",
                "3",
                "5",
                "dep",
                "subscribe",
                "0",
                "accept",
                "accepted",
                "success",
                "valid",
                "sms"
            })
    void leavesWordsOfTwoMeaningsToAPerson(String word) {
        var unmapped = (StatusResolution.Unmapped) resolve("subid=A&status=" + word, NATIVE);

        assertThat(unmapped.reason()).isEqualTo("ambiguous_status");
        assertThat(unmapped.votes().all()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "a", "p", "on", "-1", "10", "1x5", "purchase", "sent", "vr"})
    void oneNetworksWordOrCodeIsNoAgreement(String word) {
        assertThat(status("subid=A&status=" + word)).isEqualTo("unmapped:unknown_status");
    }

    @Test
    void holdIsOursAlthoughNetworksUseItForLeads() {
        assertThat(status("subid=A&status=hold")).isEqualTo("hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Free Trial", "free  trial", "free-trial", "%20free_trial%20", "FREE%2520TRIAL"})
    void comparesWordsWithoutRegardToCaseSpacesAndDashes(String sent) {
        var rules = mapping(Map.of("free trial", new StatusMeaning.Conversion(ConversionStatus.REGISTRATION)));

        assertThat(status("subid=A&status=" + sent.replace(" ", "%20"), rules)).isEqualTo("registration");
    }

    @Test
    void pastedListIsOneUnknownWord() {
        assertThat(status("subid=A&status=reg,dep,lead,approve,reject,rebill")).isEqualTo("unmapped:unknown_status");
    }

    @Test
    void ofSeveralListsTheFirstOneOfTheRequestCounts() {
        assertThat(status("subid=A&status=x&hold_status=x&sale_status=x")).isEqualTo("hold");
        assertThat(status("subid=A&status=x&sale_status=x&hold_status=x")).isEqualTo("sale");
    }

    @Test
    void listsKnowOwnStatuses() {
        assertThat(status("subid=A&status=x&call_status=x", mapping(Map.of()))).isEqualTo("call");
        assertThat(status("subid=A&status=x&call_status=x")).isEqualTo("unmapped:unknown_status");
    }

    @Test
    void mapsStraightToAStatusOfThePipeline() {
        StatusMeaning stage = StatusMeaning.parse("Invoice", List.of(CALL), LeadStatus.SALES);

        assertThat(stage).isEqualTo(new StatusMeaning.LeadStage("invoice"));
        assertThat(StatusMeaning.parse("call", List.of(CALL), LeadStatus.SALES))
                .isEqualTo(new StatusMeaning.Conversion(CALL));
        assertThat(StatusMeaning.parse("ignore", List.of(), LeadStatus.SALES)).isEqualTo(new StatusMeaning.Ignore());
        assertThat(StatusMeaning.parse("nonsense", List.of(), LeadStatus.SALES)).isNull();
        assertThat(status("subid=A&status=billed", mapping(Map.of("billed", new StatusMeaning.LeadStage("invoice")))))
                .isEqualTo("invoice");
    }

    @Test
    void tableHoldsWhatWasCounted() {
        var vocabulary = StatusVocabulary.builtIn();

        assertThat(vocabulary.all()).hasSize(159);
        assertThat(vocabulary.votes("approved")).isEqualTo(new Votes("approved", 2, 41, 0));
        assertThat(vocabulary.votes("approved").suggestion()).isEqualTo(ConversionStatus.SALE);
        assertThat(vocabulary.votes("sms").suggestion()).isNull();
        assertThat(vocabulary.votes("frobnicate").suggestion()).isNull();
        assertThat(vocabulary.votes("free_trial").lead()).isEqualTo(1);
    }

    @Test
    void ownStatusNeedsAWordOfItsOwn() {
        assertThatThrownBy(() -> ConversionStatus.custom("sale", Money.NONE, new Effect.None()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConversionStatus.custom("Big Sale", Money.NONE, new Effect.None()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "lead,,new",
        "lead,pageview,new",
        "lead,new,",
        "lead,contacted,responded",
        "lead,responded,",
        "lead,won,",
        "lead,lost,responded",
        "registration,new,qualified",
        "registration,proposal,",
        "registration,lost,qualified",
        "deposit,new,won",
        "sale,contacted,won",
        "sale,won,",
        "sale,lost,won",
        "rebill,won,",
        "hold,new,",
        "rejected,won,lost",
        "rejected,lost,",
        "trash,new,lost",
        "refund,won,lost",
        "chargeback,won,lost"
    })
    void movesTheLeadOnward(String word, @Nullable String current, @Nullable String expected) {
        ConversionStatus s = ConversionStatus.canonical(word);

        assertThat(Postbacks.there(s).leadStatusAfter(current, LeadStatus.SALES))
                .isEqualTo(expected);
    }

    @Test
    void movesTheLeadInAPipelineWithoutResponded() {
        assertThat(ConversionStatus.LEAD.leadStatusAfter("contacted", List.of("new", "contacted", "won", "lost")))
                .isNull();
        var own = new ArrayList<>(LeadStatus.SALES);
        own.add(5, "hello");
        assertThat(ConversionStatus.SALE.leadStatusAfter("hello", own)).isEqualTo("won");
    }

    @ParameterizedTest
    @CsvSource({
        "lead,HELD",
        "registration,NONE",
        "deposit,CONFIRMED",
        "sale,CONFIRMED",
        "rebill,CONFIRMED",
        "hold,HELD",
        "rejected,REJECTED",
        "trash,REJECTED",
        "refund,REFUNDED",
        "chargeback,REFUNDED"
    })
    void knowsWhereTheMoneyBelongs(String word, Money money) {
        assertThat(ConversionStatus.canonical(word))
                .extracting(ConversionStatus::money)
                .isEqualTo(money);
    }
}
