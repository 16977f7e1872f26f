package kembali.demo.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kembali.demo.sample.Visit.Evidence;
import org.junit.jupiter.api.Test;

class PageVisitorsTest {
    private final Sample sample = Sample.at(Instant.parse("2026-11-21T03:00:00Z"));
    private final List<Hit> hits =
            sample.stories().stream().flatMap(s -> s.hits().stream()).toList();

    @Test
    void showsThePageToPeopleOfEveryNetworkWithAdsCookiesAndWithoutBoth() {
        for (Network network : Network.values()) {
            for (Evidence kind : List.of(Evidence.AD, Evidence.COOKIE)) {
                assertThat(hits)
                        .as("%s %s", network, kind)
                        .anyMatch(h -> h.evidence().get(network) == kind);
            }
        }
        assertThat(hits).anyMatch(h -> h.evidence().isEmpty());
        assertThat(hits.stream().map(Hit::kind).collect(Collectors.toCollection(() -> EnumSet.noneOf(Hit.Kind.class))))
                .containsExactlyInAnyOrder(Hit.Kind.values());
        assertThat(hits).anyMatch(Hit::refuses).anyMatch(Hit::cookieless).anyMatch(h -> h.times() == 2);
    }

    @Test
    void givesEachHitAnIdOfItsOwn() {
        assertThat(new HashSet<>(hits.stream().map(Hit::eventId).toList())).hasSameSizeAs(hits);
        assertThat(hits).allSatisfy(h -> {
            assertThat(h.eventId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}");
            assertThat(URI.create(h.page()).getHost()).isEqualTo("batikayu.example");
        });
    }

    @Test
    void letsSomePeopleOnPagesTapALinkWithTheSameBrowser() {
        List<Story> both = sample.stories().stream()
                .filter(s -> !s.hits().isEmpty() && !s.visits().isEmpty())
                .toList();
        assertThat(both).hasSizeGreaterThan(20).allSatisfy(s -> {
            Map<String, String> onPage = s.hits().getFirst().headers();
            assertThat(s.visits().getFirst().headers())
                    .containsEntry("User-Agent", onPage.get("User-Agent"))
                    .containsEntry("X-Forwarded-For", onPage.get("X-Forwarded-For"));
        });
    }

    @Test
    void deliversMessagesOfEveryKind() {
        List<Message> messages =
                sample.stories().stream().flatMap(s -> s.messages().stream()).toList();
        assertThat(new HashSet<>(messages.stream().map(Message::id).toList())).hasSameSizeAs(messages);
        assertThat(messages)
                .anyMatch(m -> m.times() == 2)
                .anyMatch(m -> m.chat() != null)
                .anyMatch(m -> m.codeOf() == null && m.chat() == null && m.to() != null)
                .anyMatch(m -> m.codeOf() == null && m.to() == null);
        for (Message m : messages) {
            assertThat(m.text().contains(Message.CODE)).isEqualTo(m.codeOf() != null);
        }
    }

    @Test
    void forwardsTheCodeOfSomebodyWhoHasWrittenBefore() {
        List<Story> forwarded = sample.stories().stream()
                .filter(s ->
                        s.messages().stream().map(Message::codeOf).anyMatch(of -> of != null && !of.equals(s.no())))
                .toList();
        assertThat(forwarded).isNotEmpty().allSatisfy(s -> {
            Message m = s.messages().getFirst();
            Integer of = m.codeOf();
            assertThat(of).isNotNull();
            assertThat(m.wave()).isEqualTo(1);
            assertThat(sample.stories().get(of == null ? 0 : of).messages()).isNotEmpty();
        });
    }
}
