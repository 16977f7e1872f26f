package kembali.demo.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import kembali.demo.platform.Platform;
import kembali.demo.platform.Platforms;
import org.jspecify.annotations.Nullable;

/**
 * Reads along the requests of platforms whose stored events do not show the person: the sandbox soon forgets them, and their
 * hashes are to be compared in the end.
 */
final class Witness {
    private static final int MILLIS_BETWEEN = 300;

    private final SandboxControl sandbox;
    private final List<Watched> watched;
    private final Thread thread;
    private volatile boolean ending;
    private volatile @Nullable RuntimeException failure;

    /** A host and what it was sent. */
    private static final class Watched {
        final Platform platform;
        final String host;
        final List<JsonNode> bodies = new ArrayList<>();
        long last;

        Watched(Platform platform, String host) {
            this.platform = platform;
            this.host = host;
        }
    }

    private Witness(SandboxControl sandbox) {
        this.sandbox = sandbox;
        watched = Platforms.all().stream()
                .filter(Platform::personBesideEvent)
                .flatMap(p -> p.sandboxes().stream().map(host -> new Watched(p, host)))
                .toList();
        thread = Thread.ofVirtual().unstarted(this::watch);
    }

    static Witness begin(SandboxControl sandbox) {
        var witness = new Witness(sandbox);
        witness.thread.start();
        return witness;
    }

    /** Ends it and gives all it saw. */
    void tell(BiConsumer<Platform, JsonNode> each) throws InterruptedException {
        ending = true;
        thread.join();
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
        look();
        watched.forEach(w -> w.bodies.forEach(body -> each.accept(w.platform, body)));
    }

    private void watch() {
        try {
            while (!ending) {
                TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void look() {
        for (Watched w : watched) {
            w.last = sandbox.requests(w.host, w.last, w.bodies::add);
        }
    }
}
