package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatchTest {
    private static final InetSocketAddress SDP = at("10.0.0.5", 4_000);
    private static final InetSocketAddress NAT = at("203.0.113.5", 61_000);
    private static final InetSocketAddress SPOOFER = at("203.0.113.66", 6_666);

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private static Latch latch(boolean symmetric) {
        Latch latch = new Latch(symmetric);
        latch.signalled(Optional.of(SDP));
        return latch;
    }

    private static void hear(Latch latch, InetSocketAddress from, int packets) {
        for (int i = 0; i < packets; i++) {
            latch.accepts(from, 7);
        }
    }

    @Test
    void sendsToTheSdpAtOnceAndFollowsTheSourceAfterARun() {
        Latch latch = latch(true);
        assertEquals(Optional.of(SDP), latch.destination());
        hear(latch, NAT, 4);
        assertEquals(Optional.of(SDP), latch.destination());
        hear(latch, NAT, 1);
        assertEquals(Optional.of(NAT), latch.destination());
        assertTrue(latch.movedAway());
    }

    @Test
    void aSpoofedStreamAfterTheLockIsNotHeard() {
        Latch latch = latch(true);
        hear(latch, NAT, 5);
        for (int i = 0; i < 1_000; i++) {
            assertFalse(latch.accepts(SPOOFER, 7));
        }
        assertEquals(Optional.of(NAT), latch.destination());
    }

    @Test
    void aStrayPacketDoesNotDisturbTheSignalledSource() {
        Latch latch = latch(true);
        hear(latch, SDP, 3);
        assertFalse(latch.accepts(SPOOFER, 9));
        hear(latch, SDP, 2);
        assertTrue(latch.isLocked());
        assertFalse(latch.movedAway());
    }

    @Test
    void anSsrcThatJumpsIsNoPlausibleRun() {
        Latch latch = latch(true);
        for (int i = 0; i < 20; i++) {
            latch.accepts(NAT, i);
        }
        assertFalse(latch.isLocked());
    }

    @Test
    void aNewSdpLetsItLearnAnew() {
        Latch latch = latch(true);
        hear(latch, NAT, 5);
        latch.signalled(Optional.of(at("10.0.0.5", 4_002)));
        assertEquals(Optional.of(at("10.0.0.5", 4_002)), latch.destination());
        hear(latch, SPOOFER, 5);
        assertEquals(Optional.of(SPOOFER), latch.destination());
    }

    @Test
    void aRefreshChangesNothing() {
        Latch latch = latch(true);
        hear(latch, NAT, 5);
        latch.signalled(Optional.of(SDP));
        assertEquals(Optional.of(NAT), latch.destination());
    }

    @Test
    void withoutSymmetricRtpPacketsStayWithTheSdp() {
        Latch latch = latch(false);
        hear(latch, NAT, 5);
        assertEquals(Optional.of(SDP), latch.destination());
        assertTrue(latch.accepts(NAT, 7));
    }

    @Test
    void aHoldAddressIsNowhere() {
        Latch latch = latch(true);
        latch.signalled(Optional.empty());
        assertEquals(Optional.empty(), latch.destination());
    }
}
