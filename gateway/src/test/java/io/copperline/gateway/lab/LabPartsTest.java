package io.copperline.gateway.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.copperline.sip.SipTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The lab's small parts, without sockets and time. */
class LabPartsTest {
    private final InetSocketAddress said = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 4000);
    private final InetSocketAddress other = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5000);

    @Test
    void knowsItsNumbersWithAndWithoutPlus() {
        assertEquals(Optional.of(Act.ECHO), Act.of("+12025550100"));
        assertEquals(Optional.of(Act.HANG_UP), Act.of("12025550109"));
        assertEquals(Optional.of(Act.TEST_LINE), Act.of("+12025550110"));
        assertEquals("+12025550106", Act.CALL_BACK.number());
        for (String no :
                new String[] {"", "+", "+12025550150", "+1202555010", "+120255501000", "+1202555010x", "+12025550111"
                }) {
            assertEquals(Optional.empty(), Act.of(no), no);
        }
    }

    @Test
    void delaysWhatItHearsByTheSameTimeAlways() {
        DelayLine line = new DelayLine();
        short[] out = new short[160];
        line.heard(ramp(1, 160), 160);
        line.heard(ramp(161, 160), 160);
        line.fill(out, 160);
        assertArrayEquals(new short[160], out, "silence until the delay is full");
        line.heard(ramp(321, 160), 160);
        line.fill(out, 160);
        assertArrayEquals(ramp(1, 160), out);
        line.fill(out, 160);
        line.fill(out, 160);
        assertArrayEquals(ramp(321, 160), out);
        line.fill(out, 160);
        assertArrayEquals(new short[160], out);
    }

    @Test
    void keepsTheNewestOfTooMuch() {
        DelayLine line = new DelayLine();
        for (int i = 0; i < 30; i++) {
            line.heard(ramp(i * 160, 160), 160);
        }
        short[] out = new short[160];
        line.fill(out, 160);
        assertArrayEquals(ramp(10 * 160, 160), out);
    }

    @Test
    void sendsToWhereSoundComesFromOnceItIsSure() {
        Latch latch = new Latch();
        assertEquals(Optional.empty(), latch.target());
        latch.told(Optional.of(said));
        assertEquals(Optional.of(said), latch.target());
        latch.heard(other);
        latch.heard(said);
        latch.heard(other);
        latch.heard(other);
        assertEquals(Optional.of(said), latch.target());
        latch.heard(other);
        assertEquals(Optional.of(other), latch.target());
        latch.told(Optional.of(said));
        assertEquals(Optional.of(other), latch.target(), "a refresh changes nothing");
        latch.told(Optional.empty());
        assertEquals(Optional.empty(), latch.target(), "hold by 0.0.0.0");
    }

    @Test
    void listensOnLoopbackOnly() {
        InetSocketAddress everywhere = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 5070);
        assertThrows(
                IllegalArgumentException.class,
                () -> LabCarrierSettings.of(everywhere, "127.0.0.1", 5060, SipTransport.UDP));
        assertThrows(
                IllegalArgumentException.class, () -> LabCarrierSettings.of(said, "127.0.0.1", 5061, SipTransport.TLS));
    }

    private static short[] ramp(int from, int n) {
        short[] pcm = new short[n];
        for (int i = 0; i < n; i++) {
            pcm[i] = (short) (from + i);
        }
        return pcm;
    }
}
