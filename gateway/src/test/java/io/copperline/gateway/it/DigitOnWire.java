package io.copperline.gateway.it;

import io.copperline.codecs.dtmf.TelephoneEvent;
import java.util.List;

/** One press as RFC 4733 packets. */
record DigitOnWire(List<TrunkWire.Packet> packets) {
    private static final int UNITS_PER_MILLI = 8;

    char digit() {
        return TelephoneEvent.digit(packets.getFirst().payload()[0]);
    }

    /** What the last packet says. */
    int durationMillis() {
        return duration(packets.getLast()) / UNITS_PER_MILLI;
    }

    long ends() {
        return packets.stream().filter(DigitOnWire::isEnd).count();
    }

    /** Whether the first packet has the marker and no other. */
    boolean markedOnce() {
        return packets.getFirst().marker()
                && packets.stream().filter(TrunkWire.Packet::marker).count() == 1;
    }

    /** Whether all packets are of one digit, sequence numbers rise by one, durations never fall and all ends say the same. */
    boolean orderly() {
        for (int i = 1; i < packets.size(); i++) {
            TrunkWire.Packet before = packets.get(i - 1);
            TrunkWire.Packet now = packets.get(i);
            boolean follows = now.sequence() == (before.sequence() + 1 & 0xFFFF);
            boolean sameDigit = now.payload()[0] == before.payload()[0];
            boolean grows = isEnd(before) ? duration(now) == duration(before) : duration(now) >= duration(before);
            if (!follows || !sameDigit || !grows || isEnd(before) && !isEnd(now)) {
                return false;
            }
        }
        return true;
    }

    /** From the first packet to the first end packet, by the clock on the wall. */
    long playedMillis() {
        TrunkWire.Packet end =
                packets.stream().filter(DigitOnWire::isEnd).findFirst().orElseThrow();
        return (end.nanos() - packets.getFirst().nanos()) / 1_000_000;
    }

    private static boolean isEnd(TrunkWire.Packet packet) {
        return (packet.payload()[1] & 0x80) != 0;
    }

    private static int duration(TrunkWire.Packet packet) {
        byte[] payload = packet.payload();
        return (payload[2] & 0xFF) << 8 | payload[3] & 0xFF;
    }
}
