package io.copperline.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A carrier: Kamailio as registrar and proxy over UDP, TCP and TLS, by the script of {@code it/kamailio}, and rtpengine for the
 * audio. It is at {@code localhost}, and its certificate, the gateway's and a phone's are from an authority of its own, {@code ca.pem}.
 */
final class Kamailio implements AutoCloseable {
    private static final long END_SECONDS = 10;

    private final Path directory;
    private final Path log;
    private final Rtpengine rtpengine;
    private Process process;

    /**
     * Starts it.
     *
     * @param algorithm of the digest, {@code MD5} or {@code SHA-256}
     * @param longestRegistrationSeconds what is granted at most
     */
    Kamailio(Ports ports, Path directory, String algorithm, int longestRegistrationSeconds) {
        this.directory = directory;
        log = directory.resolve("kamailio.log");
        Certificates authority = Certificates.in(directory);
        List.of("carrier", "gateway", "phone").forEach(who -> authority.signed(who, "localhost"));
        for (String file : List.of("kamailio.cfg", "tls.cfg")) {
            write(
                    file,
                    Resource.text("/it/kamailio/" + file)
                            .replace("@directory@", directory.toString())
                            .replace("@kamailio@", "" + ports.kamailio())
                            .replace("@kamailio-tls@", "" + ports.kamailioTls())
                            .replace("@rtpengine@", "" + ports.rtpengine())
                            .replace("@far-end@", "" + ports.farEnd())
                            .replace("@algorithm@", algorithm)
                            .replace("@longest-registration@", "" + longestRegistrationSeconds));
        }
        rtpengine = Rtpengine.start(ports, directory);
        start();
    }

    private void write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Again, after it was stopped: it knows nobody any more. */
    void start() {
        List<String> command = List.of(
                "/usr/sbin/kamailio", // not in everybody's PATH
                "-DD",
                "-E",
                "-m",
                "32",
                "-f",
                directory.resolve("kamailio.cfg").toString(),
                "-P",
                directory.resolve("kamailio.pid").toString(),
                "-Y",
                directory.toString());
        int before = said().length();
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("Kamailio starts: " + log, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("Kamailio ended:\n" + said());
            }
            return said().substring(before).contains("rtpengine instance");
        });
    }

    void stop() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                children.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It dies, and its connections with it; the audio that rtpengine relays goes on. */
    void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        Await.until("Kamailio is dead", () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Its log, to which the script writes whom it has let through. */
    String said() {
        return Sipp.text(log);
    }

    int count(String words) {
        return said().split(Pattern.quote(words), -1).length - 1;
    }

    void awaitSaid(String words) {
        Await.until("\"" + words + "\" in " + log, () -> said().contains(words));
    }

    Rtpengine rtpengine() {
        return rtpengine;
    }

    @Override
    public void close() {
        stop();
        rtpengine.close();
    }
}
