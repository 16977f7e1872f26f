package kembali.bench.process;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kembali.bench.Options;
import kembali.bench.UnavailableException;

/**
 * The server as it is delivered, on the embedded store, with an empty data folder.
 *
 * @param data its data folder
 * @param port where it listens on loopback
 */
public record ServerProcess(ChildProcess process, Path data, int port, Api api) {
    private static final String ADMIN_KEY = "benchmark-key-that-lives-on-loopback-only";

    static ServerProcess start(Session session, Options options, String name, Map<String, String> environment)
            throws Exception {
        Path jar = options.path("server");
        if (!Files.isReadable(jar)) {
            throw new UnavailableException("there is no built server; ./kembali bench builds it");
        }
        int port = ChildProcess.freePort();
        Path data = session.folder(name).resolve("store");
        var env = new HashMap<String, String>(Map.of(
                "KEMBALI_HOST",
                "127.0.0.1",
                "KEMBALI_PORT",
                Integer.toString(port),
                "KEMBALI_DATA",
                data.toString(),
                "KEMBALI_ADMIN_KEY",
                ADMIN_KEY));
        env.putAll(environment);
        var command = new ArrayList<String>(List.of(session.java().toString()));
        Stream.of(options.text("server-flags").split(" ", -1))
                .filter(f -> !f.isBlank())
                .forEach(command::add);
        command.addAll(List.of("-jar", jar.toString()));
        ChildProcess process = session.start(name, command, env).awaitPort(port);
        var api = new Api(URI.create("http://127.0.0.1:" + port), ADMIN_KEY);
        while (!api.isReady()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return new ServerProcess(process, data, port, api);
    }

    public long pid() {
        return process.pid();
    }
}
