package io.copperline.gateway.carrier;

import java.util.concurrent.TimeUnit;

/** What has come of one source, as a report tells it (RFC 3550 section 6.4.1, appendix A.1, A.3 and A.8). Owned by its phone's thread. */
final class Reception {
    private static final int MOST_DROPOUT = 3_000;

    private final int clockRateHz;
    private int ssrc;
    private boolean begun;
    private long first;
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private long transit;
    private double jitter;

    Reception(int clockRateHz) {
        this.clockRateHz = clockRateHz;
    }

    void onPacket(byte[] rtp, long nowNanos) {
        int source = Wire32.read(rtp, 8);
        int sequence = (rtp[2] & 0xff) << 8 | rtp[3] & 0xff;
        if (!begun || source != ssrc) {
            begin(source, sequence);
        }
        int ahead = sequence - (int) highest & 0xffff;
        if (ahead < MOST_DROPOUT) {
            highest += ahead;
        }
        received++;
        long arrival = TimeUnit.NANOSECONDS.toMicros(nowNanos) * clockRateHz / 1_000_000;
        long now = (int) (arrival - Wire32.read(rtp, 4));
        if (received > 1) {
            jitter += (Math.abs((int) (now - transit)) - jitter) / 16;
        }
        transit = now;
    }

    private void begin(int source, int sequence) {
        begun = true;
        ssrc = source;
        first = sequence;
        highest = sequence;
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
        jitter = 0;
    }

    boolean begun() {
        return begun;
    }

    /** Writes the first four words of a report block; the next one counts from here. */
    void write(byte[] out, int off) {
        long expected = highest - first + 1;
        long lost = Math.clamp(expected - received, -0x80_0000, 0x7f_ffff);
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, lostNow * 256 / expectedNow);
        Wire32.write(out, off, ssrc);
        Wire32.write(out, off + 4, fraction << 24 | (int) lost & 0xff_ffff);
        Wire32.write(out, off + 8, (int) highest);
        Wire32.write(out, off + 12, (int) jitter);
    }
}
