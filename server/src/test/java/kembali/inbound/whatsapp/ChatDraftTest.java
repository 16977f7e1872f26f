package kembali.inbound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import kembali.inbound.Fact;
import kembali.inbound.SourceSettings;
import kembali.lead.ChatMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatDraftTest {
    private static final Instant NOW = Instant.parse("2026-09-21T14:13:25Z");

    @Test
    void aMessageWithoutAnIdKeepsTheSameOneWhenItComesAgain() {
        String id = idOf("1790000000", "Halo", NOW);

        assertThat(id).startsWith("hash:");
        assertThat(idOf("1790000000", "Halo", NOW.plusSeconds(90))).isEqualTo(id);
        assertThat(idOf("1790000001", "Halo", NOW)).isNotEqualTo(id);
        assertThat(idOf("1790000000", "Halo!", NOW)).isNotEqualTo(id);
        assertThat(message(draft(NOW).customer("6285700001111").at("1790000000").text("Halo"))
                        .messageId())
                .isNotEqualTo(id);
    }

    @Test
    void withoutATimeOfTheProvidersTwoEqualMessagesStayTwo() {
        assertThat(idOf(null, "ya", NOW)).isNotEqualTo(idOf(null, "ya", NOW.plusSeconds(1)));
    }

    @Test
    void aVeryLongIdIsHashedAndNotCut() {
        String a = message(draft(NOW).customer("6281234567890").id("x".repeat(500) + "a"))
                .messageId();
        String b = message(draft(NOW).customer("6281234567890").id("x".repeat(500) + "b"))
                .messageId();

        assertThat(a).hasSizeLessThan(100).isNotEqualTo(b);
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        String text = message(draft(NOW).customer("6281234567890").text("a" + "😀".repeat(10_000)))
                .text();

        assertThat(text).hasSize(7_999).endsWith("😀");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ID.13491208655302741918", "US.ENT.11815799212886844830", "whatsapp:ID.1349"})
    void aUserIdInTheNumbersPlaceIsAUserId(String id) {
        ChatMessage.Customer customer = message(draft(NOW).customer(id)).customer();

        assertThat(customer.bsuid()).isEqualTo(id.replace("whatsapp:", ""));
        assertThat(customer.phoneE164()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id.1349", "ID.", "ID.12-34", "IDN.1349", "ID.ENT.", "6281234567890"})
    void whatIsNoUserIdIsNotTakenForOne(String id) {
        assertThat(ChatDraft.isBsuid(id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "120363000000000001@g.us",
                "123456789012345@lid",
                "status@broadcast",
                "120363000000000001@newsletter",
                "someone"
            })
    void nobodyCanBeAnsweredAtSuchAnAddress(String address) {
        assertThat(draft(NOW).customer(address).fact()).isInstanceOf(Fact.Ignored.class);
    }

    private static String idOf(@Nullable String time, String text, Instant receivedAt) {
        return message(draft(receivedAt).customer("6281234567890").at(time).text(text))
                .messageId();
    }

    private static ChatDraft draft(Instant receivedAt) {
        return new ChatDraft("fonnte", new SourceSettings("ID", "+628119990001", Map.of(), Map.of()), receivedAt);
    }

    private static ChatMessage message(ChatDraft draft) {
        return ((Fact.Message) draft.fact()).message();
    }
}
