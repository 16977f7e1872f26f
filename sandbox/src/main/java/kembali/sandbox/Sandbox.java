package kembali.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A running sandbox. {@snippet :
 * try (Sandbox sandbox = Sandbox.start(0)) {
 *     send("http://127.0.0.1:" + sandbox.port() + "/v26.0/123456789/events");
 *     sandbox.ledger().received();
 * }
 * }
 */
public final class Sandbox implements AutoCloseable {
    static {
        // Read once by the JDK's server. Without nodelay the second packet of an answer waits 40 ms for
        // the caller's acknowledgement; with the default of 200 idle connections busy callers reconnect.
        setUnlessGiven("sun.net.httpserver.nodelay", "true");
        setUnlessGiven("sun.net.httpserver.maxIdleConnections", "4096");
        setUnlessGiven("sun.net.httpserver.idleInterval", "300");
    }

    private final SandboxOptions options;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Ledger ledger;
    private final Faults faults = new Faults();
    private final Tokens tokens = new Tokens();
    private final StandIns standIns;
    private final Gate gate;
    private final Control control;
    private final Page page = new Page();

    private Sandbox(SandboxOptions options) throws IOException {
        this.options = options;
        ledger = new Ledger(options.lean());
        standIns = new StandIns(options, tokens, ledger);
        gate = new Gate(ledger, faults, tokens);
        control = new Control(ledger, faults, tokens, standIns);
        server = HttpServer.create(new InetSocketAddress(options.host(), options.port()), 1024);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Starts on 127.0.0.1.
     *
     * @param port TCP port; 0 takes any free one
     * @throws UncheckedIOException when the port is taken
     */
    public static Sandbox start(int port) {
        return start(SandboxOptions.onPort(port));
    }

    /**
     * Starts with options.
     *
     * @throws UncheckedIOException when the address cannot be listened on
     */
    public static Sandbox start(SandboxOptions options) {
        try {
            Sandbox sandbox = new Sandbox(options);
            sandbox.server.start();
            return sandbox;
        } catch (IOException taken) {
            throw new UncheckedIOException(
                    "cannot listen on " + options.host() + ":" + options.port() + ": " + taken.getMessage(), taken);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Base address without a slash at its end, such as {@code http://127.0.0.1:9100}. */
    public String url() {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return "http://" + host + ":" + port();
    }

    /** What the platforms received. */
    public Ledger ledger() {
        return ledger;
    }

    /** Disturbances on demand. */
    public Faults faults() {
        return faults;
    }

    /** Which tokens are good. */
    public Tokens tokens() {
        return tokens;
    }

    /** Stops at once; calls under way lose their connection. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            Call call = new Call(exchange, options.clock().instant());
            Reply file = page.at(call.path());
            if (file != null && !call.method().equals("POST")) {
                Gate.send(exchange, file);
                return;
            }
            if (call.path().startsWith(Control.PREFIX)) {
                Reply answer = control.answer(call);
                call.body(); // unread bytes would cost the connection
                Gate.send(exchange, answer);
                return;
            }
            @Nullable StandIn standIn = standIns.serving(call.path());
            if (standIn != null) {
                gate.handle(exchange, standIn, call);
                return;
            }
            call.body();
            Gate.send(
                    exchange,
                    Reply.text(404, "text/plain", "no platform of this sandbox serves " + call.path() + "\n"));
        } catch (RuntimeException bug) {
            // A stand-in that breaks must say so: a silent close would look like a fault on demand.
            bug.printStackTrace();
            Gate.send(exchange, Reply.text(500, "text/plain", "the sandbox itself failed: " + bug + "\n"));
        }
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
