package io.copperline.webrtc.sctp;

import java.util.concurrent.TimeUnit;

/**
 * The receiving half of an association: which TSNs have come, what becomes of their chunks, and when to say so (RFC 9260
 * section 6.2, RFC 3758 section 3.6). Streams that the peer resets are reset here, between the last TSN before and the first
 * one after (RFC 6525 section 5.2.2).
 */
final class DataReceiver {
    private static final long SACK_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int MAX_DUPLICATES = 16;
    private static final int SACK_BYTES = 12;
    /** Room for the gap reports in one SACK; what they leave out is told when it is nearer. */
    private static final int MAX_GAP_REPORTS = 128;

    private final int windowBytes;
    private final TsnWindow tsns;
    private final Reassembly reassembly;
    private final DataChunk chunk = new DataChunk();
    private final Deadline delayedSack = new Deadline();
    private final int[] duplicates = new int[MAX_DUPLICATES];
    private int duplicateCount;
    private int packetsToAcknowledge;
    private boolean sackNow;
    private boolean dataInPacket;

    private int[] resetStreams = new int[0];
    private int resetAfterTsn;
    private boolean resetWaits;

    DataReceiver(SctpSettings settings, InitChunk peer) {
        windowBytes = settings.receiveWindowBytes();
        tsns = new TsnWindow(peer.initialTsn() - 1);
        reassembly = new Reassembly(settings.maxMessageBytes(), Math.min(settings.streams(), peer.outgoingStreams()));
    }

    Deadline delayedSack() {
        return delayedSack;
    }

    int cumulativeTsn() {
        return tsns.cumulative();
    }

    int streams() {
        return reassembly.streams();
    }

    SctpDrop onData(byte[] buf, int bodyOff, int bodyBytes, int flags, AssociationSink sink) {
        if (!chunk.read(buf, bodyOff, bodyBytes, flags)) {
            return SctpDrop.MALFORMED;
        }
        if (chunk.bytes == 0) {
            return SctpDrop.NO_USER_DATA;
        }
        dataInPacket = true;
        sackNow |= tsns.gaps() || (flags & ChunkType.IMMEDIATE) != 0;
        SctpDrop drop = admit();
        if (drop == SctpDrop.TAKEN) {
            return take(sink);
        }
        sackNow = true;
        return drop;
    }

    private SctpDrop admit() {
        if (tsns.has(chunk.tsn)) {
            if (duplicateCount < MAX_DUPLICATES) {
                duplicates[duplicateCount++] = chunk.tsn;
            }
            return SctpDrop.DUPLICATE;
        }
        if (!tsns.covers(chunk.tsn)) {
            return SctpDrop.BEYOND_WINDOW;
        }
        // Only what closes the first gap helps when the window is used up; that is always taken, so it opens again.
        if (reassembly.heldBytes() + chunk.bytes > windowBytes && chunk.tsn != tsns.cumulative() + 1) {
            return SctpDrop.WINDOW_FULL;
        }
        return SctpDrop.TAKEN;
    }

    private SctpDrop take(AssociationSink sink) {
        boolean valid = chunk.stream < reassembly.streams();
        SctpDrop result = valid ? SctpDrop.TAKEN : SctpDrop.INVALID_STREAM; // Section 6.5: acknowledged, and not kept.
        if (chunk.tsn == tsns.cumulative() + 1) {
            tsns.add(chunk.tsn);
            tsns.advance();
            SctpDrop fate = valid ? reassembly.next(chunk, sink) : result;
            onAdvanced(sink);
            return fate.fatal() ? fate : advance(fate, sink);
        }
        if (valid) {
            reassembly.keep(chunk, tsns.cumulative());
        }
        tsns.add(chunk.tsn);
        sackNow = true;
        return result;
    }

    private SctpDrop advance(SctpDrop result, AssociationSink sink) {
        while (tsns.canAdvance()) {
            tsns.advance();
            SctpDrop fate = reassembly.nextWaiting(tsns.cumulative(), sink);
            if (fate.fatal()) {
                return fate;
            }
            onAdvanced(sink);
        }
        return result;
    }

