package kembali.inbound;

import static kembali.testing.TestHub.WS;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import kembali.lead.Lead;
import kembali.testing.TestClock;
import kembali.testing.TestDatabase;
import kembali.testing.TestHub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A started hub with a kind of the tests' own, and a provider to fetch from. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InboundFixture {
    static final Kinds KINDS = new Kinds(List.of(new TestKind("test", false), new TestKind("page", true)));
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final TestClock clock = new TestClock();
    /** What the provider answers, by path: {@code 200 body}. */
    final Map<String, String> provider = new ConcurrentHashMap<>();
    /** The {@code Authorization} of every request the provider got. */
    final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

    private @Nullable HttpServer server;
    private @Nullable TestHub opened;

    abstract TestDatabase freshDatabase();

    @BeforeAll
    void open() throws IOException {
        HttpServer s = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        s.createContext("/", exchange -> {
            asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            String answer = provider.getOrDefault(exchange.getRequestURI().getPath(), "404 ");
            byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        s.start();
        server = s;
        opened = TestHub.open(freshDatabase(), clock, Map.of("KEMBALI_ENDPOINT_META", providerUrl()), KINDS);
        hub().hub.start();
    }

    @AfterAll
    void close() {
        hub().close();
        HttpServer s = server;
        if (s != null) {
            s.stop(0);
        }
    }

    String providerUrl() {
        HttpServer s = server;
        if (s == null) {
            throw new IllegalStateException("not open");
        }
        return "http://127.0.0.1:" + s.getAddress().getPort();
    }

    TestHub hub() {
        TestHub h = opened;
        if (h == null) {
            throw new IllegalStateException("not open");
        }
        return h;
    }

    static String phone() {
        return "+62815" + (10_000_000 + NUMBER.incrementAndGet());
    }

    static int next() {
        return NUMBER.incrementAndGet();
    }

    static SourceDoc doc() {
        return new SourceDoc(null, Map.of(), Map.of(), null, List.of(), SourceDoc.USUAL_HONEYPOT, null, false);
    }

    static SourceDoc doc(Map<String, String> statusMap) {
        return new SourceDoc(null, Map.of(), statusMap, null, List.of(), SourceDoc.USUAL_HONEYPOT, null, false);
    }

    Source source(String kind, SourceDoc doc, SourceKeys keys) {
        Sources sources = hub().hub.inbound().sources();
        var s = new Source(
                WS,
                sources.newId(),
                kind,
                "Source",
                doc,
                keys,
                sources.newToken(),
                null,
                null,
                clock.instant(),
                clock.instant());
        sources.save(s);
        return stored(s);
    }

    Source source() {
        return source("test", doc(), SourceKeys.NONE);
    }

    Source stored(Source s) {
        Source found = hub().hub.inbound().sources().find(WS, s.id());
        if (found == null) {
            throw new AssertionError("the source is gone");
        }
        return found;
    }

    /** Stores a request as the handler does; its id. */
    String take(Source s, String body) {
        return take(hub(), s, body);
    }

    String take(TestHub node, Source s, String body) {
        String id = node.hub
                .inbound()
                .requests()
                .take(s, RequestContent.of(raw(s, body), s.token(), Integer.MAX_VALUE), clock.instant())
                .join();
        node.hub.inbound().wake(s);
        return id;
    }

    static RawRequest raw(Source s, String body) {
        var headers = new HashMap<String, String>();
        headers.put("content-type", "application/json");
        return new RawRequest(
                "POST", "http://localhost:8080" + s.path(), "", headers, body.getBytes(StandardCharsets.UTF_8));
    }

    StoredRequest request(Source s, String id) {
        StoredRequest r =
                hub().store().read(sql -> hub().hub.inbound().requests().find(sql, s, id));
        if (r == null) {
            throw new AssertionError("the request is gone");
        }
        return r;
    }

    /** The request once it is no longer pending. */
    StoredRequest ended(Source s, String id) {
        kembali.testing.Eventually.eventually(() -> {
            if (request(s, id).status().equals(StoredRequest.PENDING)) {
                throw new AssertionError("still pending: " + request(s, id));
            }
        });
        return request(s, id);
    }

    Lead lead(StoredRequest r) {
        return hub().lead(r.leadIds().getFirst());
    }

    @Nullable Lead byPhone(String e164) {
        return hub().store().read(sql -> hub().hub.leads().findByPhone(sql, WS, e164));
    }
}
