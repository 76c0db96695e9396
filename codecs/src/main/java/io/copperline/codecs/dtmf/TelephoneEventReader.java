package io.copperline.codecs.dtmf;

/**
 * Turns telephone-event packets of one RTP source into key presses. Owned by its leg; SSRC and payload type are checked
 * before it, {@link #reset} is for a new SSRC.
 *
 * <p>One press is one RTP timestamp (RFC 4733 section 2.2.1): marker bit and sequence numbers are lost or wrong too often.
 *
 * <pre>
 *   first packet of a timestamp, whichever it is ..... started
 *   packet with E ..................................... ended with its duration
 *   {@value #TIMEOUT_MILLIS} ms without a packet ................... ended with the last known duration
 *   packet of a newer timestamp ....................... ended likewise, the next one started
 *   timestamp contiguous after a full segment ......... the same press goes on
 * </pre>
 */
public final class TelephoneEventReader {
    /** Hears of each press, start and end in order, never two presses at once. */
    public interface Sink {
        /** A key went down; {@code event} is 0 to 15. */
        void started(int event, long nowNanos);

        /** The key that went down last has been down for this long, and still is; told with each packet that says so. */
        default void lasts(int durationMillis) {}

        /** The key that went down last came up. */
        void ended(int event, int durationMillis);
    }

    // Longer than five lost updates of 20 ms in a row, shorter than a hand between two presses.
    private static final int TIMEOUT_MILLIS = 130;
    private static final long TIMEOUT_NANOS = TIMEOUT_MILLIS * 1_000_000L;
    private static final long SEAM_NANOS = 500_000_000L;
    private static final int REMEMBERED = 16;
    private static final long LATE_SECONDS = 5;
    private static final int FRAME_MILLIS = 20;

    private final int clockRateHz;
    private final int durationClockRateHz;
    private final long[] seen = new long[REMEMBERED];
    private int seenCount;
    private final long[] drops = new long[TelephoneEventDrop.values().length];

    private boolean known;
    private boolean active;
    private boolean endSeen;
    private int event;
    private long timestamp;
    private int duration;
    private long finishedUnits;
    private long lastNanos;
    private long presses;

    /** A reader of packets whose timestamps and durations both count in this clock, as RFC 4733 wants it. */
    public TelephoneEventReader(int clockRateHz) {
        this(clockRateHz, clockRateHz);
    }

    private TelephoneEventReader(int clockRateHz, int durationClockRateHz) {
        this.clockRateHz = clockRateHz;
        this.durationClockRateHz = durationClockRateHz;
    }

    /**
     * A reader for a payload type that names another clock than the codec whose stream it is in. Firefox (ESR 153) offers
     * telephone-event/8000 alone, also beside Opus, and then steps its timestamps and its duration field by the codec's clock,
     * but ends a press once that field has reached the length in the named clock: 500 ms are 4000 units, which it has
     * after five frames of 960, 100 ms on the wire. So the field tells the length in the named clock, rounded up to
     * whole frames of the codec's.
     *
     * @param codecClockRateHz what the timestamps count in
     * @param namedClockRateHz what the SDP says
     */
    public static TelephoneEventReader besideCodec(int codecClockRateHz, int namedClockRateHz) {
        return new TelephoneEventReader(codecClockRateHz, namedClockRateHz);
    }

    /** Takes one packet's payload; {@code rtpTimestamp} is unsigned 32 bits. Any bytes are safe. */
    public void onPacket(byte[] buf, int off, int len, long rtpTimestamp, long nowNanos, Sink sink) {
        if (len < TelephoneEvent.PAYLOAD_BYTES) {
            drop(TelephoneEventDrop.MALFORMED);
            return;
        }
        int arrived = TelephoneEvent.event(buf, off);
        if (!TelephoneEvent.isDigit(arrived)) {
            drop(TelephoneEventDrop.UNKNOWN_EVENT);
            return;
        }
        onTime(nowNanos, sink);
        if (!belongs(arrived, rtpTimestamp & 0xFFFF_FFFFL, nowNanos, sink)) {
            return;
        }
        lastNanos = nowNanos;
        boolean end = TelephoneEvent.end(buf, off);
        endSeen |= end;
        if (!active) {
            drop(TelephoneEventDrop.REPEATED);
            return;
        }
        int reported = TelephoneEvent.duration(buf, off);
        duration = end ? reported : Math.max(duration, reported);
        if (end) {
            finish(sink);
        } else {
            sink.lasts(millis());
        }
    }

