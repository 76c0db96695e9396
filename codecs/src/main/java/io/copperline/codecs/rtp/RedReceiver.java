package io.copperline.codecs.rtp;

/**
 * Puts the blocks of RED packets (RFC 2198) into a jitter buffer: the primary one as it came, the others where their own packets
 * are missing. Owned by the buffer's owner.
 */
public final class RedReceiver {
    private final RedPayload red = new RedPayload();
    private final JitterBuffer buffer;
    private long malformed;

    public RedReceiver(JitterBuffer into) {
        buffer = into;
    }

    /**
     * Takes in a RED packet's payload.
     *
     * @param payloadType of the blocks that are this buffer's; others are left out
     */
    public void put(
            byte[] buf, int off, int len, int payloadType, int seq, long rtpTimestamp, boolean marker, long nowNanos) {
        if (!red.read(buf, off, len)) {
            malformed++;
            return;
        }
        boolean taken = red.primaryType() == payloadType
                && red.primaryLength() > 0
                && buffer.put(buf, red.primaryOffset(), red.primaryLength(), seq, rtpTimestamp, marker, nowNanos);
        if (taken) {
            putRedundant(buf, payloadType, seq, rtpTimestamp);
        }
    }

    /** Blocks have no sequence number of their own: they are those of the packets directly before, the oldest first. */
    private void putRedundant(byte[] buf, int payloadType, int seq, long rtpTimestamp) {
        int blocks = red.redundantBlocks();
        for (int i = 0; i < blocks; i++) {
            if (red.type(i) == payloadType && red.timestampOffset(i) > 0) {
                buffer.putRedundant(
                        buf, red.offset(i), red.length(i), seq - (blocks - i), rtpTimestamp - red.timestampOffset(i));
            }
        }
    }

    /** Payloads that could not be read. */
    public long malformed() {
        return malformed;
    }
}
