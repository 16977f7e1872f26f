package kembali.bench.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kembali.bench.process.ChildProcess;
import kembali.bench.process.Programs;
import kembali.bench.process.Session;
import org.jspecify.annotations.Nullable;

/** The machine's limit: nginx answering a fixed redirect, which remembers nothing. */
final class StaticNginx {
    /** The port belongs where {@code PORT} stands. */
    private static final String SETTINGS = """
            daemon off;
            worker_processes 2;
            pid nginx.pid;
            error_log error.log crit;
            events { worker_connections 4096; multi_accept on; }
            http {
              access_log off;
              keepalive_requests 100000000;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              server {
                listen 127.0.0.1:PORT backlog=4096 reuseport;
                location / { return 302 https://wa.me/628111000111?text=Halo; }
              }
            }
            """;

    private StaticNginx() {}

    /** Null when nginx is not installed. */
    static @Nullable ChildProcess start(Session session, int port) throws IOException, InterruptedException {
        Path program = Programs.find("nginx");
        if (program == null) {
            return null;
        }
        Path folder = session.folder("nginx");
        Path settings = folder.resolve("nginx.conf");
        Files.writeString(settings, SETTINGS.replace("PORT", Integer.toString(port)));
        return session.start(
                        "nginx",
                        List.of(
                                program.toString(),
                                "-p",
                                folder.toString(),
                                "-e",
                                folder.resolve("error.log").toString(),
                                "-c",
                                settings.toString()),
                        Map.of())
                .awaitPort(port);
    }
}
