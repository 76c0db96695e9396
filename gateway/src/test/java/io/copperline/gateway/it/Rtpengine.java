package io.copperline.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** rtpengine on loopback, without its kernel module; {@link Kamailio} tells it what to do. */
final class Rtpengine implements AutoCloseable {
    private static final long END_SECONDS = 10;

    private final Process process;
    private final Path log;

    private Rtpengine(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Rtpengine start(Ports ports, Path directory) {
        Path log = directory.resolve("rtpengine.log");
        List<String> command = List.of(
                "rtpengine",
                "--config-file=none",
                "--foreground",
                "--log-stderr",
                "--log-level=7",
                "--table=-1",
                "--interface=127.0.0.1",
                "--listen-ng=127.0.0.1:" + ports.rtpengine(),
                "--port-min=" + ports.firstRtpengineMedia(),
                "--port-max=" + ports.lastRtpengineMedia(),
                "--num-threads=1",
                "--delete-delay=0",
                "--pidfile=" + directory.resolve("rtpengine.pid"));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Rtpengine started = new Rtpengine(process, log);
            Await.until("rtpengine starts: " + log, () -> started.said().contains("Startup complete"));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String said() {
        return Sipp.text(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
