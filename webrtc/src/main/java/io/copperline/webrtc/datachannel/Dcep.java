package io.copperline.webrtc.datachannel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The Data Channel Establishment Protocol (RFC 8832 section 5): DATA_CHANNEL_OPEN and DATA_CHANNEL_ACK.
 *
 * <pre>
 * | message 0x03  |  channel type |           priority            |
 * |                    reliability parameter                      |
 * |         label length          |       protocol length         |
 * |                 label ... | protocol ...                      |
 * </pre>
 */
final class Dcep {
    private static final int ACK = 0x02;
    private static final int OPEN = 0x03;
    private static final int OPEN_FIXED_BYTES = 12;

    private static final int RELIABLE = 0x00;
    private static final int RETRANSMITS = 0x01;
    private static final int LIFE_TIME = 0x02;
    private static final int UNORDERED = 0x80;
    /** "Normal" of RFC 8831 section 6.4; nobody on either side acts on it. */
    private static final int PRIORITY = 256;

    /** What opens a channel. */
    record Open(String label, DataChannelInit init) {
        byte[] write() {
            byte[] labelBytes = label.getBytes(StandardCharsets.UTF_8);
            byte[] protocolBytes = init.protocol().getBytes(StandardCharsets.UTF_8);
            int type = init.maxRetransmits().isPresent()
                    ? RETRANSMITS
                    : init.maxPacketLifeTimeMillis().isPresent() ? LIFE_TIME : RELIABLE;
            return ByteBuffer.allocate(OPEN_FIXED_BYTES + labelBytes.length + protocolBytes.length)
                    .put((byte) OPEN)
                    .put((byte) (init.ordered() ? type : type | UNORDERED))
                    .putShort((short) PRIORITY)
                    .putInt(init.maxRetransmits()
                            .orElse(init.maxPacketLifeTimeMillis().orElse(0)))
                    .putShort((short) labelBytes.length)
                    .putShort((short) protocolBytes.length)
                    .put(labelBytes)
                    .put(protocolBytes)
                    .array();
        }
    }

    private Dcep() {}

    static byte[] ack() {
        return new byte[] {ACK};
    }

    static boolean isAck(byte[] buf, int off, int len) {
        return len >= 1 && buf[off] == ACK;
    }

    static boolean isOpen(byte[] buf, int off, int len) {
        return len >= 1 && buf[off] == OPEN;
    }

    /** Empty where it is not a sound DATA_CHANNEL_OPEN. */
    static Optional<Open> parse(byte[] buf, int off, int len) {
        if (len < OPEN_FIXED_BYTES || buf[off] != OPEN) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(buf, off, len);
        int type = in.get(off + 1) & 0xff;
        long parameter = in.getInt(off + 4) & 0xffff_ffffL;
        int labelBytes = in.getShort(off + 8) & 0xffff;
        int protocolBytes = in.getShort(off + 10) & 0xffff;
        int limit = type & ~UNORDERED;
        if (limit > LIFE_TIME || len != OPEN_FIXED_BYTES + labelBytes + protocolBytes) {
            return Optional.empty();
        }
        int most = (int) Math.min(parameter, Integer.MAX_VALUE);
        int labelOff = off + OPEN_FIXED_BYTES;
        DataChannelInit init = new DataChannelInit(
                (type & UNORDERED) == 0,
                limit == LIFE_TIME ? OptionalInt.of(most) : OptionalInt.empty(),
                limit == RETRANSMITS ? OptionalInt.of(most) : OptionalInt.empty(),
                new String(buf, labelOff + labelBytes, protocolBytes, StandardCharsets.UTF_8),
                false,
                OptionalInt.empty());
        return Optional.of(new Open(new String(buf, labelOff, labelBytes, StandardCharsets.UTF_8), init));
    }
}
