package kembali.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Chromium nobody holds by a debugging connection: under one, Chromium prerenders nothing. The page acts by itself. */
final class PlainChromium implements AutoCloseable {
    private final Process process;

    PlainChromium(String url) {
        try {
            Path profile = Files.createTempDirectory("kembali-chromium");
            var command = new ArrayList<>(List.of(Chromium.executable().toString(), "--headless=new"));
            command.addAll(Chromium.ARGUMENTS);
            command.add("--user-data-dir=" + profile);
            command.add(url);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(profile.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }
}
