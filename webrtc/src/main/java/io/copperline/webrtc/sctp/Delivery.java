package io.copperline.webrtc.sctp;

import java.util.concurrent.TimeUnit;

/**
 * How a message is to be delivered (RFC 3758, RFC 7496). Where the peer cannot be told to skip a message, all are reliable.
 *
 * @param ordered after the earlier ordered messages of its stream
 * @param maxRetransmissions after which it is given up; {@link #UNLIMITED} for never
 * @param lifetimeNanos after which it is given up; {@link #FOREVER} for never
 */
public record Delivery(boolean ordered, int maxRetransmissions, long lifetimeNanos) {
    /** Sent again until it arrives. */
    public static final int UNLIMITED = Integer.MAX_VALUE;
    /** Worth sending at any time. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** In order, until it arrives. */
    public static final Delivery RELIABLE = new Delivery(true, UNLIMITED, FOREVER);

    /** Until it arrives. */
    public static Delivery reliable(boolean ordered) {
        return new Delivery(ordered, UNLIMITED, FOREVER);
    }

    /** Given up after so many retransmissions; 0: sent once. */
    public static Delivery retransmissions(boolean ordered, int most) {
        return new Delivery(ordered, most, FOREVER);
    }

    /** Given up after this time, counted from the first call after {@code send} in which it might have gone. */
    public static Delivery lifetime(boolean ordered, long millis) {
        return new Delivery(ordered, UNLIMITED, TimeUnit.MILLISECONDS.toNanos(millis));
    }

    boolean partial() {
        return maxRetransmissions != UNLIMITED || lifetimeNanos != FOREVER;
    }
}
