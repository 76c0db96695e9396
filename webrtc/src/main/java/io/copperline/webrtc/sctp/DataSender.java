package io.copperline.webrtc.sctp;

/**
 * The sending half of an association (RFC 9260 sections 6.1, 6.3 and 7.2, RFC 3758): decides what goes out when.
 *
 * <pre>
 * send -> SendQueue -> transmit: FORWARD TSN | lost chunks | new chunks, as the windows allow -> Outstanding
 * SACK -> Outstanding: acknowledged, lost -> CongestionWindow, RetransmissionTimeout, T3
 * </pre>
 */
final class DataSender {
    /** Packets of new data at a time (RFC 9260 section 6.1 D). */
    private static final int MAX_BURST = 4;
    /** Less than this of a large message is not worth a fragment in a packet that has begun. */
    private static final int MIN_FRAGMENT_BYTES = 256;

    private static final int SACK_BYTES = 12;

    private final SendQueue queue;
    private final Outstanding outstanding;
    private final CongestionWindow window;
    private final RetransmissionTimeout timeout;
    private final ForwardTsn forward = new ForwardTsn();
    private final Deadline t3 = new Deadline();
    private final boolean partial;
    private int peerWindowBytes;
    private boolean forwardDue;
    private boolean fastRetransmit;
    private boolean answered;
    private long lastSentNanos;
    private long fastRetransmissions;
    private long timeouts;
    private long chunksRetransmitted;
    private long abandoned;

    DataSender(SctpSettings settings, int initialTsn, InitChunk peer, RetransmissionTimeout timeout, long nowNanos) {
        this.timeout = timeout;
        queue = new SendQueue(Math.min(settings.streams(), peer.incomingStreams()), settings.sendBufferBytes());
        outstanding = new Outstanding(initialTsn);
        window = new CongestionWindow(settings.maxPacketBytes() - ChunkType.PACKET_HEADER_BYTES);
        partial = peer.forwardTsn();
        peerWindowBytes = peer.windowBytes();
        lastSentNanos = nowNanos;
    }

    SendQueue queue() {
        return queue;
    }

    Deadline t3() {
        return t3;
    }

    /** The last TSN that was used. */
    int lastTsn() {
        return outstanding.lastTsn();
    }

    boolean drained() {
        return queue.isEmpty() && outstanding.chunks() == 0;
    }

    SendResult send(int stream, int ppid, byte[] bytes, Delivery delivery, boolean control) {
        // A peer that cannot skip gets everything (RFC 3758 section 3.3).
        Delivery possible = partial ? delivery : Delivery.reliable(delivery.ordered());
        return queue.add(new OutgoingMessage(stream, ppid, bytes, possible), control);
    }

    /** RFC 9260 section 6.2.1. */
    SctpDrop onSack(byte[] buf, int off, int len, long nowNanos) {
        if (len < SACK_BYTES) {
            return SctpDrop.MALFORMED;
        }
        int cumulative = Wire.i32(buf, off);
        int gaps = Wire.u16(buf, off + 8);
        if (len < SACK_BYTES + 4 * (gaps + Wire.u16(buf, off + 10))) {
            return SctpDrop.MALFORMED;
        }
        if (Wire.before(cumulative, outstanding.cumulativeTsn())) {
            return SctpDrop.STALE;
        }
        if (Wire.before(outstanding.lastTsn(), cumulative)
                || !outstanding.sound(cumulative, buf, off + SACK_BYTES, gaps)) {
            return SctpDrop.PROTOCOL_VIOLATION;
        }
        acknowledged(cumulative, buf, off + SACK_BYTES, gaps, nowNanos);
        peerWindowBytes = Math.max(0, Wire.size(buf, off + 4) - outstanding.flightPayloadBytes());
        // RFC 9260 section 6.1 A: while the peer says that its window is closed, it is there.
        answered |= peerWindowBytes == 0;
        return SctpDrop.TAKEN;
    }

