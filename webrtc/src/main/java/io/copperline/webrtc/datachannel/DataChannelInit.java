package io.copperline.webrtc.datachannel;

import io.copperline.webrtc.sctp.Delivery;
import java.util.OptionalInt;

/**
 * How a channel behaves: the W3C's RTCDataChannelInit.
 *
 * @param maxPacketLifeTimeMillis how long a message is worth sending
 * @param maxRetransmits how often it is worth sending again; not both
 * @param protocol the subprotocol's name, or ""
 * @param negotiated whether the page on the other side makes the same channel, with the same id, by itself
 * @param id the channel's number, where negotiated
 */
public record DataChannelInit(
        boolean ordered,
        OptionalInt maxPacketLifeTimeMillis,
        OptionalInt maxRetransmits,
        String protocol,
        boolean negotiated,
        OptionalInt id) {
    /** Ordered and reliable. */
    public static final DataChannelInit DEFAULT =
            new DataChannelInit(true, OptionalInt.empty(), OptionalInt.empty(), "", false, OptionalInt.empty());

    public DataChannelInit {
        check(
                maxPacketLifeTimeMillis.isEmpty() || maxRetransmits.isEmpty(),
                "a channel has a life time or a number of retransmits");
        check(maxPacketLifeTimeMillis.orElse(0) >= 0 && maxRetransmits.orElse(0) >= 0, "a limit is not negative");
        check(negotiated == id.isPresent(), "a negotiated channel has an id, and no other has");
        check(id.orElse(0) >= 0 && id.orElse(0) < 65_535, "an id is from 0 to 65534");
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** Ordered and reliable, for this subprotocol. */
    public static DataChannelInit protocol(String protocol) {
        return new DataChannelInit(
                true, OptionalInt.empty(), OptionalInt.empty(), protocol, false, OptionalInt.empty());
    }

    /** Ordered and reliable, and made by both sides under this number, which nobody else uses. */
    public static DataChannelInit negotiated(int id) {
        return new DataChannelInit(true, OptionalInt.empty(), OptionalInt.empty(), "", true, OptionalInt.of(id));
    }

    /** A message is given up when it was sent again so often in vain; 0: it is sent once. */
    public static DataChannelInit maxRetransmits(boolean ordered, int most) {
        return new DataChannelInit(ordered, OptionalInt.empty(), OptionalInt.of(most), "", false, OptionalInt.empty());
    }

    /** A message is given up when it has not arrived after this time. */
    public static DataChannelInit maxPacketLifeTime(boolean ordered, int millis) {
        return new DataChannelInit(
                ordered, OptionalInt.of(millis), OptionalInt.empty(), "", false, OptionalInt.empty());
    }

    /** What each message asks of SCTP. */
    Delivery delivery(boolean inOrder) {
        if (maxRetransmits.isPresent()) {
            return Delivery.retransmissions(inOrder, maxRetransmits.getAsInt());
        }
        return maxPacketLifeTimeMillis.isPresent()
                ? Delivery.lifetime(inOrder, maxPacketLifeTimeMillis.getAsInt())
                : Delivery.reliable(inOrder);
    }
}
