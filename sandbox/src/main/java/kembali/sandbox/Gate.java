package kembali.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import kembali.sandbox.Handled.Verdict;
import org.jspecify.annotations.Nullable;

/** Takes a call to a platform: fault, judgement, ledger, answer, in this order. */
final class Gate {
    /** Characters of a body kept with a request. */
    static final int KEPT_BODY = 16 << 10;

    private static final String PROXY_PAGE = """
            <!DOCTYPE html>
            <html><head><title>502 Bad Gateway</title></head>
            <body><center><h1>502 Bad Gateway</h1></center><hr><center>proxy</center></body></html>
            """;

    /** What is to be done with a call: the reply (null: close the connection) and what to note. */
    private record Ending(
            @Nullable Reply reply,
            Verdict verdict,
            @Nullable String code,
            @Nullable String reason,
            @Nullable String event,
            List<Arrival> stored,
            List<LeftOut> leftOut) {

        static Ending faulted(@Nullable Reply reply) {
            return new Ending(reply, Verdict.FAULTED, null, null, null, List.of(), List.of());
        }
    }

    private final Ledger ledger;
    private final Faults faults;
    private final Tokens tokens;
    private final AtomicLong lastRequest = new AtomicLong();

    Gate(Ledger ledger, Faults faults, Tokens tokens) {
        this.ledger = ledger;
        this.faults = faults;
        this.tokens = tokens;
    }

    void handle(HttpExchange exchange, StandIn standIn, Call call) throws IOException {
        long began = System.nanoTime();
        long id = lastRequest.incrementAndGet();
        boolean read = standIn.reads(call);
        Fault fault = null;
        String pixelId = null;
        Ending ending;
        try {
            pixelId = standIn.pixelOf(call);
            fault = faults.take(standIn.platform(), pixelId, read);
            if (fault != null && fault.delayMillis() > 0) {
                Thread.sleep(fault.delayMillis());
            }
            ending = decide(standIn, call, fault);
        } catch (UncheckedIOException callerGone) {
            exchange.close();
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            exchange.close();
            return;
        }
        String faultWord = fault == null ? null : word(fault);
        Map<String, String> headers = ledger.lean() ? Map.of() : call.maskedHeaders();
        if (!ending.stored().isEmpty()) {
            boolean uncertain = ending.reply() == null || (fault != null && fault.delayMillis() > 0);
            ledger.store(standIn.platform(), id, call.receivedAt(), ending.stored(), headers, faultWord, uncertain);
        }
        // Noted before the answer leaves: whoever has the answer finds the request in the ledger.
        ledger.note(handled(id, standIn, call, pixelId, headers, ending, faultWord, began), ending.leftOut());
        Reply reply = ending.reply();
        if (reply == null) {
            exchange.close();
            return;
        }
        try {
            send(exchange, reply);
        } catch (IOException callerGone) {
            ledger.answerUndelivered(standIn.platform(), ending.stored());
            throw callerGone;
        }
    }

    private Ending decide(StandIn standIn, Call call, @Nullable Fault fault) {
        if (fault != null) {
            switch (fault.mode()) {
                case RESET, DOWN -> {
                    return Ending.faulted(null);
                }
                case THROTTLE, FAIL, REVOKE -> {
                    call.body();
                    return Ending.faulted(standIn.faultReply(fault, call));
                }
                case HTML -> {
                    call.body();
                    return Ending.faulted(
                            Reply.text(fault.status() == null ? 502 : fault.status(), "text/html", PROXY_PAGE));
                }
                case GARBAGE -> {
                    call.body();
                    return Ending.faulted(Reply.json(200, "{\"events_rec".getBytes(StandardCharsets.UTF_8)));
                }
                case EXPIRE_TOKEN -> tokens.expireIssued(); // and judged
                case SLOW, LOSE_ANSWER, PARTIAL, SLOW_PROCESSING -> {} // judged first
            }
        }
        if (call.tooLarge()) {
            Reply tooLarge = Reply.text(413, "text/plain", "Request body over " + Call.MAX_BODY + " bytes\n");
            return new Ending(tooLarge, Verdict.REFUSED, "413", "body too large", null, List.of(), List.of());
        }
        Judgement judgement = standIn.judge(call);
        if (fault != null && disturbs(fault.mode()) && judgement instanceof Judgement.Accepted whole) {
            judgement = standIn.disturbed(whole, fault, call);
        }
        boolean lose = fault != null && fault.mode() == Fault.Mode.LOSE_ANSWER;
        Reply reply = lose ? null : judgement.reply();
        return switch (judgement) {
            case Judgement.Accepted accepted -> taken(accepted, reply);
            case Judgement.Refused refused ->
                new Ending(
                        reply,
                        Verdict.REFUSED,
                        refused.code(),
                        refused.reason(),
                        refused.eventName(),
                        List.of(),
                        List.of());
            case Judgement.Looked looked ->
                new Ending(looked.reply(), Verdict.LOOKED, null, null, null, List.of(), List.of());
        };
    }

    private static Ending taken(Judgement.Accepted accepted, @Nullable Reply reply) {
        List<LeftOut> leftOut = accepted.leftOut();
        if (leftOut.isEmpty()) {
            Verdict verdict = reply == null ? Verdict.LOST : Verdict.ACCEPTED;
            return new Ending(reply, verdict, null, null, null, accepted.events(), leftOut);
        }
        boolean told = leftOut.stream().allMatch(LeftOut::told);
        Verdict verdict = !told ? Verdict.SWALLOWED : accepted.events().isEmpty() ? Verdict.REFUSED : Verdict.PARTLY;
        LeftOut first = leftOut.getFirst();
        String more = leftOut.size() == 1 ? "" : " (and " + (leftOut.size() - 1) + " more)";
        return new Ending(
                reply, verdict, first.code(), first.reason() + more, first.eventName(), accepted.events(), leftOut);
    }

    private static boolean disturbs(Fault.Mode mode) {
        return mode == Fault.Mode.PARTIAL || mode == Fault.Mode.SLOW_PROCESSING;
    }

    private Handled handled(
            long id,
            StandIn standIn,
            Call call,
            @Nullable String pixelId,
            Map<String, String> headers,
            Ending ending,
            @Nullable String fault,
            long began) {
        Reply reply = ending.reply();
        boolean unread = reply == null && ending.verdict() == Verdict.FAULTED;
        byte[] body = unread ? new byte[0] : call.body();
        String query = call.rawQuery();
        return new Handled(
                id,
                call.receivedAt(),
                standIn.platform(),
                pixelId,
                call.method(),
                query == null ? call.path() : call.path() + Secrets.maskText("?" + query),
                headers,
                ledger.lean() ? "" : Secrets.maskText(start(body)),
                body.length,
                ending.verdict(),
                ending.code(),
                ending.reason(),
                ending.event(),
                ending.stored().size(),
                fault,
                reply == null ? 0 : reply.status(),
                reply == null || ledger.lean() ? "" : Secrets.maskText(start(reply.body())),
                (System.nanoTime() - began) / 1_000);
    }

    static void send(HttpExchange exchange, Reply reply) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = reply.body();
        boolean bodiless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
        exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : body.length);
        if (!bodiless) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
        exchange.close();
    }

    private static String start(byte[] body) {
        return new String(body, 0, Math.min(body.length, KEPT_BODY), StandardCharsets.UTF_8);
    }

    private static String word(Fault fault) {
        return fault.mode().name().toLowerCase(Locale.ROOT);
    }
}
