package kembali.sandbox.meta;

import static kembali.sandbox.SandboxClient.EVENTS;
import static kembali.sandbox.SandboxClient.PIXEL;
import static kembali.sandbox.SandboxClient.envelope;
import static kembali.sandbox.SandboxClient.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;
import kembali.sandbox.Warning;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Click-to-WhatsApp: what belongs together, as far as the caller made it known; and what else is noticed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetaMessagingTest {
    private static final String ACCOUNT = "123456789012345";
    private static final String CLICK = "ARAkExampleOnly";
    private static final String PAGE = "3456789012345678";

    private SandboxClient client;

    @BeforeAll
    void start() {
        client = new SandboxClient();
    }

    @AfterAll
    void stop() {
        client.close();
    }

    @AfterEach
    void forget() {
        client.delete("/_sandbox/known");
        client.delete("/_sandbox/received");
    }

    @Test
    void refusesAnAccountThatIsNotLinkedToTheDataset() {
        known("{\"whatsapp_business_account_id\":[{\"plain\":\"%s\",\"datasets\":[\"2345678901234567\"]}]}"
                .formatted(ACCOUNT));
        Answer answer = client.send(message());
        assertThat(answer.codes()).isEqualTo("100/33");
        assertThat(answer.words()).contains(PIXEL);
        assertThat(client.post(
                                EVENTS.replace(PIXEL, "2345678901234567"),
                                envelope(message()).toString())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void takesAnAccountNobodySpokeOfForLinked() {
        known("{\"whatsapp_business_account_id\":[{\"plain\":\"999999999999999\",\"datasets\":[]}]}");
        assertThat(client.send(message()).status()).isEqualTo(200);
    }

    @Test
    void refusesThePageOfAnotherAd() {
        known("{\"ctwa_clid\":[{\"plain\":\"%s\",\"page_id\":\"%s\"}]}".formatted(CLICK, PAGE));
        assertThat(user(u -> u.put("page_id", "1234567890")).codes()).isEqualTo("100/2804072");
        assertThat(user(u -> u.put("page_id", PAGE)).status()).isEqualTo(200);
        assertThat(client.last().recognised()).contains("ctwa_clid");
    }

    @Test
    void refusesAPageWithAClickThatSaysItIsOfAnotherOne() {
        assertThat(user(u -> u.put("page_id", PAGE).put("ctwa_clid", "ARotherpageClick01"))
                        .codes())
                .isEqualTo("100/2804072");
        assertThat(user(u -> u.put("ctwa_clid", "ARotherpageClick01")).status())
                .as("no page was sent")
                .isEqualTo(200);
    }

    @Test
    void refusesAClickOfAnotherAccountsAd() {
        known("{\"ctwa_clid\":[{\"plain\":\"%s\",\"whatsapp_business_account_id\":\"102290129340398\"}]}"
                .formatted(CLICK));
        Answer answer = client.send(message());
        assertThat(answer.codes()).isEqualTo("100/2804087");
        assertThat(answer.words()).contains("another WhatsApp account");
        assertThat(user(u -> u.put("whatsapp_business_account_id", "102290129340398"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void forgetsWhatBelongsTogether() {
        known("{\"whatsapp_business_account_id\":[{\"plain\":\"%s\",\"datasets\":[]}]}".formatted(ACCOUNT));
        assertThat(client.send(message()).codes()).isEqualTo("100/33");
        client.delete("/_sandbox/known");
        assertThat(client.send(message()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"whatsapp_business_account_id\":[\"123456789012345\"]}",
                "{\"whatsapp_business_account_id\":[{\"plain\":\"123456789012345\"}]}",
                "{\"whatsapp_business_account_id\":[{\"datasets\":[]}]}",
                "{\"whatsapp_business_account_id\":{}}",
            })
    void refusesToLearnAnAccountInAnotherShape(String json) {
        assertThat(client.control("known", json).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fbc", "fbp", "external_id", "page_scoped_user_id", "country"})
    void noticesKeysNobodyKnowsToBeTakenOfChats(String key) {
        String hash = "a56145270ce6b3bebd1dd012b73948677dd618d496488bc608a3cb43ce3547dd";
        Answer answer = user(u -> u.put(
                key,
                switch (key) {
                    case "fbc" -> "fb.1.1794970000123.IwAR2F4-dbP0_aem_x1";
                    case "fbp" -> "fb.1.1794970000124.1116446470";
                    case "page_scoped_user_id" -> "1234567890";
                    default -> hash;
                }));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(client.last().warnings())
                .contains(new Warning("discouraged_key", key + " is not known to be taken in business_messaging"));
    }

    @Test
    void takesHashedMailAndPhoneWithoutAWord() {
        user(u -> {
            u.putArray("em").add("1d72f51cdcfddf2641add5f71acab8d8a21ce388121edc587743c42e1e40bad9");
            u.putArray("ph").add("dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725");
        });
        assertThat(client.last().warnings()).isEmpty();
    }

    @Test
    void noticesAStageThatDoesNotSayItComesFromACrm() {
        ObjectNode stage = SandboxClient.crmStage();
        client.send(stage);
        assertThat(client.last().warnings()).isEmpty();
        ((ObjectNode) stage.get("custom_data")).remove("event_source");
        client.send(stage);
        assertThat(client.last().warnings()).extracting(Warning::code).containsExactly("incomplete_crm_stage");
    }

    private void known(String json) {
        assertThat(client.control("known", json).status()).isEqualTo(200);
    }

    private Answer user(Consumer<ObjectNode> change) {
        return client.message(event -> change.accept((ObjectNode) event.get("user_data")));
    }
}
