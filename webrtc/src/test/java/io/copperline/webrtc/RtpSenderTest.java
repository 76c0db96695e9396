package io.copperline.webrtc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.rtp.RtpHeader;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RtpSenderTest {
    private static final int ROOM = RtpSender.HEADROOM_BYTES;

    /** Two contributing sources and an extension, as a mixer may send them, and three bytes of payload. */
    private static byte[] packetFromElsewhere() {
        byte[] buf = new byte[ROOM + 100 + RtpSender.TAILROOM_BYTES];
        RtpHeader.write(buf, ROOM, 111, true, 0xfff0, 0x8000_0001L, 0x1234_5678L);
        buf[ROOM] |= 0x12;
        int at = ROOM + RtpHeader.FIXED_BYTES + 8;
        buf[at] = (byte) 0xbe;
        buf[at + 1] = (byte) 0xde;
        buf[at + 3] = 1;
        System.arraycopy(new byte[] {7, 8, 9}, 0, buf, at + 8, 3);
        return buf;
    }

    private static final int PACKET_BYTES = RtpHeader.FIXED_BYTES + 8 + 8 + 3;

    @Test
    void forwardsWhatAPacketSaysUnderItsOwnName() throws Exception {
        SimulatedNetwork network = Peers.negotiated(1, SimulatedNetwork.Weather.FAIR);
        network.runByDeadlines(3_000);
        RtpSender sender = network.gateway.peer.sender();
        assertTrue(sender.forward(packetFromElsewhere(), ROOM, PACKET_BYTES, network.nowNanos, network.gateway));
        network.runByDeadlines(100);
        byte[] heard = network.browser.packets.getFirst();
        assertEquals(sender.ssrc(), RtpHeader.ssrc(heard, 0));
        assertEquals(111, RtpHeader.payloadType(heard, 0));
        assertEquals(0x8000_0001L, RtpHeader.timestamp(heard, 0));
        assertTrue(RtpHeader.marker(heard, 0));
        assertEquals(0, heard[0] & 0x0f, "contributing sources");
        // Of extensions only our own section's name is left, which goes out until the other side knows our stream.
        int mid = RtpHeader.extension(heard, 0, heard.length, 4);
        assertEquals('0', heard[mid]);
        assertArrayEquals(
                new byte[] {7, 8, 9}, Arrays.copyOfRange(heard, RtpHeader.headerLength(heard, 0), heard.length));
    }

    @Test
    void sendsNothingInClear() {
        SimulatedNetwork network = new SimulatedNetwork(2, SimulatedNetwork.Weather.FAIR);
        PeerConnection peer = Peers.peer(network, network.gateway, true);
        assertFalse(
                peer.sender().forward(packetFromElsewhere(), ROOM, PACKET_BYTES, network.nowNanos, network.gateway));
    }
}
