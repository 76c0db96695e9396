package io.copperline.webrtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.webrtc.stun.StunMessage;
import io.copperline.webrtc.stun.StunWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReflexiveGatheringTest {
    private static final InetSocketAddress SERVER = at("192.0.2.53", 3_478);
    private static final InetSocketAddress OUTSIDE = at("203.0.113.7", 61_000);

    private long nowNanos = 77_000_000_000L;
    private final List<byte[]> sent = new ArrayList<>();
    private final ReflexiveGathering gathering = new ReflexiveGathering(List.of(SERVER), new Random(1), nowNanos);

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private void run(int millis) {
        for (int i = 0; i < millis; i += 100) {
            nowNanos += TimeUnit.MILLISECONDS.toNanos(100);
            gathering.onTime(nowNanos, (buf, off, len, to) -> {
                assertEquals(TransportAddress.udp(SERVER), to);
                sent.add(Arrays.copyOfRange(buf, off, off + len));
            });
        }
    }

    private IceDrop answer(byte[] request, InetSocketAddress seen, InetSocketAddress from) {
        StunMessage message = new StunMessage();
        assertTrue(message.read(request, 0, request.length));
        StunWriter writer = new StunWriter();
        int len = writer.begin(StunMessage.BINDING_SUCCESS, message.transactionId())
                .mappedAddress(seen)
                .finish();
        return gathering.onDatagram(writer.buffer(), 0, len, TransportAddress.udp(from), nowNanos);
    }

    @Test
    void learnsTheAddressAndKeepsAsking() {
        run(100);
        assertEquals(IceDrop.TAKEN, answer(sent.getFirst(), OUTSIDE, SERVER));
        assertEquals(List.of(OUTSIDE), gathering.addresses());
        run(14_000);
        assertEquals(1, sent.size());
        run(2_000);
        assertTrue(sent.size() > 1);
        InetSocketAddress elsewhere = at("203.0.113.8", 7);
        assertEquals(IceDrop.TAKEN, answer(sent.getLast(), elsewhere, SERVER));
        assertEquals(List.of(elsewhere), gathering.addresses());
    }

    @Test
    void anotherSourceAnotherTransactionOrAnotherFamilyIsNoAnswer() {
        run(100);
        assertEquals(IceDrop.UNEXPECTED, answer(sent.getFirst(), OUTSIDE, at("192.0.2.66", 3_478)));
        byte[] other = sent.getFirst().clone();
        other[12] ^= 1;
        assertEquals(IceDrop.UNEXPECTED, answer(other, OUTSIDE, SERVER));
        assertEquals(List.of(), gathering.addresses());
        answer(sent.getFirst(), at("2001:db8::7", 61_000), SERVER);
        assertEquals(List.of(), gathering.addresses());
    }

    @Test
    void aSilentServerIsAskedSevenTimesAndThenLost() {
        run(39_000);
        assertEquals(7, sent.size());
        assertFalse(gathering.unanswered());
        run(1_000);
        assertTrue(gathering.unanswered());
        run(20_000);
        assertTrue(sent.size() > 7, "it is asked again");
        answer(sent.getLast(), OUTSIDE, SERVER);
        assertFalse(gathering.unanswered());
    }

    @Test
    void theCandidateNamesItsBase() throws Exception {
        IceCandidate candidate = IceCandidate.serverReflexive(OUTSIDE, at("10.0.0.5", 10_000), 0);
        assertEquals(
                "srflx1 1 udp 1694498815 203.0.113.7 61000 typ srflx raddr 10.0.0.5 rport 10000", candidate.write());
        assertEquals(candidate, IceCandidate.parse(candidate.write()));
    }
}