    /** The cumulative TSN that a SHUTDOWN carries. */
    SctpDrop onCumulative(int cumulative, long nowNanos) {
        if (Wire.before(outstanding.lastTsn(), cumulative)) {
            return SctpDrop.PROTOCOL_VIOLATION;
        }
        if (!Wire.before(cumulative, outstanding.cumulativeTsn())) {
            acknowledged(cumulative, new byte[0], 0, 0, nowNanos);
        }
        return SctpDrop.TAKEN;
    }

    private void acknowledged(int cumulative, byte[] buf, int gapsOff, int gaps, long nowNanos) {
        int flightBytes = outstanding.flightBytes();
        boolean advanced = cumulative != outstanding.cumulativeTsn();
        outstanding.onSack(cumulative, buf, gapsOff, gaps, queue, nowNanos);
        if (outstanding.acknowledgedBytes() > 0) {
            answered = true;
        }
        if (outstanding.roundTripNanos() >= 0) {
            timeout.onRoundTrip(outstanding.roundTripNanos());
        }
        boolean advancedInRecovery = advanced && window.recovering();
        if (advanced) {
            window.onAcknowledged(cumulative, outstanding.acknowledgedBytes(), flightBytes);
            timeout.onAcknowledged();
            t3.disarm(); // Section 6.3.2 R3: it starts again with what is left.
        }
        int highestReported = gaps == 0 ? cumulative : cumulative + Wire.u16(buf, gapsOff + 4 * gaps - 2);
        if (outstanding.markLost(highestReported, advancedInRecovery)) {
            onLoss();
        }
        if (outstanding.flightBytes() == 0) {
            window.onIdle();
        }
        forwardDue = forward.advance(outstanding);
        keepTime(nowNanos);
    }

    private void onLoss() {
        if (!window.recovering()) {
            window.onLoss(outstanding.lastTsn());
        }
        fastRetransmissions++;
        fastRetransmit = true;
    }

    /** Section 6.3.2 R1 and R2: T3 runs while something is unacknowledged. */
    private void keepTime(long nowNanos) {
        if (outstanding.chunks() == 0) {
            t3.disarm();
        } else if (!t3.armed()) {
            t3.arm(nowNanos + timeout.nanos());
        }
    }

    /** Whether something was acknowledged since this was last asked. */
    boolean answered() {
        boolean was = answered;
        answered = false;
        return was;
    }

    /** Section 6.3.3; true where T3 expired. */
    boolean onTime(long nowNanos) {
        if (!t3.due(nowNanos)) {
            return false;
        }
        timeouts++;
        window.onTimeout();
        timeout.backOff();
        outstanding.onTimeout();
        fastRetransmit = false;
        forwardDue = forward.advance(outstanding);
        t3.arm(nowNanos + timeout.nanos());
        return true;
    }

    /** Sends what the windows allow. */
    void transmit(Outbox out, boolean newData, long nowNanos, AssociationSink sink) {
        queue.onTime(nowNanos, sink);
        if (outstanding.anyToResend()) {
            resend(out, nowNanos, sink);
        }
        if (newData && !queue.isEmpty()) {
            rest(nowNanos);
            sendNew(out, nowNanos, sink);
        }
        if (forwardDue) {
            forwardDue = false;
            forward.write(out);
        }
        keepTime(nowNanos);
    }

    private void resend(Outbox out, long nowNanos, AssociationSink sink) {
        // Section 7.2.4: the first packet of a fast retransmission goes whatever the window says.
        boolean free = fastRetransmit;
        boolean first = true;
        fastRetransmit = false;
        for (int i = 0; i < outstanding.chunks() && outstanding.anyToResend(); i++) {
            SentChunk chunk = outstanding.chunk(i);
            if (chunk.state != SentChunk.State.TO_RESEND) {
                continue;
            }
            if (chunk.givenUp(nowNanos)) {
                abandon(chunk.message, sink);
                continue;
            }
            free &= first || fits(chunk, out);
            if (!free && outstanding.flightBytes() >= window.bytes()) {
                break;
            }
            if (i == 0) {
                t3.arm(nowNanos + timeout.nanos());
            }
            first = false;
            chunksRetransmitted++;
            send(chunk, out, nowNanos);
        }
    }

