package kembali.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.http.Page;
import kembali.inbound.Inbound;
import kembali.inbound.Source;
import kembali.inbound.postback.PostbackTrial;
import kembali.inbound.postback.PostbackTrial.Outlook;
import kembali.inbound.postback.Postbacks;
import kembali.intake.Intake;
import kembali.intake.PostbackSource;
import kembali.ledger.DuePostbacks;
import kembali.ledger.ReceivedPostback;
import kembali.ledger.ReceivedPostback.Content;
import kembali.ledger.ReceivedPostbacks;
import kembali.postback.Answer;
import kembali.postback.ConversionStatus;
import kembali.postback.Decision;
import kembali.postback.Note;
import kembali.postback.Payout;
import kembali.postback.Postback;
import kembali.postback.StatusResolution;
import kembali.postback.StatusVocabulary;
import kembali.store.Store;
import kembali.support.Refusal;
import kembali.support.Settings;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What a source of postbacks received, and which of its words wait for a meaning. */
@Path("/api/v1/sources/{id}")
@Tag(name = "Sources")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PostbackResource {
    private static final List<String> RESULTS = Stream.concat(
                    ReceivedPostbacks.BOOKED.stream(), ReceivedPostbacks.TROUBLE.stream())
            .toList();
    private static final String SAMPLE = "subid=%s&status=sale&payout=1.00";
    private static final int LONGEST_QUERY = 8 * 1024;

    @Inject
    Caller caller;

    @Inject
    Inbound inbound;

    @Inject
    Postbacks postbacks;

    @Inject
    Intake intake;

    @Inject
    Store store;

    @Inject
    Settings settings;

    @Inject
    InstantSource clock;

    /**
     * A status word that waits for its meaning.
     *
     * @param word in normal form; null for postbacks without one
     * @param sampleId the newest postback with it
     * @param lead how many of 395 networks use it for a lead; {@code sale} and {@code rejected} likewise
     * @param suggestion what most of them mean; null when nobody uses it or they are divided
     */
    public record WordView(
            @Nullable String word,
            String reason,
            int count,
            Instant lastAt,
            String sampleId,
            int lead,
            int sale,
            int rejected,
            @Nullable String suggestion) {}

    /** The words of a source, the most frequent first. */
    public record WordList(List<WordView> items) {}

    /**
     * A request to try.
     *
     * @param method {@code GET} or {@code POST}
     * @param query without its {@code ?}; of the newest lead unless query or body is said
     * @param body a form, or JSON
     */
    public record TestInput(
            @Nullable String method,
            @Nullable String query,
            @Nullable JsonNode body,
            @Nullable String contentType) {}

    /**
     * What would become of a request.
     *
     * @param url the address that would be called
     * @param answerStatus the HTTP status it would be answered with, and {@code answer} the body
     * @param statusMeaning what its status word means; null when nobody knows
     * @param meaningBy what says so: {@code request_list}, {@code source_map}, {@code name}, {@code vocabulary}, …
     * @param event what platforms would be told: {@code once}, {@code further}, {@code if_none_sent}, {@code adjust},
     *     {@code none}; null when nothing would be booked
     * @param notSentOn why nothing would be sent on; null when it may be
     * @param leadStatus the status the lead would reach; null when it would stay
     */
    public record TestAnswer(
            String method,
            String url,
            @Nullable String body,
            String result,
            @Nullable String reason,
            int answerStatus,
            String answer,
            @Nullable String clickId,
            boolean clickFound,
            @Nullable String leadId,
            @Nullable String statusWord,
            @Nullable String statusMeaning,
            @Nullable String meaningBy,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            @Nullable String transaction,
            @Nullable String event,
            @Nullable String notSentOn,
            @Nullable String leadStatus,
            List<Note> notes) {}

    /** The log of received postbacks, newest first. */
    @GET
    @Path("/postbacks")
    public Page<PostbackView> list(
            @PathParam("id") String id,
            @QueryParam("result") @Nullable String result,
            @QueryParam("clickId") @Nullable String clickId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Source s = found(id);
        int n = Page.limit(limit);
        String before = Page.cursor(cursor, ReceivedPostbacks.PREFIX);
        var checks = new Checks();
        if (result != null) {
            checks.word("result", result, RESULTS, "");
        }
        checks.done();
        return store.read(sql -> Page.of(
                ReceivedPostbacks.list(sql, s.workspaceId(), s.id(), result, clickId, before, n + 1),
                n,
                p -> p.arrival().id(),
                p -> view(sql, p)));
    }

    @GET
    @Path("/postbacks/{postbackId}")
    public PostbackView get(@PathParam("id") String id, @PathParam("postbackId") String postbackId) {
        Source s = found(id);
        return store.read(sql -> view(sql, found(sql, s, postbackId)));
    }

    private static PostbackView view(org.jooq.DSLContext sql, ReceivedPostback p) {
        boolean waits = !p.outcome().booked();
        return PostbackView.of(
                p,
                waits
                        ? DuePostbacks.dueAt(
                                sql, p.arrival().workspaceId(), p.arrival().id())
                        : null);
    }

    /** Runs a postback that booked nothing again, by today's rules. */
    @POST
    @Path("/postbacks/{postbackId}/replay")
    public PostbackView replay(@PathParam("id") String id, @PathParam("postbackId") String postbackId) {
        Source s = found(id);
        store.read(sql -> found(sql, s, postbackId));
        if (!postbacks.again(s, postbackId)) {
            throw Refusal.conflict(
                    "postbackId",
                    "was booked, or what it held is gone: after 30 days, or with the person it was about");
        }
        return get(id, postbackId);
    }

    @GET
    @Path("/words")
    public WordList words(@PathParam("id") String id) {
        Source s = found(id);
        return new WordList(store.read(sql -> ReceivedPostbacks.words(sql, s.id())).stream()
                .map(PostbackResource::view)
                .toList());
    }

    private static WordView view(ReceivedPostbacks.WaitingWord w) {
        var votes = StatusVocabulary.builtIn().votes(w.word() == null ? "" : w.word());
        ConversionStatus suggestion = votes.suggestion();
        return new WordView(
                w.word(),
                w.reason(),
                w.count(),
                w.lastAt(),
                w.sampleId(),
                votes.lead(),
                votes.sale(),
                votes.rejected(),
                suggestion == null ? null : suggestion.word());
    }

    /** Says what would become of a request, without effect. */
    @POST
    @Path("/test")
    public TestAnswer test(@PathParam("id") String id, TestInput in) {
        Source s = found(id);
        var checks = new Checks();
        String query = in == null ? null : in.query();
        if (query != null && query.length() > LONGEST_QUERY) {
            checks.error("query", "must have at most " + LONGEST_QUERY + " characters");
        }
        JsonNode said = in == null ? null : in.body();
        String body = said == null || said.isNull() ? null : said.isTextual() ? said.textValue() : said.toString();
        String method = checks.word(
                "method", in == null ? null : in.method(), List.of("GET", "POST"), body == null ? "GET" : "POST");
        String type = checks.text("contentType", in == null ? null : in.contentType(), 200);
        checks.done();
        return store.read(sql -> {
            String asked = query == null && body == null ? sample(sql) : query;
            var request = new Content(
                    method, asked, body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8), type);
            var ready = postbacks.rules().of(s);
            var trial = new PostbackTrial(ready, intake.domain(), sql);
            Outlook o = trial.of(request, clock.instant());
            String url = settings.publicUrl() + s.path() + (asked == null ? "" : "?" + asked);
            return answer(method, url, body, o, trial.answer(o), ready.rules());
        });
    }

    private String sample(org.jooq.DSLContext sql) {
        var newest = intake.domain().leads().list(sql, caller.workspaceId(), DSL.trueCondition(), 1);
        return SAMPLE.formatted(newest.isEmpty() ? "ABC2345" : newest.getFirst().code());
    }

    private static TestAnswer answer(
            String method, String url, @Nullable String body, Outlook o, Answer answer, PostbackSource rules) {
        Postback p = o.postback();
        Payout payout = p == null ? null : p.payout();
        var known = o.resolution() instanceof StatusResolution.Known k ? k : null;
        return new TestAnswer(
                method,
                url,
                body,
                o.result().word(),
                o.result().reasonCode(),
                answer.status(),
                answer.body(),
                p == null ? null : p.clickId(),
                o.clickFound(),
                o.leadId(),
                p == null ? null : p.statusWord(),
                known == null ? null : known.meaning().word(),
                known == null ? null : known.by().code(),
                payout == null ? null : payout.amount(),
                payout == null ? null : payout.currency(),
                p == null ? null : p.transaction(),
                event(o.decision()),
                p == null ? null : rules.silence(p),
                o.leadStatus(),
                p == null ? List.of() : p.notes());
    }

    private static @Nullable String event(@Nullable Decision decision) {
        if (decision == null) {
            return null;
        }
        Decision.Event event = switch (decision) {
            case Decision.NewRow d -> d.event();
            case Decision.Update d -> d.event();
            case Decision.Stage d -> Decision.Event.ONCE;
            case Decision.Duplicate d -> Decision.Event.NONE;
            case Decision.OutOfOrder d -> Decision.Event.NONE;
            case Decision.Ignored d -> Decision.Event.NONE;
            case Decision.Unmapped d -> Decision.Event.NONE;
        };
        return event.name().toLowerCase(Locale.ROOT);
    }

    private Source found(String id) {
        Source s = inbound.sources().find(caller.workspaceId(), id);
        if (s == null || !s.kind().equals(Source.POSTBACK)) {
            throw Refusal.notFound("There is no source of postbacks \"" + id + "\".");
        }
        return s;
    }

    private static ReceivedPostback found(org.jooq.DSLContext sql, Source s, String postbackId) {
        ReceivedPostback p = ReceivedPostbacks.find(sql, s.workspaceId(), s.id(), postbackId);
        if (p == null) {
            throw Refusal.notFound("There is no postback \"" + postbackId + "\" of this source.");
        }
        return p;
    }
}