    /** Ends a press whose end packets were all lost. To be called at each tick of the owner. */
    public void onTime(long nowNanos, Sink sink) {
        if (active && nowNanos - lastNanos >= TIMEOUT_NANOS) {
            finish(sink);
        }
    }

    /** The source is another one now (SSRC changed, stream stopped): a press under way ends, old timestamps are forgotten. */
    public void reset(Sink sink) {
        if (active) {
            finish(sink);
        }
        known = false;
        seenCount = 0;
    }

    /** Whether a key is down. */
    public boolean active() {
        return active;
    }

    /** Presses started so far. */
    public long presses() {
        return presses;
    }

    /** Packets that told nothing new, by reason. */
    public long drops(TelephoneEventDrop reason) {
        return drops[reason.ordinal()];
    }

    /** Whether a packet is of the newest press, which it may start; false once it is counted as dropped. */
    private boolean belongs(int arrived, long ts, long nowNanos, Sink sink) {
        if (known && ts == timestamp) {
            return arrived == event || drop(TelephoneEventDrop.CONFLICTING);
        }
        if (known && (remembered(ts) || late(ts))) {
            return drop(TelephoneEventDrop.LATE);
        }
        if (known && arrived == event && contiguous(ts, nowNanos)) {
            // Also where the press has timed out: its rest must not become a second one.
            nextSegment(ts);
            return true;
        }
        if (active) {
            finish(sink);
        }
        start(arrived, ts, nowNanos, sink);
        return true;
    }

    /** RFC 4733 section 2.5.1.3. Chromium starts a segment up to one packet time after the last one was full. */
    private boolean contiguous(long ts, long nowNanos) {
        long step = ts - timestamp & 0xFFFF_FFFFL;
        return !endSeen
                && nowNanos - lastNanos < SEAM_NANOS
                && step >= TelephoneEvent.MAX_DURATION
                && step <= TelephoneEvent.MAX_DURATION + clockRateHz * 60L / 1000;
    }

    private void nextSegment(long ts) {
        finishedUnits += ts - timestamp & 0xFFFF_FFFFL;
        remember(timestamp);
        timestamp = ts;
        duration = 0;
    }

    private boolean late(long ts) {
        int behind = (int) (timestamp - ts);
        return behind > 0 && behind < LATE_SECONDS * clockRateHz;
    }

    private boolean remembered(long ts) {
        int kept = Math.min(seenCount, REMEMBERED);
        for (int i = 0; i < kept; i++) {
            if (seen[i] == ts) {
                return true;
            }
        }
        return false;
    }

    private void remember(long ts) {
        seen[seenCount++ % REMEMBERED] = ts;
        if (seenCount == 2 * REMEMBERED) {
            seenCount = REMEMBERED;
        }
    }

    private void start(int arrived, long ts, long nowNanos, Sink sink) {
        if (known) {
            remember(timestamp);
        }
        known = true;
        active = true;
        endSeen = false;
        event = arrived;
        timestamp = ts;
        duration = 0;
        finishedUnits = 0;
        lastNanos = nowNanos;
        presses++;
        sink.started(event, nowNanos);
    }

    private void finish(Sink sink) {
        active = false;
        sink.ended(event, millis());
    }

    private int millis() {
        long units = finishedUnits + duration;
        long millis = (units * 1000 + durationClockRateHz / 2) / durationClockRateHz;
        return (int) Math.min(Integer.MAX_VALUE, millis - roundedUpMillis(units));
    }

    /**
     * What a length in whole frames of a foreign clock says too much: up to a frame (120 ms for Opus). The W3C's default of 100
     * ms becomes exact so, and no other length more than 20 ms too short.
     */
    private int roundedUpMillis(long units) {
        int frame = clockRateHz * FRAME_MILLIS / 1000;
        return durationClockRateHz < clockRateHz && units > 0 && units % frame == 0 ? FRAME_MILLIS : 0;
    }

    private boolean drop(TelephoneEventDrop reason) {
        drops[reason.ordinal()]++;
        return false;
    }
}
