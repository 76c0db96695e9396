package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trunk at a local address of its own. */
class TrunkBindTest {
    private static final String OWN = "127.0.0.2";

    private static SipSettings settings(String bind) {
        return new SipSettings(
                bind, "192.0.2.77", 0, SipSettings.ANY_FREE_PORT, 0, Optional.empty(), "Copperline test", List.of());
    }

    private static TrunkSettings trunk(int port, SipTransport transport, String bind, Optional<String> advertise) {
        return TrunkSettings.to("carrier", "127.0.0.1", port, transport)
                .carriage(Carriage.USUAL.from(bind, advertise))
                .build();
    }

    private static byte[] options(int port) {
        return ("OPTIONS sip:127.0.0.2 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + port
                        + ";rport;branch=z9hG4bKbind\r\nMax-Forwards: 70\r\nFrom: <sip:raw@127.0.0.1>;tag=raw\r\n"
                        + "To: <sip:127.0.0.2>\r\nCall-ID: bind\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1"})
    void sendsAndHearsOverUdpAtItsOwnAddress(String general) throws Exception {
        try (DatagramSocket carrier = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
                Party gateway = new Party(
                        settings(general), trunk(carrier.getLocalPort(), SipTransport.UDP, OWN, Optional.empty()))) {
            carrier.setSoTimeout(20_000);
            gateway.endpoint.trunk("carrier").probe();
            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            carrier.receive(packet);
            String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            String own = OWN + ":" + gateway.endpoint.udpPort();
            assertEquals(
                    new InetSocketAddress(InetAddress.ofLiteral(OWN), gateway.endpoint.udpPort()),
                    packet.getSocketAddress());
            assertTrue(text.contains("Via: SIP/2.0/UDP " + own + ";"), text);
            assertTrue(text.contains("@" + own + ">"), text);
            byte[] ping = options(carrier.getLocalPort());
            carrier.send(new DatagramPacket(ping, ping.length, packet.getSocketAddress()));
            String answer;
            do {
                packet = new DatagramPacket(new byte[4096], 4096);
                carrier.receive(packet);
                answer = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            } while (!answer.startsWith("SIP/2.0 200"));
            assertEquals(OWN, packet.getAddress().getHostAddress());
        }
    }

    @Test
    void connectsFromItsOwnAddressUnderAnother() throws Exception {
        try (ServerSocket carrier = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Party gateway = new Party(
                        settings("0.0.0.0"),
                        trunk(carrier.getLocalPort(), SipTransport.TCP, OWN, Optional.of("203.0.113.11")))) {
            carrier.setSoTimeout(20_000);
            gateway.endpoint.trunk("carrier").probe();
            try (Socket connection = carrier.accept()) {
                assertEquals(OWN, connection.getInetAddress().getHostAddress());
                byte[] bytes = new byte[4096];
                int read = connection.getInputStream().read(bytes);
                String text = new String(bytes, 0, read, StandardCharsets.UTF_8);
                assertTrue(text.contains("Via: SIP/2.0/TCP 203.0.113.11:" + gateway.endpoint.tcpPort()), text);
            }
        }
    }

    @Test
    void worksOverIpv6BesideIpv4() throws Exception {
        try (DatagramSocket carrier = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
                Party gateway = new Party(
                        settings("127.0.0.1"),
                        TrunkSettings.to("carrier", "::1", carrier.getLocalPort(), SipTransport.UDP)
                                .carriage(Carriage.USUAL.from("::1", Optional.empty()))
                                .build())) {
            carrier.setSoTimeout(20_000);
            gateway.endpoint.trunk("carrier").probe();
            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            carrier.receive(packet);
            String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            assertTrue(text.contains("Via: SIP/2.0/UDP [::1]:" + gateway.endpoint.udpPort()), text);
        }
    }

    @Test
    void refusesAnAddressThatIsNotOfThisMachine() {
        SipStartException problem = assertThrows(
                SipStartException.class,
                () -> new Party(settings("0.0.0.0"), trunk(5060, SipTransport.UDP, "192.0.2.55", Optional.empty())));
        assertTrue(problem.getMessage().contains("192.0.2.55"), problem::getMessage);
    }
}
