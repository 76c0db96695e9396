package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.Secret;
import io.copperline.sip.wire.StunBinding;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What keeps a way open, over real sockets of loopback. */
class KeepAliveTest {
    private static final String TRANSACTION = "00112233445566778899aabb";
    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final Duration SELDOM = Duration.ofHours(1);

    private static final String OPTIONS = """
            OPTIONS sip:127.0.0.1 SIP/2.0\r
            Via: SIP/2.0/TCP 127.0.0.1:9;rport;branch=z9hG4bKping\r
            Max-Forwards: 70\r
            From: <sip:raw@127.0.0.1>;tag=raw\r
            To: <sip:127.0.0.1>\r
            Call-ID: ping\r
            CSeq: 1 OPTIONS\r
            Content-Length: 0\r
            \r
            """;

    private static TrunkSettings trunk(int port, SipTransport transport, KeepAlive.Kind kind, Duration interval) {
        return Sample.trunk("carrier", port, transport)
                .but()
                .account("alice", new Secret("secret"))
                .register(true)
                .carriage(Carriage.USUAL.with(new KeepAlive(kind, interval)))
                .build();
    }

    @Test
    void pingsTheConnectionOnWhichItHasRegistered() throws Exception {
        try (RawRegistrar registrar = new RawRegistrar("Expires: 600\r\n");
                Party _ = new Party(
                        Sample.settings(), trunk(registrar.port(), SipTransport.TCP, KeepAlive.Kind.AUTO, OFTEN))) {
            registrar.await("REGISTER");
            for (int i = 0; i < 3; i++) {
                registrar.await("ping");
                registrar.pong();
            }
        }
    }

    @Test
    void registersAnewAtOnceWhenTheConnectionEnds() throws Exception {
        try (RawRegistrar registrar = new RawRegistrar("Expires: 600\r\n");
                Party gateway = new Party(
                        Sample.settings(), trunk(registrar.port(), SipTransport.TCP, KeepAlive.Kind.AUTO, OFTEN))) {
            registrar.await("REGISTER");
            registrar.await("ping");
            registrar.cut();
            registrar.await("REGISTER");
            registrar.await("ping");
            assertEquals(
                    TrunkState.Registration.REGISTERED,
                    gateway.endpoint.trunk("carrier").state().registration());
        }
    }

    @Test
    void aRegistrationWhoseConnectionEndsHasFailedAndIsTriedAgain() throws Exception {
        try (RawRegistrar registrar = new RawRegistrar("Expires: 600\r\n").answers(false);
                Party gateway = new Party(
                        Sample.settings(), trunk(registrar.port(), SipTransport.TCP, KeepAlive.Kind.AUTO, SELDOM))) {
            Trunk trunk = gateway.endpoint.trunk("carrier");
            registrar.await("REGISTER");
            registrar.cut();
            Await.until("it has failed", () -> trunk.state().registration() == TrunkState.Registration.FAILED);
            assertEquals(
                    "the connection ended",
                    trunk.state().registrationFailure().orElseThrow().what());
        }
    }

    @Test
    void answersAPingWithAPong() throws Exception {
        try (Party gateway = new Party(Sample.settings(), Sample.trunk("carrier", Party.freePort()));
                Socket peer = new Socket(InetAddress.getLoopbackAddress(), gateway.endpoint.tcpPort())) {
            peer.setSoTimeout(20_000);
            peer.getOutputStream().write("\r\n\r\n\r\n\r\n".getBytes(StandardCharsets.US_ASCII)); // too early
            peer.getOutputStream().write(OPTIONS.getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            while (!answer.toString().endsWith("\r\n\r\n")) {
                answer.append((char) peer.getInputStream().read());
            }
            for (int i = 0; i < 2; i++) {
                peer.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertEquals("\r\n", new String(peer.getInputStream().readNBytes(2), StandardCharsets.US_ASCII));
            }
        }
    }

    @Test
    void asksACarrierByStunFromItsSipPort() throws Exception {
        try (DatagramSocket carrier = socket();
                Party gateway = new Party(
                        Sample.settings(),
                        Sample.trunk("carrier", carrier.getLocalPort())
                                .but()
                                .carriage(Carriage.USUAL.with(new KeepAlive(KeepAlive.Kind.STUN, OFTEN)))
                                .build())) {
            gateway.endpoint.trunk("carrier").onTime();
            Set<String> answered = new HashSet<>();
            while (answered.size() < 2) {
                DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
                carrier.receive(packet);
                StunBinding asked = StunBinding.parse(packet.getData(), 0, packet.getLength())
                        .orElseThrow();
                if (!answered.add(asked.transaction())) {
                    continue; // asked once more, before the answer came
                }
                assertEquals(gateway.endpoint.udpPort(), packet.getPort());
                byte[] answer = new StunBinding(
                                StunBinding.Kind.SUCCESS, asked.transaction(), Optional.of((InetSocketAddress)
                                        packet.getSocketAddress()))
                        .write();
                carrier.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
            assertTrue(gateway.endpoint.drops().values().stream().allMatch(count -> count == 0));
        }
    }

    @Test
    void tellsAKnownPeerUnderWhichAddressItIsSeen() throws Exception {
        try (DatagramSocket carrier = socket();
                Party gateway = new Party(Sample.settings(), Sample.trunk("carrier", carrier.getLocalPort()))) {
            ask(carrier, gateway.endpoint.udpPort());
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            carrier.receive(packet);
            StunBinding answer =
                    StunBinding.parse(packet.getData(), 0, packet.getLength()).orElseThrow();
            assertEquals(StunBinding.Kind.SUCCESS, answer.kind());
            assertEquals(TRANSACTION, answer.transaction());
            assertEquals(carrier.getLocalSocketAddress(), answer.mapped().orElseThrow());
        }
    }

    @Test
    void refusesWhatAsksForMoreThanAnAddress() throws Exception {
        try (DatagramSocket carrier = socket();
                Party gateway = new Party(Sample.settings(), Sample.trunk("carrier", carrier.getLocalPort()))) {
            byte[] check = HexFormat.of().parseHex("000100082112a442" + TRANSACTION + "002400046e0001ff");
            carrier.send(new DatagramPacket(
                    check, check.length, InetAddress.getLoopbackAddress(), gateway.endpoint.udpPort()));
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            carrier.receive(packet);
            StunBinding answer =
                    StunBinding.parse(packet.getData(), 0, packet.getLength()).orElseThrow();
            assertEquals(StunBinding.Kind.ERROR, answer.kind());
            assertEquals(TRANSACTION, answer.transaction());
        }
    }

    @Test
    void tellsStrangersNothing() throws Exception {
        try (DatagramSocket stranger = socket();
                Party gateway = new Party(Sample.settings(), Sample.trunkTo("carrier", "192.0.2.9", 5060))) {
            stranger.setSoTimeout(300);
            ask(stranger, gateway.endpoint.udpPort());
            assertFalse(hears(stranger));
            Await.until("it is counted", () -> gateway.endpoint.drops().get(Drop.STRANGER) == 1);
        }
    }

    private static DatagramSocket socket() throws Exception {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void ask(DatagramSocket from, int port) throws Exception {
        byte[] request = new StunBinding(StunBinding.Kind.REQUEST, TRANSACTION, Optional.empty()).write();
        from.send(new DatagramPacket(request, request.length, InetAddress.getLoopbackAddress(), port));
    }

    private static boolean hears(DatagramSocket socket) throws Exception {
        try {
            socket.receive(new DatagramPacket(new byte[1500], 1500));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
