package kembali.demo.drive;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kembali.demo.sample.Story;

/** Everybody's browser: the same one on pages and links. */
final class Browsers {
    private final Http http;
    private final URI server;
    private final Map<Integer, Browser> all = new ConcurrentHashMap<>();

    Browsers(Http http, URI server) {
        this.http = http;
        this.server = server;
    }

    Browser of(Story story) {
        return all.computeIfAbsent(story.no(), no -> new Browser(http, server));
    }

    /** One that nobody used before. */
    Browser fresh() {
        return new Browser(http, server);
    }

    /** The code somebody's browser was given; the person must have been on a page or link. */
    String code(Story story) {
        String code = of(story).code();
        if (code == null) {
            throw new IllegalStateException("person " + story.no() + " was never given a visitor code");
        }
        return code;
    }
}