    private static boolean fits(SentChunk chunk, Outbox out) {
        return ChunkType.DATA_FIELDS_BYTES + chunk.bytes <= out.room();
    }

    private void abandon(OutgoingMessage message, AssociationSink sink) {
        int unassigned = message.unassignedBytes();
        queue.dropRest(message);
        outstanding.abandon(message);
        abandoned++;
        forwardDue = forward.advance(outstanding);
        if (unassigned > 0) {
            sink.unqueued(message.stream, message.ppid, unassigned);
        }
    }

    /** Section 7.2.1: a window that was long unused says nothing of the path any more. */
    private void rest(long nowNanos) {
        if (outstanding.chunks() == 0) {
            for (int i = 0; i < 16 && nowNanos - lastSentNanos > timeout.nanos(); i++) {
                window.onRest();
                lastSentNanos += timeout.nanos();
            }
        }
        lastSentNanos = nowNanos;
    }

    private void sendNew(Outbox out, long nowNanos, AssociationSink sink) {
        long lastPacket = out.packets() + MAX_BURST;
        while (!queue.isEmpty() && !outstanding.full() && outstanding.flightBytes() < window.bytes()) {
            OutgoingMessage message = queue.next();
            if (message.expired(nowNanos)) {
                abandon(message, sink);
                continue;
            }
            int bytes = fragmentBytes(message, out);
            // Section 6.1 A: one chunk may always be under way, which also probes a closed window.
            if ((bytes > peerWindowBytes && outstanding.flightBytes() > 0) || out.packets() >= lastPacket) {
                return;
            }
            SentChunk chunk = outstanding.append(message, message.assignedBytes, bytes);
            queue.assign(bytes);
            peerWindowBytes = Math.max(0, peerWindowBytes - bytes);
            send(chunk, out, nowNanos);
            sink.unqueued(message.stream, message.ppid, bytes);
        }
    }

    /** What of the message goes next: all of it where it fits into a packet, else as much as one holds. */
    private static int fragmentBytes(OutgoingMessage message, Outbox out) {
        int left = message.unassignedBytes();
        int room = out.room() - ChunkType.DATA_FIELDS_BYTES;
        int whole = out.wholeRoom() - ChunkType.DATA_FIELDS_BYTES;
        if (left > room && (left <= whole || room < MIN_FRAGMENT_BYTES)) {
            out.flush();
            room = whole;
        }
        return Math.min(left, room);
    }

    private void send(SentChunk chunk, Outbox out, long nowNanos) {
        outstanding.onSent(chunk, nowNanos);
        OutgoingMessage message = chunk.message;
        int at = out.open(ChunkType.DATA, chunk.flags(), ChunkType.DATA_FIELDS_BYTES + chunk.bytes);
        byte[] buf = out.buf();
        Wire.put32(buf, at, chunk.tsn);
        Wire.put16(buf, at + 4, message.stream);
        Wire.put16(buf, at + 6, message.ssn);
        Wire.put32(buf, at + 8, message.ppid);
        System.arraycopy(message.bytes, chunk.off, buf, at + ChunkType.DATA_FIELDS_BYTES, chunk.bytes);
    }

    SctpStatistics statistics(long packetsSent, long packetsReceived) {
        return new SctpStatistics(
                packetsSent,
                packetsReceived,
                timeout.smoothedNanos(),
                window.bytes(),
                peerWindowBytes,
                outstanding.chunks(),
                fastRetransmissions,
                timeouts,
                chunksRetransmitted,
                abandoned + queue.abandoned());
    }
}
