package io.copperline.codecs.rtp;

import java.util.Arrays;

/**
 * The jitter buffer's memory: one slot for each of 64 consecutive extended sequence numbers, payloads in one array. A slot
 * remembers its number after it is emptied, which is how a late packet is told from a duplicate. Slots begin with room for
 * what nearly all streams send, and grow once for one that sends more: there are thousands of them in a busy gateway.
 */
final class PacketSlots {
    static final int COUNT = 64;

    private static final int MASK = COUNT - 1;
    private static final long NEVER = Long.MIN_VALUE;
    /** 20 ms of G.711, or of Opus at 64 kbit/s. */
    private static final int USUAL_PAYLOAD_BYTES = 160;

    private enum Content {
        NOTHING,
        PAYLOAD,
        OTHER
    }

    private final int maxPayloadBytes;
    private int slotBytes;
    private byte[] bytes;
    private final long[] sequences = new long[COUNT];
    private final long[] timestamps = new long[COUNT];
    private final int[] lengths = new int[COUNT];
    private final boolean[] recovered = new boolean[COUNT];
    private final Content[] contents = new Content[COUNT];
    private int payloads;

    PacketSlots(int maxPayloadBytes) {
        this.maxPayloadBytes = maxPayloadBytes;
        slotBytes = Math.min(maxPayloadBytes, USUAL_PAYLOAD_BYTES);
        bytes = new byte[COUNT * slotBytes];
        clear();
    }

    void put(long sequence, long timestamp, byte[] buf, int off, int len) {
        if (len > slotBytes) {
            grow(len);
        }
        int slot = claim(sequence, Content.PAYLOAD);
        timestamps[slot] = timestamp;
        lengths[slot] = len;
        recovered[slot] = false;
        System.arraycopy(buf, off, bytes, slot * slotBytes, len);
        payloads++;
    }

    /** At least to twice the size, so that it happens but a few times to a stream. */
    private void grow(int len) {
        int larger = Math.min(maxPayloadBytes, Math.max(len, 2 * slotBytes));
        byte[] moved = new byte[COUNT * larger];
        for (int slot = 0; slot < COUNT; slot++) {
            System.arraycopy(bytes, slot * slotBytes, moved, slot * larger, slotBytes);
        }
        bytes = moved;
        slotBytes = larger;
    }

    /** This payload came in a later packet. */
    void markRecovered(long sequence) {
        recovered[(int) sequence & MASK] = true;
    }

    boolean recovered(long sequence) {
        return recovered[(int) sequence & MASK];
    }

    /** Marks a number that carried something else than audio. */
    void putOther(long sequence) {
        claim(sequence, Content.OTHER);
    }

    private int claim(long sequence, Content content) {
        empty(sequences[(int) sequence & MASK]);
        int slot = (int) sequence & MASK;
        sequences[slot] = sequence;
        contents[slot] = content;
        return slot;
    }

    /** Whether this number has been put before, played or not. */
    boolean known(long sequence) {
        return sequences[(int) sequence & MASK] == sequence;
    }

    boolean holds(long sequence) {
        return known(sequence) && contents[(int) sequence & MASK] == Content.PAYLOAD;
    }

    boolean isOther(long sequence) {
        return known(sequence) && contents[(int) sequence & MASK] == Content.OTHER;
    }

    /** Empties a slot but keeps its number; false if it held no payload. */
    boolean empty(long sequence) {
        if (!holds(sequence)) {
            return false;
        }
        contents[(int) sequence & MASK] = Content.NOTHING;
        payloads--;
        return true;
    }

    int payloads() {
        return payloads;
    }

    /** The first number from here on that holds a payload; there must be one within the window. */
    long first(long from) {
        long sequence = from;
        while (!holds(sequence)) {
            sequence++;
        }
        return sequence;
    }

    long timestamp(long sequence) {
        return timestamps[(int) sequence & MASK];
    }

    int offset(long sequence) {
        return ((int) sequence & MASK) * slotBytes;
    }

    int length(long sequence) {
        return lengths[(int) sequence & MASK];
    }

    byte[] bytes() {
        return bytes;
    }

    int maxPayloadBytes() {
        return maxPayloadBytes;
    }

    void clear() {
        Arrays.fill(sequences, NEVER);
        Arrays.fill(contents, Content.NOTHING);
        payloads = 0;
    }
}
