package io.copperline.sip.jain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class SourceRatesTest {
    private static final InetAddress FROM = InetAddress.ofLiteral("192.0.2.1");

    private final SourceRates rates = new SourceRates(10); // 20 at once

    private int taken(int tries, long nowMillis) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += rates.take(FROM, /* ofACall= */ true, nowMillis) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void fillsWithTime() {
        assertEquals(20, taken(100, 0));
        assertEquals(5, taken(100, 500));
        assertEquals(20, taken(100, 60_000));
    }

    @Test
    void keepsTheLastQuarterForCalls() {
        for (int i = 0; i < 100; i++) {
            rates.take(FROM, /* ofACall= */ false, 0);
        }
        assertEquals(4, taken(100, 0));
    }

    @Test
    void fillsOnceForTheSameTimeWhenThreadsAreHeldUp() {
        taken(100, 0);
        int taken = 0;
        for (int i = 0; i < 100; i++) {
            taken += taken(1, 1_000) + taken(1, 0);
        }
        assertEquals(10, taken);
    }

    @Test
    void goesOnWhenTheClockIsSetBack() {
        taken(100, 3_600_000);
        assertEquals(0, taken(1, 0));
        assertEquals(10, taken(100, 1_000));
    }

    @Test
    void remembersNoMoreSourcesThanItHolds() throws UnknownHostException {
        for (int i = 0; i < 100_000; i++) {
            byte[] address = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
            assertTrue(rates.take(InetAddress.getByAddress(address), /* ofACall= */ false, 0));
        }
        assertEquals(4096, rates.size());
    }
}
