package io.copperline.webrtc.datachannel;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * One channel: the W3C's RTCDataChannel. Made by {@link SctpTransport}, on whose thread it must be used; what it tells comes
 * as {@link DataChannelEvent}s of that transport.
 */
public final class DataChannel {
    /** The W3C's RTCDataChannelState. */
    public enum ReadyState {
        CONNECTING,
        OPEN,
        CLOSING,
        CLOSED
    }

    private static final byte[] NOTHING = {0};

    private final SctpTransport transport;
    private final String label;
    private final DataChannelInit init;
    private final boolean incoming;
    private OptionalInt id;
    private ReadyState readyState = ReadyState.CONNECTING;
    private long bufferedAmount;
    private long bufferedAmountLowThreshold;
    /** Whether the other side knows the channel, so that messages may overtake each other (RFC 8832 section 6). */
    private boolean acknowledged;

    private long messagesSent;
    private long bytesSent;
    private long messagesReceived;
    private long bytesReceived;
    private boolean outgoingReset;
    private boolean incomingReset;

    DataChannel(SctpTransport transport, String label, DataChannelInit init, boolean incoming) {
        this.transport = transport;
        this.label = label;
        this.init = init;
        this.incoming = incoming;
        id = init.id();
        acknowledged = incoming || init.negotiated();
    }

    /** The name that whoever made the channel gave it; need not be unique. */
    public String label() {
        return label;
    }

    /** Whether messages arrive in the order they were sent in. */
    public boolean ordered() {
        return init.ordered();
    }

    /** How long a message is worth sending; empty where it is sent until it arrives, or as often as {@link #maxRetransmits} says. */
    public OptionalInt maxPacketLifeTimeMillis() {
        return init.maxPacketLifeTimeMillis();
    }

    /** How often a message is worth sending again; empty as above. */
    public OptionalInt maxRetransmits() {
        return init.maxRetransmits();
    }

    /** The subprotocol, as whoever made the channel named it; or "". */
    public String protocol() {
        return init.protocol();
    }

    /** Whether both sides made it by themselves, under a number that they agreed on elsewhere. */
    public boolean negotiated() {
        return init.negotiated();
    }

    /** The channel's number; empty until the transport is connected, unless negotiated. */
    public OptionalInt id() {
        return id;
    }

    /** Messages can be sent while it is {@link ReadyState#OPEN}. */
    public ReadyState readyState() {
        return readyState;
    }

    /** Whether the other side opened it. */
    public boolean incoming() {
        return incoming;
    }

    /** Bytes of messages that were taken by {@code send} and not yet sent for the first time. */
    public long bufferedAmount() {
        return bufferedAmount;
    }

    /** Where {@link #bufferedAmount} falls to this or below, {@link DataChannelEvent.BufferedAmountLow} tells. */
    public long bufferedAmountLowThreshold() {
        return bufferedAmountLowThreshold;
    }

    /** @param bytes 0 at first, as the W3C has it */
    public void bufferedAmountLowThreshold(long bytes) {
        bufferedAmountLowThreshold = bytes;
    }

    /** Messages that were taken to be sent, and the bytes in them. */
    public long messagesSent() {
        return messagesSent;
    }

    public long bytesSent() {
        return bytesSent;
    }

    /** Messages that have come, and the bytes in them. */
    public long messagesReceived() {
        return messagesReceived;
    }

    public long bytesReceived() {
        return bytesReceived;
    }

    /** Sends a text, which may be empty. It goes out with the next call of the transport. */
    public void send(String text) throws SendRefused {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        send(bytes.length == 0 ? Ppid.TEXT_EMPTY : Ppid.TEXT, bytes);
    }

    /** Sends bytes, maybe none; the array stays the caller's. */
    public void send(byte[] bytes) throws SendRefused {
        send(bytes.length == 0 ? Ppid.BINARY_EMPTY : Ppid.BINARY, bytes.clone());
    }

    private void send(int ppid, byte[] bytes) throws SendRefused {
        if (readyState != ReadyState.OPEN) {
            throw new SendRefused(SendRefused.Reason.NOT_OPEN, "the channel is " + readyState);
        }
        // RFC 8832 section 6: in order until the other side is known to have seen DATA_CHANNEL_OPEN.
        boolean inOrder = init.ordered() || !acknowledged;
        transport.send(id.orElseThrow(), ppid, bytes.length == 0 ? NOTHING : bytes, init.delivery(inOrder));
        bufferedAmount += bytes.length;
        messagesSent++;
        bytesSent += bytes.length;
    }

    /** Closes, when what was taken is sent. The other side sees it closing, and {@link DataChannelEvent.Closed} ends it. */
    public void close() {
        if (readyState == ReadyState.CONNECTING || readyState == ReadyState.OPEN) {
            leave(ReadyState.CLOSING);
            transport.closing(this);
        }
    }

    DataChannelInit init() {
        return init;
    }

    void id(int number) {
        id = OptionalInt.of(number);
    }

    void opened() {
        readyState = ReadyState.OPEN;
        transport.entersOpen();
    }

    void acknowledge() {
        acknowledged = true;
    }

    /** So much of it was sent, or given up; true where the amount thereby became low. */
    boolean unqueued(int bytes) {
        boolean was = bufferedAmount > bufferedAmountLowThreshold;
        bufferedAmount -= bytes;
        return was && bufferedAmount <= bufferedAmountLowThreshold;
    }

    /** The other side reset its stream; true where the channel was open until now. */
    boolean onIncomingReset() {
        incomingReset = true;
        boolean was = readyState == ReadyState.OPEN;
        if (was) {
            leave(ReadyState.CLOSING);
        }
        return was;
    }

    void onOutgoingReset() {
        outgoingReset = true;
    }

    /** Whether both streams are reset. */
    boolean reset() {
        return outgoingReset && incomingReset;
    }

    void closed() {
        leave(ReadyState.CLOSED);
    }

    private void leave(ReadyState next) {
        if (readyState == ReadyState.OPEN) {
            transport.leftOpen();
        }
        readyState = next;
    }

    void received(int bytes) {
        messagesReceived++;
        bytesReceived += bytes;
    }

    @Override
    public String toString() {
        return "DataChannel[" + (id.isPresent() ? id.getAsInt() : "-") + " " + readyState + "]";
    }
}
