package kembali.demo.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;
import kembali.demo.platform.Ga4;
import kembali.demo.platform.GoogleAds;
import kembali.demo.platform.LinkedIn;
import kembali.demo.platform.Meta;
import kembali.demo.platform.Subject;
import kembali.demo.sample.Person;
import org.junit.jupiter.api.Test;

class TakingsTest {
    private final Takings.Count count = new Takings.Count(whose -> whose.equals("e1") || whose.equals("kbl-7")
            ? new Subject(
                    new Person("Rina Halim", "0812-3456-7890", "6281234567890", "Rina@Example.com", null, null),
                    "ld_7",
                    "ABC2345")
            : null);

    @Test
    void countsARepeatedEventOnce() throws Exception {
        summary("""
                {"requests":9,"rows":[
                  {"platform":"meta","pixelId":"100200300400501","event":"Lead","verdict":"accepted","count":7},
                  {"platform":"meta","pixelId":"100200300400503","event":"","verdict":"refused 190/463","count":2}],
                 "duplicates":{"count":2,"unexplained":1,"items":[
                  {"platform":"meta","pixelId":"100200300400501","event":"Lead","eventId":"e1","times":3}]}}""");
        Takings t = count.takings();
        assertThat(t.distinct()).isEqualTo(Map.of(Meta.MAIN, Map.of("Lead", 5)));
        assertThat(t.others()).isEqualTo(Map.of(Meta.OLD_TOKEN, Map.of("refused 190/463", 2)));
        assertThat(t.repeated()).isEqualTo(2);
        assertThat(t.unexplained()).isEqualTo(1);
    }

    @Test
    void tellsGooglesEventsByTheirActionAndCountsTokensApart() throws Exception {
        summary("""
                {"rows":[
                  {"platform":"google_data_manager","pixelId":"6512340002","event":"conversion","verdict":"accepted","count":4},
                  {"platform":"google_oauth","pixelId":"482913570001-shop.apps.googleusercontent.com",
                   "event":"refresh_token","verdict":"accepted","count":2}]}""");
        assertThat(count.takings().distinct()).isEqualTo(Map.of(GoogleAds.SHOP, Map.of("6512340002", 4)));
        assertThat(count.takings().tokens()).isEqualTo(Map.of(GoogleAds.SHOP, 2));
    }

    @Test
    void tellsLinkedInsEventsByTheirConversionRule() throws Exception {
        summary("""
                {"rows":[
                  {"platform":"linkedin","pixelId":"20904015","event":"PURCHASE","verdict":"accepted","count":4},
                  {"platform":"linkedin","pixelId":"20904021","event":"KEY_PAGE_VIEW","verdict":"accepted","count":9}]}""");
        assertThat(count.takings().distinct())
                .isEqualTo(Map.of(LinkedIn.SHOP, Map.of("PURCHASE", 4), LinkedIn.EVERYBODY, Map.of("PAGE_VIEW", 9)));
    }

    @Test
    void noticesChatsAndFormLeadsThatSharedARequest() throws Exception {
        String event = """
                {"platform":"meta","request":%d,"pixelId":"100200300400501","event":"Lead","eventId":"%s",
                 "body":{"event_id":"%s","action_source":"%s"%s}}""";
        String lead = ",\"user_data\":{\"lead_id\":123456789012345}";
        count.event(Api.JSON.readTree(event.formatted(1, "a", "a", "business_messaging", "")));
        count.event(Api.JSON.readTree(event.formatted(2, "b", "b", "system_generated", lead)));
        count.event(Api.JSON.readTree(event.formatted(3, "c", "c", "website", "")));
        count.event(Api.JSON.readTree(event.formatted(3, "d", "d", "website", "")));
        assertThat(count.takings().crowded()).isZero();
        count.event(Api.JSON.readTree(event.formatted(2, "e", "e", "website", "")));
        assertThat(count.takings().crowded()).isEqualTo(2);
    }

    @Test
    void findsHashesNobodyLooksFor() throws Exception {
        count.event(Api.JSON.readTree("""
                {"platform":"tiktok","pixelId":"BAT1KAYUSH0P00000001","event":"Lead","eventId":"e1",
                 "body":{"event_id":"e1","user":{"gaid":"62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd"}}}"""));
        assertThat(count.takings().hashes()).isEqualTo(1);
        assertThat(count.takings().wrong()).containsExactly("TikTok of e1: 1 hashes the demo knows nothing about");
    }

    @Test
    void countsContactsOfDifferentEventsAndWhatTheSandboxDoesNotRecognise() throws Exception {
        String event = """
                {"platform":"ga4","pixelId":"G-BAT1KAYU01","event":"purchase","eventId":"%s",
                 "matchKeys":["sha256_email_address","sha256_phone_number"],"recognised":["sha256_email_address"],
                 "warnings":[{"code":"clamped_72h"}],"body":{}}""";
        count.event(Api.JSON.readTree(event.formatted("e1")));
        count.event(Api.JSON.readTree(event.formatted("e1")));
        count.event(Api.JSON.readTree(event.formatted("e2")));
        Takings t = count.takings();
        assertThat(t.contacts()).isEqualTo(Map.of(Ga4.SHOP, Map.of("em", 2, "ph", 2)));
        assertThat(t.unrecognised()).isEqualTo(2);
        assertThat(t.warnings().values()).containsExactly(Map.of("clamped_72h", 3));
    }

    @Test
    void comparesEachHashWithThatOfThePersonWhoseEventItIs() throws Exception {
        String right = "dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725";
        String plus = "62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd";
        String meta = """
                {"platform":"meta","pixelId":"100200300400501","event":"Lead","eventId":"%s",
                 "body":{"event_id":"%s","user_data":{"ph":["%s"]}}}""";
        String google = """
                {"platform":"google_data_manager","pixelId":"6512340001","event":"conversion","eventId":"kbl-7-won",
                 "body":{"transactionId":"kbl-7-won","userData":{"userIdentifiers":[{"phoneNumber":"%s"}]}}}""";
        count.event(Api.JSON.readTree(meta.formatted("e1", "e1", right)));
        count.event(Api.JSON.readTree(google.formatted(plus)));
        assertThat(count.takings().wrong()).isEmpty();
        count.event(Api.JSON.readTree(google.formatted(right)));
        count.event(Api.JSON.readTree(meta.formatted("e9", "e9", right)));
        Takings t = count.takings();
        assertThat(t.hashes()).isEqualTo(4);
        assertThat(t.wrong()).hasSize(2);
        assertThat(t.wrong().getFirst())
                .startsWith("Google Ads ph of kbl-7: " + right)
                .endsWith(plus);
        assertThat(t.wrong().getLast()).endsWith("(nobody's event)");
    }

    @Test
    void doesNotOverlookAnEventForAStrangePixel() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> summary(
                                "{\"rows\":[{\"platform\":\"meta\",\"pixelId\":\"1\",\"event\":\"Lead\",\"verdict\":\"accepted\",\"count\":1}]}"));
    }

    private void summary(String json) throws JsonProcessingException {
        count.summary(Api.JSON.readTree(json));
    }
}
