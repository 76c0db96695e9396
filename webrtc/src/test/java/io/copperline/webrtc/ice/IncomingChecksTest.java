package io.copperline.webrtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.webrtc.stun.StunAttribute;
import io.copperline.webrtc.stun.StunMessage;
import io.copperline.webrtc.stun.StunPassword;
import io.copperline.webrtc.stun.StunWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What either agent makes of checks, over UDP and over TCP: from the other side, and from strangers. */
class IncomingChecksTest {
    private static final IceCredentials OURS = new IceCredentials("ours", "password-of-22-characters");
    private static final IceCredentials THEIRS = new IceCredentials("theirs", "password-of-23-characters");
    private static final long NOW = 1_000_000_000L;

    private final List<byte[]> sent = new ArrayList<>();
    private final List<TransportAddress> validated = new ArrayList<>();
    private final List<TransportAddress> selected = new ArrayList<>();
    private final StunWriter writer = new StunWriter();
    private final IceSink sink = new IceSink() {
        @Override
        public void transmit(byte[] buf, int off, int len, TransportAddress to) {
            sent.add(Arrays.copyOfRange(buf, off, off + len));
        }

        @Override
        public void validated(TransportAddress remote) {
            validated.add(remote);
        }

        @Override
        public void selected(TransportAddress remote) {
            selected.add(remote);
        }
    };

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private static IceAgent agent(boolean lite) {
        List<IceCandidate> ours = List.of(
                IceCandidate.host(at("192.0.2.1", 10_000), 0),
                IceCandidate.host(at("2001:db8::1", 10_000), 1),
                IceCandidate.tcpPassive(at("192.0.2.1", 10_000), 0));
        IceAgent agent = lite ? new LiteAgent(OURS, NOW) : new FullAgent(OURS, ours, false, new Random(1), NOW);
        agent.remote(THEIRS, false);
        return agent;
    }

    private byte[] check(String username, String password, StunAttribute role, long tieBreaker) {
        int len = writer.begin(StunMessage.BINDING_REQUEST, new byte[12])
                .text(StunAttribute.USERNAME, username)
                .number(StunAttribute.PRIORITY, 1)
                .tieBreaker(role, tieBreaker)
                .flag(StunAttribute.USE_CANDIDATE)
                .finish(new StunPassword(password));
        return Arrays.copyOf(writer.buffer(), len);
    }

    private byte[] good() {
        return check("ours:theirs", OURS.password(), StunAttribute.ICE_CONTROLLING, 7);
    }

    private IceDrop give(IceAgent agent, byte[] bytes, TransportAddress from) {
        return agent.onDatagram(bytes, 0, bytes.length, from, NOW, sink);
    }

    private StunMessage answer(int index) {
        StunMessage message = new StunMessage();
        assertTrue(message.read(sent.get(index), 0, sent.get(index).length));
        return message;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void strangersGetNoStateAndNoAnswer(boolean lite) {
        IceAgent agent = agent(lite);
        byte[] unsealed = Arrays.copyOf(
                writer.buffer(),
                writer.begin(StunMessage.BINDING_REQUEST, new byte[12])
                        .text(StunAttribute.USERNAME, "ours:theirs")
                        .finish());
        byte[] broken = good();
        broken[30] ^= 1;
        List<byte[]> foreign = List.of(
                check("ours:theirs", "another-password-23-chars", StunAttribute.ICE_CONTROLLING, 7),
                check("ours:others", OURS.password(), StunAttribute.ICE_CONTROLLING, 7),
                check("theirs:ours", OURS.password(), StunAttribute.ICE_CONTROLLED, 7),
                unsealed,
                broken);
        for (byte[] bytes : foreign) {
            for (TransportAddress from : List.of(
                    TransportAddress.udp(at("203.0.113.66", 6_666)), TransportAddress.tcp(at("203.0.113.66", 6_666)))) {
                assertEquals(IceDrop.NOT_AUTHENTIC, give(agent, bytes, from));
                assertFalse(agent.validated(from));
            }
        }
        assertEquals(List.of(), sent);
        assertEquals(List.of(), validated);
        assertEquals(NOW, agent.lastConsentNanos());
        agent.onTime(NOW, sink);
        assertEquals(List.of(), sent);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noAnswerIsLargerThanItsRequest(boolean lite) {
        IceAgent agent = agent(lite);
        byte[] request = good();
        byte[] conflict = check("ours:theirs", OURS.password(), StunAttribute.ICE_CONTROLLED, -1);
        for (InetSocketAddress from : List.of(at("198.51.100.1", 4_000), at("2001:db8:ffff::1", 4_000))) {
            give(agent, request, TransportAddress.udp(from));
            give(agent, conflict, TransportAddress.udp(from));
        }
        assertEquals(4, sent.size());
        sent.forEach(answer -> assertTrue(answer.length <= request.length, () -> answer.length + " bytes"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theAddressOfACheckIsLearntForItsProtocolAlone(boolean lite) {
        IceAgent agent = agent(lite);
        TransportAddress tcp = TransportAddress.tcp(at("198.51.100.1", 4_000));
        assertEquals(IceDrop.TAKEN, give(agent, good(), tcp));
        assertEquals(List.of(tcp), validated);
        assertTrue(agent.validated(tcp));
        assertFalse(agent.validated(TransportAddress.udp(tcp.socket())));
        assertEquals(tcp.socket(), answer(0).mappedAddress().orElseThrow());
        agent.onClosed(tcp);
        assertFalse(agent.validated(tcp));
    }

    /** RFC 8445 section 7.3.1.1: who is controlled and has the larger tie-breaker takes over; with the smaller one it refuses. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoControlledAgentsAreSettledByTheTieBreaker(boolean theirsIsLarger) {
        IceAgent agent = agent(false);
        long tieBreaker = theirsIsLarger ? -1L : 0L; // Unsigned: the largest there is, and the smallest.
        give(agent, check("ours:theirs", OURS.password(), StunAttribute.ICE_CONTROLLED, tieBreaker), udp());
        assertEquals(theirsIsLarger ? 487 : 0, answer(0).errorCode());
        assertEquals(
                theirsIsLarger ? StunMessage.BINDING_ERROR : StunMessage.BINDING_SUCCESS,
                answer(0).type());
        give(agent, good(), udp());
        agent.onTime(NOW, sink);
        StunMessage check = answer(sent.size() - 1);
        assertEquals(StunMessage.BINDING_REQUEST, check.type());
        assertEquals(!theirsIsLarger, check.has(StunAttribute.ICE_CONTROLLING));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoControllingAgentsAreSettledByTheTieBreaker(boolean theirsIsLarger) {
        IceAgent agent = agent(false);
        agent.controlling(true);
        give(
                agent,
                check("ours:theirs", OURS.password(), StunAttribute.ICE_CONTROLLING, theirsIsLarger ? -1L : 0L),
                udp());
        assertEquals(theirsIsLarger ? 0 : 487, answer(0).errorCode());
    }

    private static TransportAddress udp() {
        return TransportAddress.udp(at("198.51.100.1", 4_000));
    }
}
