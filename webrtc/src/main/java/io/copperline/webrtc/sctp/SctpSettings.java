package io.copperline.webrtc.sctp;

import java.time.Duration;

/**
 * How an association behaves.
 *
 * @param localPort {@code a=sctp-port} of our description
 * @param maxPacketBytes largest SCTP packet that we send, without DTLS, UDP and IP; 576 to 16384
 * @param maxMessageBytes largest message that we take: {@code a=max-message-size} of our description
 * @param receiveWindowBytes how much may wait for a gap to close; a message under way comes on top of it
 * @param sendBufferBytes how much may be queued or unacknowledged before {@code send} refuses
 * @param streams most streams in each direction, and so most channels
 * @param rtoInitial see {@code rtoMax}
 * @param rtoMin see {@code rtoMax}; must exceed the 200 ms by which a peer may delay a SACK
 * @param rtoMax how long an unanswered packet is waited for: at first, at least, at most (RFC 9260 section 6.3.1)
 * @param maxRetransmissions in a row, before the peer counts as gone (Association.Max.Retrans)
 * @param heartbeatInterval of silence before a heartbeat
 */
public record SctpSettings(
        int localPort,
        int maxPacketBytes,
        int maxMessageBytes,
        int receiveWindowBytes,
        int sendBufferBytes,
        int streams,
        Duration rtoInitial,
        Duration rtoMin,
        Duration rtoMax,
        int maxRetransmissions,
        Duration heartbeatInterval) {
    /**
     * RFC 9260 section 16 with three departures: RTO.Min is 400 ms as in Chromium's stack (a second would be heard in a
     * digit that is sent this way), RTO.Max 10 s (a path that comes back is found soon; ICE's consent ends a dead one), and
     * 1024 streams as Chromium takes them.
     */
    public static final SctpSettings DEFAULT = new SctpSettings(
            5_000,
            1_200,
            262_144,
            524_288,
            4_194_304,
            1_024,
            Duration.ofSeconds(1),
            Duration.ofMillis(400),
            Duration.ofSeconds(10),
            10,
            Duration.ofSeconds(30));

    public SctpSettings {
        check(localPort > 0 && localPort < 65_536, "localPort");
        check(maxPacketBytes >= 576 && maxPacketBytes <= 16_384, "maxPacketBytes");
        check(maxMessageBytes > 0, "maxMessageBytes");
        // RFC 9260 section 3.3.2: a peer may refuse an INIT with less.
        check(receiveWindowBytes >= 1_500, "receiveWindowBytes");
        check(sendBufferBytes > 0, "sendBufferBytes");
        check(streams > 0 && streams <= 65_535, "streams");
        check(rtoMin.isPositive() && rtoMin.compareTo(rtoMax) <= 0, "rtoMin");
        check(maxRetransmissions > 0, "maxRetransmissions");
    }

    /** The same with packets for a path of another size. */
    public SctpSettings withMaxPacketBytes(int bytes) {
        return new SctpSettings(
                localPort,
                bytes,
                maxMessageBytes,
                receiveWindowBytes,
                sendBufferBytes,
                streams,
                rtoInitial,
                rtoMin,
                rtoMax,
                maxRetransmissions,
                heartbeatInterval);
    }

    private static void check(boolean holds, String name) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is out of its range");
        }
    }

    /** The user's bytes that fit into one DATA chunk alone in its packet. */
    int maxFragmentBytes() {
        return maxPacketBytes - ChunkType.PACKET_HEADER_BYTES - ChunkType.HEADER_BYTES - ChunkType.DATA_FIELDS_BYTES
                & ~3;
    }
}
