package io.copperline.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A real TURN server, which knows the gateway's secret and relays to the gateway alone. */
final class Coturn implements AutoCloseable {
    static final String SECRET = "integration-tests-turn-secret";

    /** What makes a gateway hand it out. */
    static final String ICE_SERVERS = """
            ice-servers:
              - urls: ["turn:@advertise@:@turn@?transport=udp", "turn:@advertise@:@turn@?transport=tcp"]
                shared-secret: %s
            """.formatted(SECRET);

    private final Process process;
    private final Path log;

    /** @param address where browsers reach it, and it the gateway */
    Coturn(Ports ports, Path directory, String address) {
        log = directory.resolve("coturn.log");
        try {
            process = new ProcessBuilder(
                            "turnserver",
                            "-n",
                            "--no-cli",
                            "--listening-ip=" + address,
                            "--relay-ip=" + address,
                            "--listening-port=" + ports.turn(),
                            "--min-port=" + ports.firstRelay(),
                            "--max-port=" + ports.lastRelay(),
                            "--realm=turn.example.com",
                            "--use-auth-secret",
                            "--static-auth-secret=" + SECRET,
                            "--allow-loopback-peers",
                            "--denied-peer-ip=0.0.0.0-255.255.255.255",
                            "--allowed-peer-ip=" + address,
                            "--no-tls",
                            "--no-dtls",
                            "--no-rfc5780",
                            "--verbose",
                            "--simple-log",
                            "--log-file=stdout",
                            "--userdb=" + directory.resolve("coturn.db"),
                            "--pidfile=" + directory.resolve("coturn.pid"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("coturn listens: " + log, () -> listens(address, ports.turn()));
    }

    private static boolean listens(String address, int port) {
        try (Socket socket = new Socket(InetAddress.ofLiteral(address), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The password of a name, made as {@code openssl dgst -sha1 -hmac} makes it. */
    static String credential(String username, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String username(Instant expiresAt) {
        return expiresAt.getEpochSecond() + ":alice";
    }

    /** All that it has said. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
