package io.copperline.codecs.rtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.copperline.codecs.dtmf.TelephoneEventReader;

/** Any bytes: no exception, no read outside the packet. */
class RtpFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void header(byte[] bytes) {
        if (!RtpHeader.valid(bytes, 0, bytes.length)) {
            return;
        }
        int payload = RtpHeader.payloadLength(bytes, 0, bytes.length);
        if (payload > bytes.length - RtpHeader.headerLength(bytes, 0)) {
            throw new AssertionError("payload outside the packet");
        }
        for (int id = 0; id < 256; id++) {
            int at = RtpHeader.extension(bytes, 0, bytes.length, id);
            if (at >= 0 && at + RtpHeader.extensionLength(bytes, 0, at) > bytes.length) {
                throw new AssertionError("element outside the packet");
            }
        }
    }

    @FuzzTest(maxDuration = "20s")
    void rtcp(byte[] bytes) {
        Rtcp.read(bytes, 0, bytes.length, new Rtcp.Visitor() {
            @Override
            public void cname(long ssrc, byte[] buf, int off, int len) {
                within(off, len, bytes.length);
            }

            @Override
            public void feedback(int type, int format, long sender, long media, byte[] buf, int off, int len) {
                within(off, len, bytes.length);
            }
        });
    }

    @FuzzTest(maxDuration = "20s")
    void telephoneEvents(byte[] bytes) {
        var reader = new TelephoneEventReader(8000);
        var open = new int[1];
        var sink = new TelephoneEventReader.Sink() {
            @Override
            public void started(int event, long nowNanos) {
                check(event >= 0 && event < 16 && open[0]++ == 0);
            }

            @Override
            public void ended(int event, int durationMillis) {
                check(durationMillis >= 0 && --open[0] == 0);
            }
        };
        // Each seven bytes: payload, length, low byte of the timestamp, passed time in 5 ms.
        for (int at = 0; at + 7 <= bytes.length; at += 7) {
            reader.onPacket(bytes, at, bytes[at + 4] & 7, bytes[at + 5] & 0xFF, at * 5_000_000L, sink);
            reader.onTime((at + (bytes[at + 6] & 0xFF)) * 5_000_000L, sink);
        }
    }

    @FuzzTest(maxDuration = "20s")
    void jitterBuffer(byte[] bytes) {
        var buffer = new JitterBuffer(8000, 100, true);
        long now = 0;
        long timestamp = 0;
        // Each six bytes: what to do, length, sequence, timestamp step, passed time in 5 ms.
        for (int at = 0; at + 6 <= bytes.length; at += 6) {
            int length = bytes[at + 1] & 0x7F;
            int sequence = Bytes.u16(bytes, at + 2);
            timestamp += (long) bytes[at + 4] << (bytes[at] & 0x18);
            now += (bytes[at + 5] & 0xFF) * 5_000_000L;
            switch (bytes[at] & 3) {
                case 0 -> buffer.skip(sequence);
                case 1 -> buffer.put(new byte[128], 0, length, sequence, timestamp & 0xFFFF_FFFFL, false, now);
                default -> {
                    buffer.silent((bytes[at] & 4) != 0);
                    buffer.take(now);
                    within(buffer.payloadOffset(), buffer.payloadLength(), buffer.payload().length);
                }
            }
        }
    }

    private static void within(int off, int len, int size) {
        check(off >= 0 && len >= 0 && off + len <= size);
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError();
        }
    }
}
