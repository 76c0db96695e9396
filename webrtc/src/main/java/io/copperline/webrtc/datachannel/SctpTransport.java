package io.copperline.webrtc.datachannel;

import io.copperline.webrtc.dtls.DtlsRole;
import io.copperline.webrtc.sctp.Association;
import io.copperline.webrtc.sctp.AssociationSink;
import io.copperline.webrtc.sctp.AssociationState;
import io.copperline.webrtc.sctp.Delivery;
import io.copperline.webrtc.sctp.SctpDrop;
import io.copperline.webrtc.sctp.SctpFailure;
import io.copperline.webrtc.sctp.SctpSettings;
import io.copperline.webrtc.sctp.SctpStatistics;
import io.copperline.webrtc.sctp.SendResult;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The data channels of one peer, over SCTP over its DTLS: the W3C's RTCSctpTransport. Owned by the peer's thread. Channels
 * may be made before {@link #start}; they open when the transport connects.
 */
public final class SctpTransport {
    /** The W3C's RTCSctpTransportState. */
    public enum State {
        CONNECTING,
        CONNECTED,
        CLOSED
    }

    private final SctpSettings settings;
    private final Association association;
    private final Channels channels;
    private final Steps steps = new Steps();
    private State state = State.CONNECTING;
    private int maxMessageBytes;
    private long opened;
    private long closed;
    private long lastNanos;

    /** @param random makes tags, TSNs and the cookie's key: a secure one */
    public SctpTransport(SctpSettings settings, RandomGenerator random) {
        this.settings = settings;
        association = new Association(settings, random);
        channels = new Channels(this, association, settings.streams());
    }

    /**
     * Begins: DTLS is up. Every packet out is then one of DTLS's application data, and the other way round.
     *
     * @param role ours in DTLS: the client's channels have even numbers, the server's odd ones (RFC 8832 section 6)
     * @param remotePort {@code a=sctp-port} of the other side's description
     * @param remoteMaxMessageBytes its {@code a=max-message-size}; 0 for any size, 65536 where it has none (RFC 8841 section 6)
     */
    public void start(DtlsRole role, int remotePort, long remoteMaxMessageBytes, long nowNanos) {
        // No message is larger than what may be queued at all.
        long most = remoteMaxMessageBytes == 0 ? settings.sendBufferBytes() : remoteMaxMessageBytes;
        maxMessageBytes = (int) Math.min(most, settings.sendBufferBytes());
        channels.role(role);
        lastNanos = nowNanos;
        association.start(remotePort, nowNanos);
    }

    /** {@link State#CONNECTING} from the beginning, also before {@link #start}. */
    public State state() {
        return state;
    }

    /** The largest message that the other side takes, in bytes; 0 before {@link #start}. */
    public int maxMessageSize() {
        return maxMessageBytes;
    }

    /** How many channels there may be; 0 before the transport is connected. */
    public int maxChannels() {
        return association.streams();
    }

    /** Figures of the association so far; -1 and 0 before it stands. */
    public SctpStatistics statistics() {
        return association.statistics();
    }

    /** How often something came to this end. */
    public long dropped(SctpDrop drop) {
        return association.dropped(drop);
    }

    /** Messages that no channel takes: for none that is open, or of a kind that is not used any more. */
    public long messagesDropped() {
        return channels.dropped();
    }

    /** The channels there are: made and not yet closed. */
    public List<DataChannel> channels() {
        return channels.all();
    }

    /** How many channels were ever open. */
    public long channelsOpened() {
        return opened;
    }

    /** How many were, and are no more. */
    public long channelsClosed() {
        return closed;
    }

    void entersOpen() {
        opened++;
    }

    void leftOpen() {
        closed++;
    }

    /**
     * Makes a channel. Where its label or protocol is longer than 65535 bytes or its id is in use, that is the caller's
     * mistake: {@link IllegalArgumentException}.
     */
    public DataChannel createDataChannel(String label, DataChannelInit init) {
        if (state == State.CLOSED) {
            throw new IllegalStateException("the transport is closed");
        }
        return channels.create(label, init);
    }

    /** Takes one SCTP packet: what DTLS had as application data. */
    public SctpDrop onPacket(byte[] buf, int off, int len, long nowNanos, DataChannelSink sink) {
        begin(nowNanos, sink);
        SctpDrop drop = association.onPacket(buf, off, len, nowNanos, steps);
        channels.tell(sink);
        return drop;
    }

    /** Does what is due, and sends what was queued. */
    public void onTime(long nowNanos, DataChannelSink sink) {
        begin(nowNanos, sink);
        association.onTime(nowNanos, steps);
        channels.tell(sink);
    }

    private void begin(long nowNanos, DataChannelSink sink) {
        lastNanos = nowNanos;
        steps.sink = sink;
        channels.tell(sink);
    }

    /** When {@link #onTime} is to be called next: {@link Association#NEVER}, or in {@code nowNanos}, which may be past. */
    public long nextDeadline() {
        return channels.pending() ? lastNanos : association.nextDeadline();
    }

    /** Ends when all that was sent is acknowledged; {@link DataChannelEvent.TransportClosed} tells. */
    public void shutdown() {
        association.shutdown();
    }

    /** Ends at once, telling the other side and, by events, the owner. */
    public void close(long nowNanos, DataChannelSink sink) {
        if (state != State.CLOSED && association.state() == AssociationState.CLOSED) {
            steps.sink = sink;
            steps.closed(SctpFailure.CLOSED_LOCALLY, 0); // It never began.
        }
        association.abort();
        onTime(nowNanos, sink);
    }

    void send(int stream, int ppid, byte[] message, Delivery delivery) throws SendRefused {
        if (message.length > maxMessageBytes) {
            throw new SendRefused(
                    SendRefused.Reason.TOO_LARGE,
                    message.length + " bytes are more than the " + maxMessageBytes + " that the other side takes");
        }
        SendResult result = association.send(stream, ppid, message, delivery);
        if (result != SendResult.QUEUED) {
            boolean full = result == SendResult.BUFFER_FULL;
            throw new SendRefused(full ? SendRefused.Reason.BUFFER_FULL : SendRefused.Reason.NOT_OPEN, result.name());
        }
    }

    void closing(DataChannel channel) {
        channels.closing(channel);
    }

    /** What the association says, passed on to the channels and the sink of the call that is going on. */
    private final class Steps implements AssociationSink {
        private DataChannelSink sink;

        @Override
        public void transmit(byte[] buf, int off, int len) {
            sink.transmit(buf, off, len);
        }

        @Override
        public void connected() {
            state = State.CONNECTED;
            sink.event(new DataChannelEvent.TransportConnected());
            channels.onConnected();
        }

        @Override
        public void message(int stream, int ppid, byte[] buf, int off, int len) {
            channels.onMessage(stream, ppid, buf, off, len, sink);
        }

        @Override
        public void unqueued(int stream, int ppid, int bytes) {
            channels.onUnqueued(stream, ppid, bytes, sink);
        }

        @Override
        public void streamReset(int stream) {
            channels.onIncomingReset(stream, sink);
        }

        @Override
        public void streamResetDone(int stream, boolean done) {
            channels.onOutgoingReset(stream, done, sink);
        }

        @Override
        public void restarted() {
            channels.onLost("the other side lost its state", sink);
        }

        @Override
        public void closed(SctpFailure why, int causeCode) {
            state = State.CLOSED;
            if (why == SctpFailure.CLOSED_LOCALLY || why == SctpFailure.CLOSED_BY_PEER) {
                channels.onClosed(sink);
            } else {
                channels.onLost(why.name(), sink);
            }
            sink.event(new DataChannelEvent.TransportClosed(why, causeCode));
        }
    }
}
