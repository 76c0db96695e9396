package io.copperline.gateway.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One call by GStreamer's webrtcbin in a {@link Namespace}: {@code it/gstreamer-peer.py}. It sends a tone of {@link #TONE_HZ}. */
final class GStreamer implements AutoCloseable {
    static final int TONE_HZ = 900;

    private static final Duration SOUND = Duration.ofSeconds(5);
    private static final Duration END = Duration.ofSeconds(10);

    private final Process process;
    private final PrintWriter commands;
    private final Path heard;
    private final Path log;
    private final List<JsonNode> said = new CopyOnWriteArrayList<>();

    private GStreamer(Process process, Path heard, Path log) {
        this.process = process;
        this.heard = heard;
        this.log = log;
        commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        Thread.ofVirtual().name("gstreamer").start(() -> listen(process.inputReader(StandardCharsets.UTF_8)));
    }

    /** Calls this number by HTTP. */
    static GStreamer calls(Stage stage, String number, String... options) {
        return start(stage, Stream.concat(Stream.of("--call", number), Stream.of(options)));
    }

    /** Has its WebSocket open and waits for a call. */
    static GStreamer waits(Stage stage) {
        GStreamer peer = start(stage, Stream.of("--phone"));
        peer.awaitTold("welcome");
        return peer;
    }

    private static GStreamer start(Stage stage, Stream<String> options) {
        String gateway = stage.apart(stage.gateway().ports().http(), "").toString();
        Stream<String> usual = Stream.of("--gateway", gateway, "--token", Tokens.alice());
        return start(
                stage.namespace(),
                stage.directory(),
                Stream.concat(usual, options).toList());
    }

    /** Without a gateway: answers what a test offers. */
    static GStreamer alone(Namespace namespace, Path directory) {
        return start(namespace, directory, List.of());
    }

    private static GStreamer start(Namespace namespace, Path directory, List<String> options) {
        Path heard = directory.resolve("gstreamer-heard.pcm");
        Path log = directory.resolve("gstreamer.log");
        try {
            Files.deleteIfExists(heard);
            Path script =
                    Path.of(GStreamer.class.getResource("/it/gstreamer-peer.py").toURI());
            // The system's own Python: no other one has its bindings of GStreamer.
            List<String> command = namespace.inside(
                    "/usr/bin/python3", script.toString(), "--tone", "" + TONE_HZ, "--recording", heard.toString());
            command.addAll(options);
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            return new GStreamer(builder.start(), heard, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void listen(BufferedReader lines) {
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(BiDi.JSON.readTree(line));
            }
        } catch (IOException e) {
            // It has ended.
        }
    }

    /** Waits until it says this of itself, and gives the last such word. */
    JsonNode await(String event, Predicate<JsonNode> wanted) {
        try {
            return Await.value("", Await.USUAL, () -> find(event).filter(wanted));
        } catch (AssertionError e) {
            throw new AssertionError("no such \"" + event + "\" among " + said + "; see " + log, e);
        }
    }

    JsonNode await(String event) {
        return await(event, _ -> true);
    }

    void awaitConnected() {
        await("connection-state", word -> word.get("state").asText().equals("connected"));
    }

    /** Its tone is heard at the far end, and the far end's speech here. */
    void assertBothHear(FarCall far) {
        far.wire().play(Speech.REPLY);
        Sounds.awaitTone(TONE_HZ, () -> far.wire().hear(SOUND));
        Sounds.awaitHeard(Speech.REPLY, () -> hear(SOUND));
    }

    /** Waits until a message on its data channel is like this. */
    void awaitMessage(Predicate<JsonNode> wanted) {
        Await.until(
                "such a message among " + said + "; see " + log,
                () -> all("message").map(GStreamer::content).anyMatch(wanted));
    }

    private static JsonNode content(JsonNode message) {
        try {
            return BiDi.JSON.readTree(message.get("text").asText());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<JsonNode> find(String event) {
        return all(event).reduce((_, later) -> later);
    }

    private Stream<JsonNode> all(String event) {
        return said.stream().filter(one -> one.get("event").asText().equals(event));
    }

    /** Presses a key for so long. */
    void press(int event, int millis) {
        commands.println("digit " + event + " " + millis);
    }

    /** Waits for a message of this type on its WebSocket. */
    JsonNode awaitTold(String type) {
        return await("told", word -> word.at("/message/type").asText().equals(type))
                .get("message");
    }

    /** Answers the call that rings. */
    void pickUp() {
        commands.println("pick-up");
    }

    /** Its answer to an offer. */
    String answer(String offer) {
        commands.println("offer " + BiDi.JSON.valueToTree(offer));
        return await("answer").get("sdp").asText();
    }

    /** Sends a message on its data channel. */
    void send(String text) {
        commands.println("send " + text);
    }

    /** Offers another direction of its voice. */
    void turn(String direction) {
        commands.println("direction " + direction);
    }

    /** One kind of its statistics, such as {@code inbound-rtp}, as it is now. */
    JsonNode statistics(String kind) {
        long before = all("stats").count();
        commands.println("stats");
        Await.until("statistics", () -> all("stats").count() > before);
        return await("stats").get("stats").path(kind);
    }

    /** What it hears from now on, once it is so long, at 8 kHz. */
    short[] hear(Duration length) {
        long from = heardBytes();
        long wanted = 2 * 8 * length.toMillis();
        Await.until("GStreamer hears; see " + log, length.plus(Await.USUAL), () -> heardBytes() >= from + wanted);
        try {
            return Speech.samples(Files.readAllBytes(heard), (int) from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long heardBytes() {
        try {
            return Files.exists(heard) ? Files.size(heard) / 2 * 2 : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hangs up. */
    void hangUp() {
        commands.println("end");
        try {
            if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("GStreamer's peer did not end well; see " + log);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
