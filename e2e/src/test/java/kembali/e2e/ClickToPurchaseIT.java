package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import kembali.e2e.Http.Answer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A media buyer's day: an ad click on a campaign link, the network's postback, the purchase at Meta. */
@ExtendWith(LogsOnFailure.class)
class ClickToPurchaseIT {
    private static final String FBCLID = "IwAR2F4-dbP0_aem_media-buyer";
    private static final String FBP = "fb.1.1794970000124.1116446470";
    private static final Pattern SUBID = Pattern.compile("[?&]click=([0-9a-z]{20})");

    @ParameterizedTest
    @EnumSource(Database.class)
    void aPostbackOfACampaignClickIsThePurchaseMetaCanMatch(Database database) throws Exception {
        try (RunningSandbox sandbox = RunningSandbox.start();
                RunningServer server =
                        RunningServer.start(database, sandbox, Map.of("KEMBALI_TRUSTED_PROXIES", "127.0.0.1/32"))) {
            Api api = server.api();
            String campaign = api.post("/campaigns", """
                            {"alias":"eid","name":"Eid","source":"meta",
                             "destinationUrl":"https://offer.example/land?click={subid}&ad={ad_id}"}""").expect(201).path("id").asText();
            String other = api.post("/campaigns", """
                            {"alias":"other","name":"Other","destinationUrl":"https://offer.example/"}""").expect(201).path("id").asText();
            String bound = pixel(api, "100000000000017", campaign);
            String unbound = pixel(api, "100000000000018", other);
            JsonNode network = api.post("/sources", "{\"kind\":\"postback\",\"name\":\"Network\"}")
                    .expect(201);
            sandbox.know("""
                    {"em":["example@gmail.com"],"ph":["+71234567890"],"fn":["John"],"ln":["Snow"],
                     "fbclid":["%s"],"callingCode":"7"}""".formatted(FBCLID));

            var browser = new Browser()
                    .with("X-Forwarded-For", "203.0.113.7")
                    .with("Referer", "https://l.facebook.com/")
                    .withCookie("_fbp", FBP);
            Answer click = browser.open(server.url() + "/c/eid?fbclid=%7Bfbclid%7D&fbclid=" + FBCLID + "&ad_id=77");
            assertThat(click.status()).isEqualTo(302);
            Matcher landed = SUBID.matcher(click.header("Location"));
            assertThat(landed.find()).as(click.header("Location")).isTrue();
            String subid = landed.group(1);
            assertThat(click.header("Location")).endsWith("&ad=77");
            // The same person looks at something else from another address before the sale is reported.
            browser.with("X-Forwarded-For", "198.51.100.9")
                    .with("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
                    .open(server.url() + "/c/other");

            String key = network.path("url").asText().replaceAll(".*/p/([0-9a-f]+).*", "$1");
            String postback = server.url() + "/" + key + "/postback?subid=" + subid
                    + "&status=sale&payout=2.61&currency=usd&em=example@gmail.com&fn=John&ln=Snow&ph=+71234567890";
            List<String> answers =
                    atOnce(64, () -> Http.send("GET", postback, null, Map.of()).body());

            assertThat(answers).filteredOn("OK"::equals).hasSize(1);
            assertThat(answers).filteredOn("OK duplicate"::equals).hasSize(63);
            JsonNode row = Json.list(
                            api.get("/sync-logs?event=Purchase").expect(200).path("items"))
                    .stream()
                    .filter(r -> r.path("pixelId").asText().equals(bound))
                    .findFirst()
                    .orElseThrow();
            api.rowOnce(row.path("id").asText(), "accepted");
            List<JsonNode> purchases = sandbox.copies(row.path("eventId").asText());
            assertThat(purchases).hasSize(1);
            JsonNode body = purchases.getFirst().path("body");
            JsonNode user = body.path("user_data");
            assertThat(body.path("event_name").asText()).isEqualTo("Purchase");
            assertThat(body.path("action_source").asText()).isEqualTo("website");
            assertThat(body.path("event_source_url").asText()).contains("/c/eid");
            assertThat(user.at("/em/0").asText()).isEqualTo(sha256("example@gmail.com"));
            assertThat(user.at("/ph/0").asText()).isEqualTo(sha256("71234567890"));
            assertThat(user.at("/fn/0").asText()).isEqualTo(sha256("john"));
            assertThat(user.at("/ln/0").asText()).isEqualTo(sha256("snow"));
            assertThat(user.path("fbc").asText()).matches("fb\\.1\\.\\d{13}\\." + FBCLID);
            assertThat(user.path("fbp").asText()).isEqualTo(FBP);
            assertThat(user.path("client_ip_address").asText())
                    .as("of the click")
                    .isEqualTo("203.0.113.7");
            assertThat(user.path("client_user_agent").asText())
                    .as("of the click")
                    .isEqualTo(Browser.CHROME);
            assertThat(body.at("/custom_data/value").decimalValue()).isEqualByComparingTo("2.61");
            assertThat(body.at("/custom_data/currency").asText()).isEqualTo("USD");

            JsonNode why = api.get("/leads/" + row.path("leadId").asText() + "/why?pixelId=" + unbound)
                    .expect(200);
            assertThat(why.at("/items/0/code").asText()).isEqualTo("campaign_not_bound");
            assertThat(api.all("/conversions")).hasSize(1);
            String[] csv = api.get("/conversions/export.csv").body().split("\r?\n");
            assertThat(csv).hasSize(2);
            assertThat(csv[0]).contains("subid", "payout", "tid", "time");
            assertThat(csv[1]).contains(subid, "sale", "2.61", "USD").doesNotContain("example@gmail.com");
            JsonNode diagnosis =
                    api.get("/campaigns/" + campaign + "/diagnosis").expect(200);
            assertThat(Json.each(Json.list(diagnosis.at("/clicks/findings")), "code"))
                    .containsExactly("fbclid_twice");
            assertThat(Json.each(Json.list(diagnosis.path("integrations")), "bound"))
                    .containsExactly("true", "false");
            JsonNode empty = api.get("/pixels/" + unbound + "/diagnosis").expect(200);
            assertThat(empty.at("/campaigns/0/campaignName").asText()).isEqualTo("Other");
        }
    }

    private static String pixel(Api api, String id, String campaign) {
        return api.post("/pixels", """
                        {"platform":"meta","name":"Meta %s","settings":{"pixelId":"%s"},
                         "credentials":{"accessToken":"sandbox-token-%s"},
                         "campaigns":["%s"],"campaignsRequired":true}""".formatted(id, id, id, campaign))
                .expect(201)
                .path("id")
                .asText();
    }

    private static List<String> atOnce(int times, Callable<String> call) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all = threads.invokeAll(
                    IntStream.range(0, times).mapToObj(i -> call).toList());
            var answers = new java.util.ArrayList<String>();
            for (Future<String> f : all) {
                answers.add(f.get());
            }
            return answers;
        }
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
