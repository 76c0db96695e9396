package io.copperline.webrtc.sctp;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * An SCTP association with the one peer at the other end of a DTLS connection. Owned by one thread, which hands it packets
 * and the time. What {@link #send}, {@link #resetStream}, {@link #shutdown} and {@link #abort} cause goes out in the next
 * call of {@link #onTime} or {@link #onPacket}; {@link #nextDeadline} then says that one is due.
 */
public final class Association {
    /** There is nothing to wait for but packets. */
    public static final long NEVER = Long.MAX_VALUE;

    private final SctpSettings settings;
    private final RandomGenerator random;
    private final PacketReader reader = new PacketReader();
    private final Outbox out;
    private final Handshake handshake;
    private final RetransmissionTimeout handshakeTimeout;
    private final long[] drops = new long[SctpDrop.values().length];
    private AssociationState state = AssociationState.CLOSED;
    /** There from the time that the association stands. */
    private Optional<Tcb> tcb = Optional.empty();

    private int remotePort;
    private long packetsReceived;
    private boolean started;
    private boolean abortWanted;
    private boolean wanting;
    private long nowNanos;
    private AssociationSink sink;

    /** @param random makes tags, TSNs and the cookie's key: a secure one, where strangers may guess */
    public Association(SctpSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        out = new Outbox(settings);
        handshake = new Handshake(settings, random);
        handshakeTimeout = new RetransmissionTimeout(settings);
    }

    /** Begins: DTLS is up. Both ends do so, and neither waits for the other. */
    public void start(int peersPort, long now) {
        if (started) {
            throw new IllegalStateException("an association starts once");
        }
        started = true;
        nowNanos = now;
        remotePort = peersPort;
        out.remotePort(peersPort);
        state = AssociationState.COOKIE_WAIT;
        handshake.begin(now);
    }

    /** Where it stands; {@link AssociationState#CLOSED} before {@link #start}, too. */
    public AssociationState state() {
        return state;
    }

    /** How many streams there are in either direction: the smaller number; 0 before the association stands. */
    public int streams() {
        return tcb.map(Tcb::streams).orElse(0);
    }

    /** How often something came to this end. */
    public long dropped(SctpDrop drop) {
        return drops[drop.ordinal()];
    }

    /** Figures so far; before the association stands, only packets are counted. */
    public SctpStatistics statistics() {
        return tcb.map(t -> t.sender().statistics(out.packets(), packetsReceived))
                .orElseGet(() -> new SctpStatistics(out.packets(), packetsReceived, -1, 0, 0, 0, 0, 0, 0, 0));
    }

    /**
     * Queues a message of at least one byte. The array is the association's from now on.
     *
     * @param ppid says what it is (the payload protocol identifier)
     */
    public SendResult send(int stream, int ppid, byte[] message, Delivery delivery) {
        return send(stream, ppid, message, delivery, false);
    }

    /** The same, reliably and in order, however full the buffer is: for the few messages that streams cannot do without. */
    public SendResult sendControl(int stream, int ppid, byte[] message) {
        return send(stream, ppid, message, Delivery.RELIABLE, true);
    }

    private SendResult send(int stream, int ppid, byte[] message, Delivery delivery, boolean control) {
        if (message.length == 0) {
            throw new IllegalArgumentException("SCTP has no empty messages");
        }
        if (state != AssociationState.ESTABLISHED || abortWanted) {
            return SendResult.NOT_CONNECTED;
        }
        wanting = true;
        return transfer().sender().send(stream, ppid, message, delivery, control);
    }

    /** Resets our side of a stream when all that waits on it was sent; until that is done it takes nothing more. */
    public void resetStream(int stream) {
        if (state == AssociationState.ESTABLISHED) {
            wanting = true;
            transfer().resets().want(stream);
        }
    }

    /** Ends when all that was sent is acknowledged. */
    public void shutdown() {
        wanting = true;
        if (state == AssociationState.ESTABLISHED) {
            state = AssociationState.SHUTDOWN_PENDING;
        } else if (!state.connected()) {
            abortWanted = true;
        }
    }

    /** Ends at once, and tells the peer. */
    public void abort() {
        wanting = true;
        abortWanted = true;
    }

    /** Takes one packet, as it came out of DTLS. What it says of the packet is the first thing that was amiss with it. */
    public SctpDrop onPacket(byte[] buf, int off, int len, long now, AssociationSink to) {
        if (state == AssociationState.CLOSED) {
            return count(SctpDrop.CLOSED);
        }
        begin(now, to);
        packetsReceived++;
        SctpDrop drop = reader.begin(buf, off, len);
        if (drop == SctpDrop.TAKEN
                && (reader.sourcePort() != remotePort || reader.destinationPort() != settings.localPort())) {
            drop = SctpDrop.WRONG_PORT;
        }
        drop = drop == SctpDrop.TAKEN ? chunks() : count(drop);
        flush();
        return drop;
    }

    /** Does what is due. */
    public void onTime(long now, AssociationSink to) {
        if (state == AssociationState.CLOSED) {
            return;
        }
        begin(now, to);
        if (state.connected()) {
            transfer().onTime(state, out, now);
            abortWanted |= transfer().overdue(now);
        } else if (!abortWanted && !handshake.onTime(state, now, handshakeTimeout, out)) {
            end(SctpFailure.HANDSHAKE_TIMEOUT, 0);
        }
        flush();
    }

    /** When {@link #onTime} is to be called next: {@link #NEVER}, or in {@code nowNanos}, which may be past. */
    public long nextDeadline() {
        if (state == AssociationState.CLOSED) {
            return NEVER;
        }
        if (wanting) {
            return nowNanos;
        }
        return state.connected() ? transfer().earliest(NEVER) : handshake.t1().earliest(NEVER);
    }

    private Tcb transfer() {
        return tcb.orElseThrow();
    }

    private void begin(long now, AssociationSink to) {
        nowNanos = now;
        sink = to;
        out.begin(to);
    }

    private SctpDrop count(SctpDrop drop) {
        drops[drop.ordinal()]++;
        return drop;
    }

    private SctpDrop chunks() {
        SctpDrop first = SctpDrop.TAKEN;
        while (state != AssociationState.CLOSED && reader.next()) {
            SctpDrop drop = note(chunk());
            first = first == SctpDrop.TAKEN ? drop : first;
            if (drop == SctpDrop.WRONG_TAG || (drop == SctpDrop.UNKNOWN_CHUNK && (reader.type() & 0x80) == 0)) {
                break; // The rest is no more ours than this (RFC 9260 sections 8.5 and 3.2).
            }
        }
        if (state.connected()) {
            note(transfer().receiver().endOfPacket(nowNanos, sink));
        }
        return reader.malformed() && first == SctpDrop.TAKEN ? count(SctpDrop.MALFORMED) : first;
    }

    private SctpDrop note(SctpDrop drop) {
        if (drop != SctpDrop.TAKEN) {
            count(drop);
        }
        if (drop.fatal() && state.connected()) {
            ErrorCause.abort(out, drop);
            boolean tooLarge = drop == SctpDrop.MESSAGE_TOO_LARGE;
            end(tooLarge ? SctpFailure.MESSAGE_TOO_LARGE : SctpFailure.PROTOCOL_VIOLATION, 0);
        }
        return drop;
    }

    private SctpDrop chunk() {
        int type = reader.type();
        if (type == ChunkType.INIT) {
            return onInit();
        }
        if (type == ChunkType.COOKIE_ECHO) {
            return onCookieEcho();
        }
        boolean reflectable = type == ChunkType.ABORT || type == ChunkType.SHUTDOWN_COMPLETE;
        boolean reflected = reflectable && (reader.flags() & ChunkType.TAG_REFLECTED) != 0;
        int tag = reflected ? handshake.peerTag() : handshake.localTag(); // Section 8.5.1 B and C.
        if (reader.tag() != tag || tag == 0) {
            return SctpDrop.WRONG_TAG;
        }
        byte[] buf = reader.buf();
        return switch (type) {
            case ChunkType.INIT_ACK -> onInitAck();
            case ChunkType.COOKIE_ACK -> onCookieAck();
            case ChunkType.ERROR -> onError(buf, reader.bodyOff(), reader.bodyBytes());
            case ChunkType.ABORT -> {
                end(SctpFailure.ABORTED_BY_PEER, reader.bodyBytes() >= 4 ? Wire.u16(buf, reader.bodyOff()) : 0);
                yield SctpDrop.TAKEN;
            }
            default ->
                state.connected()
                        ? connectedChunk(type, transfer(), buf, reader.bodyOff(), reader.bodyBytes())
                        : SctpDrop.UNEXPECTED;
        };
    }

    private SctpDrop connectedChunk(int type, Tcb to, byte[] buf, int off, int len) {
        boolean receives = state.receives();
        return switch (type) {
            case ChunkType.DATA -> receives ? to.onData(reader, state, out, nowNanos, sink) : SctpDrop.UNEXPECTED;
            case ChunkType.SACK -> to.onSack(buf, off, len, nowNanos);
            case ChunkType.HEARTBEAT -> to.onHeartbeat(buf, off, len, out);
            case ChunkType.HEARTBEAT_ACK -> to.onHeartbeatAck(buf, off, len, nowNanos);
            case ChunkType.FORWARD_TSN ->
                receives ? to.receiver().onForwardTsn(buf, off, len, sink) : SctpDrop.UNEXPECTED;
            case ChunkType.RE_CONFIG ->
                receives ? to.onReconfig(buf, off, len, out, nowNanos, sink) : SctpDrop.UNEXPECTED;
            case ChunkType.SHUTDOWN -> onShutdown(to, buf, off, len);
            case ChunkType.SHUTDOWN_ACK -> onShutdownAck();
            case ChunkType.SHUTDOWN_COMPLETE -> onShutdownComplete();
            default -> onUnknown(type);
        };
    }

    private SctpDrop onInit() {
        if (reader.tag() != 0 || !reader.last()) {
            return SctpDrop.MALFORMED; // Section 8.5.1 A.
        }
        if (state == AssociationState.SHUTDOWN_ACK_SENT) {
            transfer().repeatShutdownAck(out, nowNanos); // Section 9.2
            return SctpDrop.UNEXPECTED;
        }
        return handshake.onInit(reader.buf(), reader.bodyOff(), reader.bodyBytes(), state, nowNanos, out);
    }

    private SctpDrop onInitAck() {
        if (state != AssociationState.COOKIE_WAIT || !reader.last()) {
            return SctpDrop.UNEXPECTED; // Section 5.2.3
        }
        SctpDrop drop = handshake.onInitAck(reader.buf(), reader.bodyOff(), reader.bodyBytes(), nowNanos, out);
        if (drop == SctpDrop.TAKEN) {
            state = AssociationState.COOKIE_ECHOED;
            handshake.onTime(state, nowNanos, handshakeTimeout, out);
        }
        return drop;
    }

    private SctpDrop onCookieEcho() {
        if (state == AssociationState.SHUTDOWN_ACK_SENT) {
            transfer().repeatShutdownAck(out, nowNanos); // Section 5.2.4 A
            return SctpDrop.UNEXPECTED;
        }
        Handshake.Echo echo = handshake.onCookieEcho(
                reader.buf(), reader.bodyOff(), reader.bodyBytes(), reader.tag(), state, nowNanos);
        return switch (echo) {
            case ESTABLISH, RESTART -> {
                out.tag(handshake.peerTag());
                out.add(ChunkType.COOKIE_ACK, 0);
                establish(echo == Handshake.Echo.RESTART);
                yield SctpDrop.TAKEN;
            }
            case REPEATED -> {
                out.add(ChunkType.COOKIE_ACK, 0);
                yield SctpDrop.TAKEN;
            }
            case STALE -> {
                if (handshake.peerTag() != 0) {
                    ErrorCause.error(out, ChunkType.CAUSE_STALE_COOKIE);
                }
                yield SctpDrop.COOKIE_STALE;
            }
            case REFUSED -> SctpDrop.COOKIE_REFUSED;
        };
    }

    private SctpDrop onCookieAck() {
        if (state != AssociationState.COOKIE_ECHOED) {
            return SctpDrop.UNEXPECTED; // Section 5.2.5
        }
        establish(false);
        return SctpDrop.TAKEN;
    }

    private void establish(boolean again) {
        state = AssociationState.ESTABLISHED;
        tcb = Optional.of(new Tcb(settings, handshake, random, nowNanos));
        if (again) {
            sink.restarted();
        } else {
            sink.connected();
        }
    }

    private SctpDrop onShutdown(Tcb to, byte[] buf, int off, int len) {
        if (len < 4) {
            return SctpDrop.MALFORMED;
        }
        SctpDrop drop = to.onCumulative(Wire.i32(buf, off), nowNanos);
        state = to.onShutdown(state, out, nowNanos);
        return drop;
    }

    private SctpDrop onShutdownAck() {
        if (state != AssociationState.SHUTDOWN_SENT && state != AssociationState.SHUTDOWN_ACK_SENT) {
            return SctpDrop.UNEXPECTED;
        }
        out.flush(); // Section 6.10: alone in its packet.
        out.add(ChunkType.SHUTDOWN_COMPLETE, 0);
        out.flush();
        end(SctpFailure.CLOSED_LOCALLY, 0);
        return SctpDrop.TAKEN;
    }

    private SctpDrop onShutdownComplete() {
        if (state != AssociationState.SHUTDOWN_ACK_SENT) {
            return SctpDrop.UNEXPECTED;
        }
        end(SctpFailure.CLOSED_BY_PEER, 0);
        return SctpDrop.TAKEN;
    }

    private SctpDrop onError(byte[] buf, int off, int len) {
        boolean stale = len >= 4 && Wire.u16(buf, off) == ChunkType.CAUSE_STALE_COOKIE;
        if (stale && state == AssociationState.COOKIE_ECHOED) {
            state = AssociationState.COOKIE_WAIT; // Section 5.2.6
            handshake.forgetPeer(nowNanos);
        }
        return SctpDrop.TAKEN;
    }

    /** Section 3.2: the type's second bit says to report it. */
    private SctpDrop onUnknown(int type) {
        if ((type & 0x40) != 0) {
            int at = ErrorCause.error(out, ChunkType.CAUSE_UNRECOGNIZED_CHUNK);
            System.arraycopy(reader.buf(), reader.bodyOff() - 4, out.buf(), at, 4);
        }
        return SctpDrop.UNKNOWN_CHUNK;
    }

    private void flush() {
        wanting = false;
        if (state.connected() && transfer().unreachable()) {
            end(SctpFailure.PEER_UNREACHABLE, 0);
        } else if (state.connected() && !abortWanted) {
            state = transfer().transmit(state, out, nowNanos, sink);
        }
        if (abortWanted && state != AssociationState.CLOSED) {
            if (handshake.peerTag() != 0) {
                ErrorCause.abort(out);
            }
            end(SctpFailure.CLOSED_LOCALLY, 0);
        }
        out.flush();
    }

    private void end(SctpFailure why, int causeCode) {
        state = AssociationState.CLOSED;
        out.discard();
        sink.closed(why, causeCode);
    }
}
