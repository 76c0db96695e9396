package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.rtp.RtpHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Hostile bytes on each open port while a call is up: the call is not harmed, what was dropped is counted, and the log stays
 * calm.
 */
class HostileInputIT {
    private static final int LINES_AT_MOST = 20;
    private static final int LEAST_VOLLEYS = 250;
    private static final int VOLLEY_MILLIS = 20;
    private static final int STRANGERS = 20;
    private static final int CROWD = 200;
    /** As many as one address may have. */
    private static final int MOST_CONNECTIONS = 64;

    private static final int LOUD = 10;
    private static final int PINGS = 10_000;
    private static final Duration SOUND = Duration.ofSeconds(4);

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private Tab tab;
    private FarCall far;
    private int logLines;

    @BeforeEach
    void talk() {
        tab = STAGE.phone("alice");
        tab.watchCalls();
        tab.call("+13035550100");
        far = STAGE.farEnd().nextCall();
        far.answer();
        tab.untilState("Talking");
        far.wire().play(Speech.REPLY);
        // Once the phone is heard, the trunk's latch is locked: who shoots first would be as good as the phone.
        tab.until("copperlinePhone.call.audioLevel().remote > 0.01");
        far.awaitVoice();
        logLines = STAGE.gateway().log().size();
    }

    /** The call that was up during all of it still talks both ways, in one go, and ends as calls end. */
    @AfterEach
    void talksOnAndHangsUp() {
        tab.startRecording();
        Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(SOUND));
        Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
        assertTrue(
                tab.events().stream().noneMatch(e -> e.startsWith("ended")),
                () -> tab.events().toString());
        tab.page().click("#hangup");
        tab.untilState("Call ended");
        far.await("ended REMOTE HANGUP");
        List<String> said = STAGE.gateway().log();
        int lines = said.size() - logLines;
        assertTrue(lines <= LINES_AT_MOST, () -> String.join("\n", said.subList(logLines, said.size())));
    }

    @Test
    void onTheBrowsersPort() throws IOException {
        double before = STAGE.gateway().drops("browser");
        Ports ports = STAGE.gateway().ports();
        List<List<byte[]>> volleys = List.of(Junk.noise(), Junk.stun(), Junk.rtp());
        for (List<byte[]> volley : volleys) {
            Shots.shoot(volley, ports.browserUdp());
            Shots.shoot(volley, ports.browserUdp() + 1);
        }
        Await.until("it is counted", () -> STAGE.gateway().drops("browser") > before + 500);
    }

    /** Some thousands a second from many ports, while the call goes on and is listened to. */
    @Test
    void aFloodOfIntroductionsFromStrangers() throws Exception {
        double before = droppedAtTheBrowsersPorts();
        Map<String, Integer> inUse = STAGE.gateway().ledger();
        AtomicBoolean heard = new AtomicBoolean();
        int volleys;
        try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> flood = strangers.submit(() -> flood(heard));
            try {
                tab.startRecording();
                Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(SOUND));
                Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
            } finally {
                heard.set(true);
            }
            volleys = flood.get();
        }
        int sent = volleys * STRANGERS * 4;
        Await.until("it is counted", () -> droppedAtTheBrowsersPorts() > before + sent * 0.9);
        assertEquals(inUse, STAGE.gateway().ledger(), "nothing is in use for strangers");
    }

    /** Until all that has to be heard meanwhile was heard; how many volleys that took. */
    private static int flood(AtomicBoolean heard) throws IOException, InterruptedException {
        Ports ports = STAGE.gateway().ports();
        int volleys = 0;
        while (volleys < LEAST_VOLLEYS || !heard.get()) {
            for (int stranger = 0; stranger < STRANGERS; stranger++) {
                Shots.shoot(Junk.introductions(), ports.browserUdp());
                Shots.shoot(Junk.introductions(), ports.browserUdp() + 1);
            }
            Thread.sleep(VOLLEY_MILLIS);
            volleys++;
        }
        return volleys;
    }

    /** By the gateway, or before it could read them. */
    private static double droppedAtTheBrowsersPorts() {
        int port = STAGE.gateway().ports().browserUdp();
        return STAGE.gateway().drops("browser") + Shots.unread(port) + Shots.unread(port + 1);
    }

    @Test
    void onTheBrowsersPortOverTcp() throws IOException {
        double before = STAGE.gateway().drops("browser");
        int port = STAGE.gateway().ports().browserUdp();
        for (List<byte[]> volley : List.of(Junk.noise(), Junk.stun(), Junk.rtp(), Junk.http())) {
            for (byte[] bytes : volley) {
                assertEquals("", Shots.throwAt(bytes, port));
                assertEquals("", Shots.throwAt(framed(bytes), port + 1));
            }
        }
        Await.until("it is counted", () -> STAGE.gateway().drops("browser") > before + 250);
        Await.until("none is kept", () -> STAGE.gateway().ledger().get("tcp-connections") <= 2);
    }

    /** A packet as RFC 4571 frames it. */
    private static byte[] framed(byte[] packet) {
        return ByteBuffer.allocate(2 + packet.length)
                .putShort((short) packet.length)
                .put(packet)
                .array();
    }

    @Test
    void onTheTrunksPorts() throws IOException {
        double before = STAGE.gateway().drops("trunk");
        int rtp = far.gatewayRtp().getPort();
        for (List<byte[]> volley : List.of(Junk.noise(), Junk.stun(), Junk.rtp())) {
            Shots.shoot(volley, rtp);
            Shots.shoot(volley, rtp + 1);
        }
        // A stream that could be the phone's, but comes from elsewhere: the latch is locked, nobody hears it.
        try (DatagramSocket intruder = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            byte[] packet = new byte[172];
            for (int i = 0; i < 100; i++) {
                RtpHeader.write(packet, 0, 0, i == 0, i, i * 160L, 0x77777777L);
                intruder.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), rtp));
            }
        }
        Await.until("it is counted", () -> STAGE.gateway().drops("trunk") > before + 500);
    }

    @Test
    void onTheSipPorts() throws IOException {
        double before = STAGE.gateway().drops("sip");
        int port = STAGE.gateway().ports().sip();
        Shots.shoot(Junk.sip(), port);
        for (byte[] bytes : Junk.sip()) {
            Shots.throwAt(bytes, port);
        }
        Await.until("it is counted", () -> STAGE.gateway().drops("sip") > before + 50);
        Await.until("SIP over UDP still answers", () -> Shots.answersOptions(port));
        FarCall another = STAGE.farEnd().call("+12025550151");
        another.await("ended REMOTE REJECTED 480");
    }

    /** From the address of a carrier: more connections than it may have, and more on them than it may send. */
    @Test
    void aFloodOverConnections() throws Exception {
        String flood = "copperline_drops_total{reason=\"flood\",room=\"sip\"}";
        double before = STAGE.gateway().metric(flood);
        int port = STAGE.gateway().ports().sip();
        byte[] pings = "\r\n".repeat(PINGS * 2).getBytes(StandardCharsets.US_ASCII);
        List<Socket> crowd = new ArrayList<>();
        try (ExecutorService listeners = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CROWD; i++) {
                Socket one = new Socket(InetAddress.getLoopbackAddress(), port);
                crowd.add(one);
                var _ = listeners.submit(() -> one.getInputStream().transferTo(OutputStream.nullOutputStream()));
            }
            for (Socket one : crowd.subList(0, LOUD)) {
                var _ = listeners.submit(() -> {
                    one.getOutputStream().write(pings);
                    return null;
                });
            }
            try {
                tab.startRecording();
                Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(SOUND));
                Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
                Await.until(
                        "it is counted",
                        () -> STAGE.gateway().metric(flood) > before + CROWD - MOST_CONNECTIONS + LOUD * PINGS / 2);
            } finally {
                for (Socket one : crowd) {
                    one.close();
                }
            }
        }
        Await.until("the connections are given back", () -> Shots.connects(port));
    }

    @Test
    void onTheHttpPort() throws IOException {
        int port = STAGE.gateway().ports().http();
        for (byte[] bytes : Junk.http()) {
            String answer = Shots.throwAt(bytes, port);
            assertTrue(!answer.contains("Exception") && !answer.contains("\tat "), answer);
            assertTrue(answer.isEmpty() || !answer.startsWith("HTTP/1.1 5"), answer);
        }
        assertEquals(
                200,
                STAGE.gateway()
                        .send(HttpRequest.newBuilder(STAGE.gateway().uri("/")))
                        .statusCode());
    }

    @Test
    void onTheWebSocket() throws Exception {
        double before = STAGE.gateway().metric("copperline_drops_total{reason=\"refused.bad-request\",room=\"web\"}");
        for (String message : Junk.messages()) {
            try (Shouting socket = Shouting.open(STAGE.gateway(), Tokens.alice())) {
                socket.say(message);
                socket.say("{\"type\":\"ping\"}");
                socket.awaitAnswerOrClose();
                assertTrue(!socket.heard().contains("Exception"), socket::heard);
            }
        }
        try (Shouting socket = Shouting.open(STAGE.gateway(), Tokens.alice())) {
            socket.say(ByteBuffer.wrap(new byte[100]));
            socket.awaitClose(1003);
        }
        try (Shouting socket = Shouting.open(STAGE.gateway(), Tokens.alice())) {
            socket.say("{\"type\":\"" + "x".repeat(70_000) + "\"}");
            socket.awaitClose(1009);
        }
        try (Shouting socket = Shouting.open(STAGE.gateway(), "not.a.token")) {
            socket.awaitClose(4401);
        }
        Await.until("it is counted", () -> STAGE.gateway().drops("web") > before);
    }
}
