package io.copperline.codecs.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.codecs.AllocatedBytes;
import io.copperline.codecs.dtmf.TelephoneEventReader;
import io.copperline.codecs.dtmf.TelephoneEventRelay;
import org.junit.jupiter.api.Test;

/** Nothing is allocated per packet. */
class RtpAllocationTest {
    private static final long TICK_NANOS = 20_000_000L;
    private final byte[] packet = new byte[200];
    private int sequence;
    private long timestamp;
    private long now;

    @Test
    void packetsThroughHeaderStatisticsAndBuffer() {
        var buffer = JitterBuffer.g711();
        var received = new ReceptionStatistics();
        var sent = new SenderStatistics();
        assertEquals(0, AllocatedBytes.of(20_000, 5_000, () -> {
            RtpHeader.write(packet, 0, 0, false, sequence++, timestamp += 160, 7);
            now += TICK_NANOS;
            if (RtpHeader.valid(packet, 0, 172) && sequence % 20 != 0) {
                received.onPacket(RtpHeader.sequence(packet, 0), RtpHeader.timestamp(packet, 0), timestamp + 5);
                buffer.put(packet, 12, RtpHeader.payloadLength(packet, 0, 172), sequence, timestamp, false, now);
            }
            if (buffer.take(now + 1) == JitterBuffer.Taken.FRAME) {
                sent.onPacket(buffer.payloadLength(), timestamp);
            }
        }));
    }

    @Test
    void reports() {
        var received = new ReceptionStatistics();
        received.onPacket(1, 2, 3);
        var sent = new SenderStatistics();
        var writer = new RtcpWriter(1, "name");
        byte[] out = new byte[RtcpWriter.MAX_BYTES];
        var visitor = new Rtcp.Visitor() {};
        assertEquals(0, AllocatedBytes.of(20_000, 5_000, () -> {
            int length = writer.senderReport(out, 0, sent, 1L << 40, 5, received, 2, now++);
            Rtcp.read(out, 0, length, visitor);
        }));
    }

    @Test
    void digits() {
        var relay = new TelephoneEventRelay(8000, 20, new TelephoneEventRelay.Outcome() {
            @Override
            public void sent(int event, int durationMillis) {}

            @Override
            public void dropped(int event) {}
        });
        var reader = new TelephoneEventReader(8000);
        byte[] out = new byte[4];
        assertEquals(0, AllocatedBytes.of(20_000, 5_000, () -> {
            now += TICK_NANOS;
            timestamp += 160;
            if (relay.pending() == 0) {
                relay.press(5, 100, now);
            }
            if (relay.write(out, 0, timestamp) > 0) {
                reader.onPacket(out, 0, 4, relay.timestamp(), now, relay);
            }
        }));
    }
}
