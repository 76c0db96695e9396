package io.copperline.gateway.bench;

import io.copperline.gateway.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The gateway as it is shipped, in a process and a directory of its own, on loopback. */
final class GatewayProcess implements AutoCloseable {
    static final String SECRET = "the-benchmark-signs-its-own-tokens-with-this";

    /** Allocation is sampled when a thread takes a new buffer: small ones, of an odd size, make the sample fine. */
    private static final String FINE_SAMPLES = "-XX:-ResizeTLAB -XX:TLABSize=15016";

    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 20;

    private final Path directory;
    private final Process process;
    private final URI base;
    private final int sipPort;

    private GatewayProcess(Path directory, Process process, URI base, int sipPort) {
        this.directory = directory;
        this.process = process;
        this.base = base;
        this.sipPort = sipPort;
    }

    /** Starts it and waits until it is ready; its trunk leads to {@code carrierPort}. */
    static GatewayProcess start(BenchOptions options, int carrierPort) throws IOException, InterruptedException {
        int http = FreePorts.one();
        int sip = FreePorts.one();
        Path directory = Files.createTempDirectory("copperline-bench");
        Path config = Files.writeString(directory.resolve("copperline.yaml"), config(options, http, sip, carrierPort));
        List<String> command = new ArrayList<>();
        options.gatewayProcessor.ifPresent(one -> command.addAll(List.of("taskset", "-c", one.toString())));
        command.addAll(
                List.of(options.dist.resolve("bin/copperline").toAbsolutePath().toString(), "run", config.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(directory.toFile(), "gateway.log"));
        builder.environment().put("COPPERLINE_JAVA_OPTS", FINE_SAMPLES + " " + options.gatewayJavaOpts);
        GatewayProcess gateway =
                new GatewayProcess(directory, builder.start(), URI.create("http://127.0.0.1:" + http), sip);
        // A benchmark that is interrupted leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(gateway.process::destroy));
        gateway.awaitReady();
        return gateway;
    }

    private static String config(BenchOptions options, int http, int sip, int carrierPort) {
        return """
                region: US
                http:
                  bind: 127.0.0.1
                  port: %d
                  limits:
                    requests-per-minute-per-user: 1000000
                    requests-per-minute-per-address: 1000000
                auth:
                  hs256-secret: %s
                media:
                  bind: 127.0.0.1
                  udp-port: free
                  shards: %s
                  max-calls: 5000
                  port-rest: 5s
                sip:
                  bind: 127.0.0.1
                  udp-port: %d
                  tcp-port: 0
                trunks:
                  carrier:
                    server: 127.0.0.1:%d
                    options-interval: 0
                routes:
                  outbound:
                    - prefix: "+1"
                      trunks: [carrier]
                data-directory: data
                log:
                  level: warn
                """.formatted(http, SECRET, options.shards == 0 ? "auto" : options.shards + "", sip, carrierPort);
    }

    private void awaitReady() throws IOException, InterruptedException {
        HttpRequest ready =
                HttpRequest.newBuilder(base.resolve("/health/ready")).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < START_SECONDS * 10; i++) {
                if (!process.isAlive()) {
                    throw new IOException("the gateway did not start:\n" + log());
                }
                try {
                    if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // Not yet.
                }
                Thread.sleep(100);
            }
        }
        throw new IOException("the gateway is not ready after " + START_SECONDS + " s:\n" + log());
    }

    URI base() {
        return base;
    }

    int sipPort() {
        return sipPort;
    }

    long pid() {
        return process.pid();
    }

    Path directory() {
        return directory;
    }

    /** What it has logged; warnings and errors only. */
    String log() throws IOException {
        return Files.readString(directory.resolve("gateway.log"));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(GatewayProcess::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
