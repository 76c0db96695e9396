package io.copperline.gateway.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The distribution as it is installed, started by its own script with a configuration of our own. */
final class GatewayProcess implements AutoCloseable {
    /** The key of the tokens, in the configuration and in {@link Tokens}. */
    static final String SECRET = "integration-tests-hs256-secret-0123456789";

    private static final Path SCRIPT =
            Path.of("target/copperline/bin/copperline").toAbsolutePath();
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Await.USUAL).build();
    private final Ports ports;
    private final Path directory;
    private final Family family;
    private final String iceSettings;
    private final String more;
    private final String file;
    private final Path log;
    private Process process;

    /**
     * @param directory where configuration, data and log are kept
     * @param iceSettings keys of the media section
     * @param more stands in the configuration behind the file, filled in as that
     * @param file the resource that is the configuration, to be filled in
     */
    GatewayProcess(Ports ports, Path directory, Family family, String iceSettings, String more, String file) {
        this.ports = ports;
        this.directory = directory;
        this.family = family;
        this.iceSettings = iceSettings;
        this.more = more;
        this.file = file;
        log = directory.resolve("gateway.log");
    }

    /** Starts it and waits until it takes calls; what it says goes behind what it said before. */
    void start() {
        try {
            Files.createDirectories(directory);
            Path config = Files.writeString(directory.resolve("copperline.yaml"), configuration());
            ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), "run", config.toString());
            builder.directory(directory.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("COPPERLINE_JAVA_OPTS", "-Xmx512m -XX:+UseSerialGC");
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("the gateway is ready: " + log, START, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the gateway ended with " + process.exitValue() + ":\n" + lastOfLog());
            }
            return ready();
        });
    }

    /**
     * Runs another command of the distribution with the same configuration, and waits for its end.
     *
     * @param words the command's words; {@code FILE} stands for the configuration
     * @return what it wrote, a line each
     */
    List<String> command(String... words) {
        try {
            String file = directory.resolve("copperline.yaml").toString();
            List<String> line = Stream.concat(Stream.of(SCRIPT.toString()), Stream.of(words))
                    .map(word -> word.equals("FILE") ? file : word)
                    .toList();
            ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process other = builder.redirectErrorStream(true).start();
            try (BufferedReader out = other.inputReader(StandardCharsets.UTF_8)) {
                return out.lines().toList();
            } finally {
                other.destroy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration() throws IOException {
        try (InputStream in = GatewayProcess.class.getResourceAsStream(file)) {
            return (new String(in.readAllBytes(), StandardCharsets.UTF_8) + more)
                    .replace("@http@", "" + ports.http())
                    .replace("@other-page@", family.host() + ":" + ports.otherPage())
                    .replace("@secret@", SECRET)
                    .replace("@media-bind@", family.bind())
                    .replace("@advertise@", family.advertised())
                    .replace("@ice@", iceSettings)
                    .replace("@udp@", "" + ports.browserUdp())
                    .replace("@turn@", "" + ports.turn())
                    .replace("@trunk-ports@", ports.firstTrunk() + "-" + ports.lastTrunk())
                    .replace("@sip-tls@", "" + ports.sipTls())
                    .replace("@kamailio@", "" + ports.kamailio())
                    .replace("@kamailio-tls@", "" + ports.kamailioTls())
                    .replace("@sip@", "" + ports.sip())
                    .replace("@lab@", "" + ports.lab())
                    .replace("@far-end@", "" + ports.farEnd())
                    .replace("@sipp@", "" + ports.sipp())
                    .replace("@baresip@", "" + ports.baresip())
                    .replace("@baresip-tls@", "" + (ports.baresip() + 1));
        }
    }

    private boolean ready() {
        try {
            return send(HttpRequest.newBuilder(uri("/health/ready"))).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    Ports ports() {
        return ports;
    }

    long pid() {
        return process.pid();
    }

    URI uri(String path) {
        return URI.create(origin() + path);
    }

    String origin() {
        return "http://localhost:" + ports.http();
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Await.USUAL).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every series of {@code /metrics}, by its name with its labels. */
    Map<String, Double> metrics() {
        return send(HttpRequest.newBuilder(uri("/metrics")))
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" (?=[^ ]+$)"))
                .collect(Collectors.toMap(words -> words[0], words -> Double.valueOf(words[1]), Double::sum));
    }

    double metric(String series) {
        return metrics().getOrDefault(series, 0.0);
    }

    /** Dropped messages and packets of a room, for whatever reason. */
    double drops(String room) {
        return metrics().entrySet().stream()
                .filter(e -> e.getKey().startsWith("copperline_drops_total{")
                        && e.getKey().contains("room=\"" + room + "\""))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** What is in use, by item, without SIP's transactions: they take their time to end, and are kept for a while then. */
    Map<String, Integer> ledger() {
        Map<String, Integer> items = everythingInUse();
        items.remove("sip-transactions");
        items.remove("sip-lingering");
        return items;
    }

    /** Requests of calls that wait for an answer. */
    int openTransactions() {
        return everythingInUse().get("sip-transactions");
    }

    private Map<String, Integer> everythingInUse() {
        Map<String, Integer> items = new TreeMap<>();
        metrics().forEach((series, value) -> {
            if (series.startsWith("copperline_ledger{")) {
                items.put(series.replaceAll(".*item=\"([^\"]*)\".*", "$1"), value.intValue());
            }
        });
        return items;
    }

    int threads() {
        return (int) metric("jvm_threads_live_threads");
    }

    /** All lines of its log. */
    List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String lastOfLog() {
        List<String> lines = log();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    /** Sends SIGTERM and waits for the end; the exit code. */
    int stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("SIGTERM did not end the gateway within " + STOP + ":\n" + lastOfLog());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        }
    }

    boolean running() {
        return process != null && process.isAlive();
    }

    @Override
    public void close() {
        if (running()) {
            stop();
        }
        http.close();
    }
}
