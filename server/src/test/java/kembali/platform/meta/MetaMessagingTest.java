package kembali.platform.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.platform.ConversionEvent.Origin;
import kembali.platform.Destination;
import kembali.platform.Endpoints;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.ProbeResult;
import kembali.platform.ProbeStep;
import kembali.platform.Retry;
import kembali.platform.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaMessagingTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
    private static final ClickIds CHAT =
            ClickIds.NONE.with(ClickIds.CTWA_CLID, ClickId.of("ARAkExampleOnly", 1794970000123L));
    private static final String OWN_TOKEN = "token-for-messaging-alone";
    private static final Map<String, Object> SETTINGS = Map.of(
            "pixelId", "1234567890123456",
            "whatsappBusinessAccountId", "102290129340398",
            "messagingDatasetId", "2345678901234567");
    private static final Prepared.Ready MESSAGE =
            new Prepared.Ready("{}", List.of("ctwa_clid"), MetaMessaging.ROUTE, true);
    private static final Prepared.Ready WEBSITE = new Prepared.Ready("{}", List.of("fbc"), "", false);

    @ParameterizedTest
    @CsvSource({"CHAT, metaMessaging", "CRM, metaMessaging", "WEB, meta", "POSTBACK, meta"})
    void choosesTheColumnByWhereItHappened(Origin origin, String column) {
        assertThat(pixel(Map.of()).column(CHAT, origin)).isEqualTo(column);
    }

    @Test
    void choosesTheWebsitesColumnWithoutAClickThatMayBeAttributed() {
        for (ClickIds clicks : List.of(
                ClickIds.NONE,
                ClickIds.NONE.with(ClickIds.FBCLID, ClickId.of("IwAR2F4-dbP0_aem_x1", 1)),
                ClickIds.NONE.with(ClickIds.CTWA_CLID, ClickId.of(" ", 1)),
                ClickIds.NONE.with(ClickIds.CTWA_CLID, new ClickId("ARAkExampleOnly", 1, true, false)))) {
            assertThat(pixel(Map.of()).column(clicks, Origin.CHAT))
                    .as("%s", clicks)
                    .isEqualTo("meta");
        }
    }

    @Test
    void sendsEachWhatsAppAccountsChatsToItsOwnDataset() {
        Destination pixel = new MetaPlatform()
                .destination(
                        Map.of(
                                "pixelId",
                                "1234567890123456",
                                "messagingDatasets",
                                Map.of("111", "9001", "222", 9002L, "333", "")),
                        Map.of("accessToken", "EAABsbCS1iHgBAExampleTokenOnly"),
                        Endpoints.USUAL);
        assertThat(List.of("messaging:111", "messaging:222", "messaging:333", "messaging"))
                .map(route -> pixel.request(List.of(new Prepared.Ready("{}", List.of(), route, true)), null)
                        .uri()
                        .getPath())
                .map(path -> path.split("/", -1)[2])
                .containsExactly("9001", "9002", "1234567890123456", "1234567890123456");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"12a | 9001", "111 | x", "111 | 9001.5", "'' | 9001"})
    void refusesADatasetOrAccountThatIsNoNumber(String account, String dataset) {
        Map<String, Object> settings =
                Map.of("pixelId", "1234567890123456", "messagingDatasets", Map.of(account, dataset));
        assertThat(new MetaPlatform().check(settings, Map.of("accessToken", "EAABsbCS1iHgBAExampleTokenOnly")))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.field()).isEqualTo("settings.messagingDatasets");
                    assertThat(error.message()).contains("digits", "102290129340398");
                });
    }

    @Test
    void sendsChatsToTheirOwnDatasetWithTheirOwnToken() {
        Destination pixel = pixel(Map.of("messagingAccessToken", OWN_TOKEN));
        PlatformRequest message = pixel.request(List.of(MESSAGE), null);
        assertThat(message.uri()).hasPath("/v26.0/2345678901234567/events");
        assertThat(message.headers()).containsEntry("Authorization", "Bearer " + OWN_TOKEN);
        PlatformRequest website = pixel.request(List.of(WEBSITE), null);
        assertThat(website.uri()).hasPath("/v26.0/1234567890123456/events");
        assertThat(website.headers()).containsEntry("Authorization", "Bearer " + MetaPlatformTest.TOKEN);
        assertThat(pixel.toString() + message + website).doesNotContain(OWN_TOKEN, MetaPlatformTest.TOKEN);
    }

    @Test
    void sendsChatsWithThePixelsTokenWhenTheyHaveNone() {
        assertThat(pixel(Map.of()).request(List.of(MESSAGE), null).headers())
                .containsEntry("Authorization", "Bearer " + MetaPlatformTest.TOKEN);
    }

    @Test
    void letsTheWebsiteGoOnWhenOnlyTheTokenForChatsIsBad() {
        var reply =
                new PlatformReply(400, Map.of(), "{\"error\":{\"code\":190,\"message\":\"Bad " + OWN_TOKEN + "\"}}");
        Verdict verdict = pixel(Map.of("messagingAccessToken", OWN_TOKEN)).read(reply, List.of(MESSAGE), NOW);
        assertThat(verdict.toString())
                .contains("messaging_token_invalid", "***")
                .doesNotContain(OWN_TOKEN);
        assertThat(retry(verdict)).isInstanceOf(Retry.Later.class);
        assertThat(retry(pixel(Map.of("messagingAccessToken", OWN_TOKEN)).read(reply, List.of(WEBSITE), NOW)))
                .isEqualTo(Retry.AFTER_FIX);
        assertThat(retry(pixel(Map.of()).read(reply, List.of(MESSAGE), NOW)))
                .as("a token both share")
                .isEqualTo(Retry.AFTER_FIX);
    }

    @Test
    void asksForChatsTooOnceTheWebsiteIsConnected() {
        var website = (ProbeStep.Ask) pixel(Map.of()).probe(NOW);
        var chats = (ProbeStep.Ask) website.next().apply(refusal(100, 2804003, "Invalid parameter"));
        assertThat(chats.request().uri()).hasPath("/v26.0/2345678901234567/events");
        assertThat(chats.request().body())
                .isEqualTo("{\"data\":[{\"event_name\":\"LeadSubmitted\",\"event_time\":" + NOW.getEpochSecond()
                        + ",\"event_id\":\"kmb_probe\",\"action_source\":\"business_messaging\""
                        + ",\"messaging_channel\":\"whatsapp\",\"user_data\":{"
                        + "\"whatsapp_business_account_id\":\"102290129340398\",\"ctwa_clid\":\"kembali-probe\"}}]"
                        + ",\"partner_agent\":\"kembali\"}");
    }

    @Test
    void asksNothingOfChatsWhenTheWebsiteFailsOrNoAccountIsEntered() {
        var website = (ProbeStep.Ask) pixel(Map.of()).probe(NOW);
        assertThat(website.next().apply(refusal(190, 0, "Bad token"))).isInstanceOf(ProbeStep.Found.class);
        var plain = (ProbeStep.Ask) new MetaPlatform()
                .destination(
                        Map.of("pixelId", "1234567890123456", "messagingDatasetId", "2345678901234567"),
                        Map.of("accessToken", MetaPlatformTest.TOKEN),
                        Endpoints.USUAL)
                .probe(NOW);
        assertThat(plain.next().apply(refusal(100, 2804003, "Invalid parameter")))
                .isInstanceOf(ProbeStep.Found.class);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 2804087, true, connected",
        "100, 33, false, messaging_dataset_not_found",
        "10, 0, false, messaging_permission_missing",
        "190, 0, false, token_invalid",
        "100, 2804066, false, event_not_allowed_for_messaging",
        "100, 2804072, false, page_mismatch",
        "4, 0, false, rate_limited",
    })
    void readsTheAnswerAboutChats(int code, int subcode, boolean ok, String verdict) {
        ProbeResult result = probed(refusal(code, subcode, "Invalid parameter"));
        assertThat(result.ok()).isEqualTo(ok);
        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.fix().isEmpty()).isEqualTo(ok);
        assertThat(result.message()).contains(ok ? "Click-to-WhatsApp events find" : "those of click-to-WhatsApp ads");
    }

    @Test
    void readsStrangeAnswersAboutChats() {
        assertThat(probed(refusal(100, 0, "Unsupported post request. Object with ID '1' does not exist"))
                        .verdict())
                .isEqualTo("messaging_dataset_not_found");
        assertThat(probed(refusal(100, 0, "(#100) Missing Page ID Or WhatsApp Business account ID"))
                        .verdict())
                .isEqualTo("missing_waba_id");
        assertThat(probed(new PlatformReply(200, Map.of(), "<html>")).verdict()).isEqualTo("unreadable_answer");
        assertThat(probed(new PlatformReply(503, Map.of(), "")).verdict()).isEqualTo("platform_unavailable");
        assertThat(probed(new PlatformReply(200, Map.of(), "{\"events_received\":1}"))
                        .message())
                .contains("Against expectation");
    }

    private static ProbeResult probed(PlatformReply answer) {
        var website = (ProbeStep.Ask) pixel(Map.of()).probe(NOW);
        var chats = (ProbeStep.Ask) website.next().apply(refusal(100, 2804003, "Invalid parameter"));
        return ((ProbeStep.Found) chats.next().apply(answer)).result();
    }

    private static Destination pixel(Map<String, String> more) {
        var credentials = new java.util.HashMap<>(more);
        credentials.put("accessToken", MetaPlatformTest.TOKEN);
        return new MetaPlatform().destination(SETTINGS, credentials, Endpoints.USUAL);
    }

    private static Retry retry(Verdict verdict) {
        return ((Outcome.Failed) ((Verdict.All) verdict).outcome()).retry();
    }

    private static PlatformReply refusal(int code, int subcode, String message) {
        String body = "{\"error\":{\"message\":\"" + message + "\",\"code\":" + code
                + (subcode == 0 ? "" : ",\"error_subcode\":" + subcode) + "}}";
        return new PlatformReply(400, Map.of(), body);
    }
}
