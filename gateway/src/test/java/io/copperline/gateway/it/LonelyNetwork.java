package io.copperline.gateway.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A network in which Chromium is alone with a few ports of this machine, each of them a way that can be closed. */
final class LonelyNetwork {
    private final Path directory;
    private final int[] udp;
    private final Path chromium;

    /** The TCP ports for good, the UDP ports until {@link #closeUdp}. */
    LonelyNetwork(Path directory, int[] tcp, int[] udp) {
        this.directory = directory;
        this.udp = udp.clone();
        try (InputStream in = LonelyNetwork.class.getResourceAsStream("/it/chromium-alone.sh")) {
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@tcp@", words(tcp))
                    .replace("@udp@", words(udp))
                    .replace("@directory@", directory.toString())
                    .replace("@chromium@", System.getProperty("copperline.chromium", "/usr/bin/chromium"));
            chromium = Files.writeString(directory.resolve("chromium-alone.sh"), script);
            Files.setPosixFilePermissions(chromium, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String words(int... ports) {
        return Arrays.stream(ports).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }

    /** Whether this machine lets us have one: some containers do not. */
    static boolean possible() {
        try {
            Process attempt = new ProcessBuilder(
                            "sh", "-c", "[ $(id -u) -eq 0 ] || user=--map-root-user; unshare --net $user true")
                    .start();
            return attempt.waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts Chromium in it. */
    Chrome chrome() {
        return new Chrome(chromium);
    }

    /** From now on nothing comes through by UDP, as where a machine comes to a network that blocks it. */
    void closeUdp() {
        for (int port : udp) {
            ProcessHandle way = ProcessHandle.of(pid(port)).orElseThrow();
            Stream.concat(Stream.of(way), way.descendants()).toList().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private long pid(int port) {
        try {
            return Long.parseLong(
                    Files.readString(directory.resolve(port + ".pid")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