    private void onAdvanced(AssociationSink sink) {
        if (resetWaits && !Wire.before(tsns.cumulative(), resetAfterTsn)) {
            resetWaits = false;
            reset(resetStreams, sink);
        }
    }

    private void reset(int[] streams, AssociationSink sink) {
        for (int stream : streams) {
            reassembly.reset(stream);
        }
        for (int stream : streams) {
            sink.streamReset(stream);
        }
    }

    /** Resets streams once all up to this TSN has come; true where that is now. */
    boolean resetAfter(int tsn, int[] streams, AssociationSink sink) {
        if (Wire.before(tsns.cumulative(), tsn)) {
            resetWaits = true;
            resetAfterTsn = tsn;
            resetStreams = streams;
            return false;
        }
        reset(streams, sink);
        return true;
    }

    boolean resetWaits() {
        return resetWaits;
    }

    /** RFC 3758 section 3.6. */
    SctpDrop onForwardTsn(byte[] buf, int off, int len, AssociationSink sink) {
        if (len < 4) {
            return SctpDrop.MALFORMED;
        }
        dataInPacket = true;
        sackNow = true;
        int point = Wire.i32(buf, off);
        if (!Wire.before(tsns.cumulative(), point)) {
            return SctpDrop.STALE;
        }
        while (tsns.gaps() && Wire.before(tsns.cumulative(), point)) {
            tsns.advance();
            reassembly.skip(tsns.cumulative(), sink);
            onAdvanced(sink);
        }
        reassembly.skipped();
        if (Wire.before(tsns.cumulative(), point)) {
            tsns.jump(point);
            onAdvanced(sink);
        }
        for (int at = off + 4; at + 4 <= off + len; at += 4) {
            reassembly.expect(Wire.u16(buf, at), (short) (Wire.u16(buf, at + 2) + 1));
        }
        return advance(SctpDrop.TAKEN, sink);
    }

    /** After the last chunk of a packet: delivers what needs not wait, and decides on the SACK. */
    SctpDrop endOfPacket(long nowNanos, AssociationSink sink) {
        if (!dataInPacket) {
            return SctpDrop.TAKEN;
        }
        dataInPacket = false;
        SctpDrop fate = SctpDrop.TAKEN;
        if (reassembly.anyWaiting()) {
            int until = resetWaits && Wire.before(resetAfterTsn, tsns.highest()) ? resetAfterTsn : tsns.highest();
            fate = reassembly.overtake(tsns.cumulative() + 1, until, sink);
        }
        // Section 6.2: at least every second packet, and within 200 ms; at once where something is missing.
        if (++packetsToAcknowledge >= 2) {
            sackNow = true;
        } else if (!delayedSack.armed()) {
            delayedSack.arm(nowNanos + SACK_DELAY_NANOS);
        }
        return fate;
    }

    /** The next SACK must not wait. */
    void hurry() {
        sackNow = true;
    }

    /** Writes the SACK that is due, if one is. */
    void transmit(Outbox out, long nowNanos) {
        if (!sackNow && !delayedSack.due(nowNanos)) {
            return;
        }
        sackNow = false;
        packetsToAcknowledge = 0;
        delayedSack.disarm();
        int most = Math.min(MAX_GAP_REPORTS, (out.wholeRoom() - SACK_BYTES) / 4 - duplicateCount);
        int gaps = tsns.gaps() ? tsns.gapReports(most) : 0;
        int at = out.open(ChunkType.SACK, 0, SACK_BYTES + 4 * (gaps + duplicateCount));
        byte[] buf = out.buf();
        Wire.put32(buf, at, tsns.cumulative());
        Wire.put32(buf, at + 4, Math.max(0, windowBytes - reassembly.heldBytes()));
        Wire.put16(buf, at + 8, gaps);
        Wire.put16(buf, at + 10, duplicateCount);
        tsns.writeGapReports(gaps, buf, at + SACK_BYTES);
        for (int i = 0; i < duplicateCount; i++) {
            Wire.put32(buf, at + SACK_BYTES + 4 * (gaps + i), duplicates[i]);
        }
        duplicateCount = 0;
    }
}
