package io.copperline.webrtc.datachannel;

import io.copperline.webrtc.sctp.SctpFailure;

/** What a transport and its channels tell their owner, under the W3C's names. */
public sealed interface DataChannelEvent {
    /** The association stands; channels made before are open from now on. */
    record TransportConnected() implements DataChannelEvent {}

    /**
     * The association is over; all channels were closed before this.
     *
     * @param sctpCauseCode the other side's, or 0 (RFC 9260 section 3.3.10)
     */
    record TransportClosed(SctpFailure why, int sctpCauseCode) implements DataChannelEvent {}

    /** The other side opened a channel: the W3C's "datachannel". {@link Opened} follows. */
    record Incoming(DataChannel channel) implements DataChannelEvent {}

    /** The W3C's "open": messages can be sent. */
    record Opened(DataChannel channel) implements DataChannelEvent {}

    /** A text. */
    record Text(DataChannel channel, String text) implements DataChannelEvent {}

    /** Bytes; the array is the receiver's. */
    record Binary(DataChannel channel, byte[] bytes) implements DataChannelEvent {}

    /** What waits to be sent fell to {@link DataChannel#bufferedAmountLowThreshold} or below. */
    record BufferedAmountLow(DataChannel channel) implements DataChannelEvent {}

    /** The other side is closing the channel. */
    record Closing(DataChannel channel) implements DataChannelEvent {}

    /** The channel ends otherwise than by {@code close}: {@link Closed} follows. */
    record Failed(DataChannel channel, String why) implements DataChannelEvent {}

    /** The channel is closed, and nothing will come of it any more. */
    record Closed(DataChannel channel) implements DataChannelEvent {}
}
