package io.copperline.codecs.rtp;

/** What a sender counts about its own stream for its reports (RFC 3550 section 6.4.1). Owned by the outgoing stream. */
public final class SenderStatistics {
    private long packets;
    private long octets;
    private long lastRtpTimestamp;

    /** Counts a packet sent; the octets are the payload's, without header and padding. */
    public void onPacket(int payloadBytes, long rtpTs) {
        packets++;
        octets += payloadBytes;
        lastRtpTimestamp = rtpTs;
    }

    public long packets() {
        return packets;
    }

    public long octets() {
        return octets;
    }

    /** The timestamp of the last packet. */
    public long lastRtpTimestamp() {
        return lastRtpTimestamp;
    }
}
