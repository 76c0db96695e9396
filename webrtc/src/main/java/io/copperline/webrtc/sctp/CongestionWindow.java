package io.copperline.webrtc.sctp;

/** How much may be under way (RFC 9260 section 7.2). Bytes are those of DATA chunks with their headers. */
final class CongestionWindow {
    private final int packetBytes;
    private int bytes;
    private int slowStartThreshold = Integer.MAX_VALUE;
    private int partialBytes;
    private boolean recovering;
    private int recoveredTsn;

    /** @param packetBytes what one packet holds (the RFC's PMDCS) */
    CongestionWindow(int packetBytes) {
        this.packetBytes = packetBytes;
        bytes = Math.min(4 * packetBytes, Math.max(2 * packetBytes, 4_404));
    }

    int bytes() {
        return bytes;
    }

    boolean recovering() {
        return recovering;
    }

    /** The cumulative TSN moved on, and with it so many bytes were acknowledged of those that were under way. */
    void onAcknowledged(int cumulativeTsn, int acknowledgedBytes, int flightBytes) {
        if (recovering) {
            recovering =
                    Wire.before(cumulativeTsn, recoveredTsn); // Section 7.2.4: the window stays as it is until then.
            return;
        }
        if (bytes <= slowStartThreshold) {
            if (flightBytes >= bytes) { // Section 7.2.1: only a window that was used up grows.
                grow(Math.min(acknowledgedBytes, packetBytes));
            }
            return;
        }
        partialBytes += acknowledgedBytes; // Section 7.2.2.
        if (partialBytes >= bytes) {
            if (flightBytes >= bytes) {
                partialBytes -= bytes;
                grow(packetBytes);
            } else {
                partialBytes = bytes;
            }
        }
    }

    private void grow(int more) {
        bytes = (int) Math.min((long) bytes + more, Integer.MAX_VALUE / 2);
    }

    /** Nothing is under way any more. */
    void onIdle() {
        partialBytes = 0;
    }

    /** SACKs told of a loss (sections 7.2.3 and 7.2.4). */
    void onLoss(int lastSentTsn) {
        slowStartThreshold = Math.max(bytes / 2, 4 * packetBytes);
        bytes = slowStartThreshold;
        partialBytes = 0;
        recovering = true;
        recoveredTsn = lastSentTsn;
    }

    /** T3 told of one (section 7.2.3). */
    void onTimeout() {
        slowStartThreshold = Math.max(bytes / 2, 4 * packetBytes);
        bytes = packetBytes;
        partialBytes = 0;
        recovering = false;
    }

    /** For each RTO in which nothing was sent (section 7.2.1). */
    void onRest() {
        int rested = Math.max(bytes / 2, 4 * packetBytes);
        if (rested < bytes) {
            slowStartThreshold = Math.max(slowStartThreshold == Integer.MAX_VALUE ? 0 : slowStartThreshold, bytes);
            bytes = rested;
        }
    }
}
