package io.copperline.gateway.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.Secret;
import io.copperline.config.CarrierHabits;
import io.copperline.config.ConfigProblems;
import io.copperline.config.HabitsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sockets, on loopback. */
class ScriptedCarrierTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final BlockingQueue<Violation> violations = new LinkedBlockingQueue<>();

    private ScriptedCarrier start(CarrierHabits habits) throws IOException {
        return ScriptedCarrier.start(
                habits,
                new InetSocketAddress(HERE, 0),
                Optional.empty(),
                "account",
                new Secret("secret"),
                new SecureRandom(),
                System::nanoTime,
                violations::add);
    }

    private static CarrierHabits tcp(Path directory) throws IOException, ConfigProblems {
        return HabitsReader.read(Files.writeString(directory.resolve("own.yaml"), "transport: tcp\n"), Map.of());
    }

    @Test
    void junkEndsNothing() throws IOException, InterruptedException {
        try (ScriptedCarrier carrier = start(HabitsReader.shipped("vonage"));
                DatagramSocket socket = new DatagramSocket(0, HERE)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            InetSocketAddress there = new InetSocketAddress(HERE, carrier.port());
            byte[][] all = {
                {},
                {0},
                "\r\n\r\n".getBytes(StandardCharsets.UTF_8),
                new byte[60_000],
                "INVITE x SIP/2.0".getBytes(StandardCharsets.UTF_8),
                Requests.of("OPTIONS", 1).bytes()
            };
            for (byte[] bytes : all) {
                socket.send(new DatagramPacket(bytes, bytes.length, there));
            }
            DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
            socket.receive(answer);
            assertTrue(new String(answer.getData(), StandardCharsets.UTF_8).startsWith("SIP/2.0 200 OK\r\n"));
            assertEquals(
                    "INVITE",
                    violations.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).method());
        }
    }

    @Test
    void aConnectionAnswersPingsAndWhatComesInPieces(@TempDir Path directory) throws IOException, ConfigProblems {
        try (ScriptedCarrier carrier = start(tcp(directory));
                Socket socket = new Socket(HERE, carrier.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertEquals("\r\n", new String(in.readNBytes(2), StandardCharsets.UTF_8));
            byte[] options = Requests.of("OPTIONS", 1).bytes();
            out.write(options, 0, 100);
            out.flush();
            out.write(options, 100, options.length - 100);
            assertEquals("SIP/2.0 200 OK", new String(in.readNBytes(14), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aMessageOfUnknownLengthIsToldBeforeTheConnectionEnds(@TempDir Path directory)
            throws IOException, ConfigProblems, InterruptedException {
        try (ScriptedCarrier carrier = start(tcp(directory));
                Socket socket = new Socket(HERE, carrier.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String options = Requests.of("OPTIONS", 1).toString().replace("Content-Length: 0\r\n", "");
            socket.getOutputStream().write(options.getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    "SIP/2.0 400 Bad Request",
                    new String(socket.getInputStream().readNBytes(23), StandardCharsets.UTF_8));
            assertEquals(
                    "Content-Length 0",
                    violations.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).expected());
        }
    }

    @Test
    void connectionsAreBounded(@TempDir Path directory) throws IOException, ConfigProblems {
        try (ScriptedCarrier carrier = start(tcp(directory))) {
            Socket[] sockets = new Socket[StreamDoor.MOST_CONNECTIONS + 1];
            for (int i = 0; i < sockets.length; i++) {
                sockets[i] = new Socket(HERE, carrier.port());
                sockets[i].setSoTimeout(PATIENCE_MILLIS);
            }
            assertEquals(
                    -1, sockets[StreamDoor.MOST_CONNECTIONS].getInputStream().read(), "closed at once");
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
