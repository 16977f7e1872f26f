package kembali.inbound;

import static kembali.testing.Eventually.eventually;
import static kembali.testing.TestHub.WS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kembali.intake.FactRef;
import kembali.intake.MessageReceived;
import kembali.lead.ChatMessage;
import kembali.testing.TestClock;
import kembali.testing.TestDatabase;
import kembali.testing.TestHub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was answered is read after a crash, wherever the crash was. */
class RestartTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();

    @Test
    void whatWasStoredAndNotReadIsReadAfterTheNextStart() {
        TestDatabase database = TestDatabase.sqlite(folder);
        Source source;
        String untouched;
        String applied;
        String phone = "+6281599990001";
        try (TestHub hub = TestHub.open(database, clock, Map.of(), InboundFixture.KINDS)) {
            // Not started: nothing is read, as after a crash right behind the answer.
            source = source(hub);
            untouched = take(hub, source, InboundContract.message("crash-1", "+6281599990002", "Halo"));
            applied = take(hub, source, InboundContract.message("crash-2", phone, "Halo"));
            // A crash between what a request did and the note that it is done.
            var message = new ChatMessage(
                    "test",
                    "crash-2",
                    clock.instant(),
                    ChatMessage.Direction.IN,
                    new ChatMessage.Customer(phone, null, null, null),
                    ChatMessage.Business.UNKNOWN,
                    "text",
                    "Halo",
                    null);
            long key = hub.secrets.lookupKey("fact/message", "crash-2");
            hub.apply(new MessageReceived(
                    new FactRef(WS, source.id(), applied, key, false),
                    message,
                    List.of(),
                    List.of(),
                    MessageReceived.Rules.USUAL));
        }
        try (TestHub hub = TestHub.open(database, clock, Map.of(), InboundFixture.KINDS)) {
            hub.hub.start();
            for (String id : List.of(untouched, applied)) {
                eventually(() -> assertThat(request(hub, source, id)).isEqualTo(StoredRequest.DONE));
            }
            var leads = hub.store().read(sql -> hub.hub.leads().list(sql, WS, org.jooq.impl.DSL.trueCondition(), 10));
            assertThat(leads).hasSize(2);
            for (var lead : leads) {
                var messages =
                        hub.store().read(sql -> hub.hub.leads().messages().list(sql, WS, lead.id(), null, 10));
                assertThat(messages).hasSize(1);
            }
        }
    }

    private static String request(TestHub hub, Source source, String id) {
        StoredRequest r = hub.store().read(sql -> hub.hub.inbound().requests().find(sql, source, id));
        return r == null ? "gone" : r.status();
    }

    private Source source(TestHub hub) {
        Sources sources = hub.hub.inbound().sources();
        var s = new Source(
                WS,
                sources.newId(),
                "test",
                "Source",
                InboundFixture.doc(),
                SourceKeys.NONE,
                sources.newToken(),
                null,
                null,
                clock.instant(),
                clock.instant());
        sources.save(s);
        return s;
    }

    private String take(TestHub hub, Source source, String body) {
        return hub.hub
                .inbound()
                .requests()
                .take(
                        source,
                        RequestContent.of(InboundFixture.raw(source, body), source.token(), Integer.MAX_VALUE),
                        clock.instant())
                .join();
    }
}
