package kembali.inbound;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import kembali.account.Workspaces;
import kembali.lead.ChatMessage;
import org.jspecify.annotations.Nullable;

/** Has a kind read a request, and trusts what comes of it no further than it must. */
final class Reader {
    private static final Logger LOG = Logger.getLogger(Reader.class.getName());
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final int LONGEST_TEXT = 8_192;

    private final Kinds kinds;
    private final Workspaces workspaces;

    Reader(Kinds kinds, Workspaces workspaces) {
        this.kinds = kinds;
        this.workspaces = workspaces;
    }

    /** A kind has a bug: it threw instead of saying what it could not read. */
    static final class KindFault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KindFault(Throwable cause) {
            super(cause.getClass().getSimpleName(), cause);
        }
    }

    Kind kind(Source source) {
        return Objects.requireNonNull(kinds.find(source.kind()), source.kind());
    }

    SourceSettings settings(Source source) {
        return new SourceSettings(
                workspaces.get(source.workspaceId()).defaultCountry(),
                source.doc().businessNumber(),
                source.doc().fieldMap(),
                source.doc().statusMap());
    }

    /** @throws KindFault when the kind threw */
    Reading read(Source source, RawRequest request, Instant receivedAt) {
        Reading reading;
        try {
            reading = kind(source).read(request, settings(source), receivedAt);
        } catch (RuntimeException | StackOverflowError e) {
            throw fault(source, e);
        }
        return new Reading(usable(source, reading.facts(), receivedAt), reading.reason(), reading.understood());
    }

    /** @throws KindFault when the kind threw */
    Reading readFetched(Source source, Fact.Fetch fetch, int httpStatus, String body, Instant receivedAt) {
        try {
            Reading reading = kind(source)
                    .readFetched(fetch, httpStatus, body.getBytes(StandardCharsets.UTF_8), settings(source));
            return new Reading(usable(source, reading.facts(), receivedAt), reading.reason(), reading.understood());
        } catch (RuntimeException | StackOverflowError e) {
            throw fault(source, e);
        }
    }

    private static KindFault fault(Source source, Throwable e) {
        // The stack says where; the message may hold what was read.
        LOG.log(
                Level.SEVERE,
                "the kind " + source.kind() + " cannot read a request of " + source.id() + ": "
                        + e.getClass().getName() + " at "
                        + (e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]));
        return new KindFault(e);
    }

    private static List<Fact> usable(Source source, List<Fact> facts, Instant receivedAt) {
        var usable = new ArrayList<Fact>(facts.size());
        for (Fact f : facts) {
            usable.add(
                    switch (f) {
                        case Fact.Message m -> usable(source, m.message(), receivedAt);
                        case Fact.FormFilled form ->
                            new Fact.FormFilled(
                                    form.submissionId(),
                                    notAhead(form.at(), receivedAt),
                                    form.fields(),
                                    form.others(),
                                    form.test());
                        case Fact.StatusSaid said ->
                            new Fact.StatusSaid(
                                    said.factId(),
                                    notAhead(said.at(), receivedAt),
                                    said.word(),
                                    said.phone(),
                                    said.email(),
                                    said.externalRef(),
                                    said.value(),
                                    said.currency());
                        case Fact.Fetch fetch -> fetch;
                        case Fact.Ignored ignored -> ignored;
                    });
        }
        return usable;
    }

    private static Fact usable(Source source, ChatMessage m, Instant receivedAt) {
        String phone = number(m.customer().phoneE164());
        String bsuid = filled(m.customer().bsuid());
        if (phone == null && bsuid == null) {
            return new Fact.Ignored("A message whose sender has neither a phone number nor a user id.");
        }
        if (m.messageId().isBlank()) {
            return new Fact.Ignored("A message without an id.");
        }
        ChatMessage.Business b = m.business();
        String business = number(b.phoneE164());
        String text = m.text();
        return new Fact.Message(new ChatMessage(
                m.provider(),
                m.messageId(),
                notAhead(m.at(), receivedAt),
                m.direction(),
                new ChatMessage.Customer(
                        phone, bsuid, m.customer().username(), m.customer().name()),
                new ChatMessage.Business(
                        business == null ? source.doc().businessNumber() : business,
                        b.phoneNumberId(),
                        b.wabaId(),
                        b.channelId()),
                m.type().length() > 16 ? "other" : m.type(),
                text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT),
                m.referral()));
    }

    private static @Nullable String number(@Nullable String e164) {
        return e164 != null && E164.matcher(e164).matches() ? e164 : null;
    }

    private static @Nullable String filled(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** A time further ahead than clocks differ is no time. */
    private static Instant notAhead(Instant said, Instant receivedAt) {
        return said.isAfter(receivedAt.plus(CLOCKS_DIFFER)) ? receivedAt : said;
    }
}
