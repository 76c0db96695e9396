package io.copperline.webrtc.sctp;

/** A message of ours from {@code send} to its last acknowledgement. Owned by the {@link SendQueue}, then {@link Outstanding}. */
final class OutgoingMessage {
    /** What a message costs beside its bytes, so that many small ones fill the buffer, too. */
    static final int OVERHEAD_BYTES = 64;

    final int stream;
    final int ppid;
    final byte[] bytes;
    final Delivery delivery;
    /** Its stream sequence number, once the first fragment has a TSN. */
    short ssn;
    /** The TSN of its first fragment. */
    int firstTsn;
    /** How much of it has TSNs. */
    int assignedBytes;
    /** How many of its fragments are not yet cumulatively acknowledged. */
    int outstandingChunks;

    boolean abandoned;
    private boolean timed;
    private long expiresNanos;

    OutgoingMessage(int stream, int ppid, byte[] bytes, Delivery delivery) {
        this.stream = stream;
        this.ppid = ppid;
        this.bytes = bytes;
        this.delivery = delivery;
    }

    boolean started() {
        return assignedBytes > 0;
    }

    int unassignedBytes() {
        return bytes.length - assignedBytes;
    }

    int heldBytes() {
        return bytes.length + OVERHEAD_BYTES;
    }

    /** Its lifetime runs from the first time that its owner is called after {@code send}, which knows no time. */
    void time(long nowNanos) {
        if (!timed && delivery.lifetimeNanos() != Delivery.FOREVER) {
            timed = true;
            expiresNanos = nowNanos + delivery.lifetimeNanos();
        }
    }

    boolean expired(long nowNanos) {
        return timed && nowNanos - expiresNanos >= 0;
    }
}
