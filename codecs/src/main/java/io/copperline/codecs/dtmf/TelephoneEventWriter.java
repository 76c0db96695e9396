package io.copperline.codecs.dtmf;

/**
 * Writes the packets of one key press at a time, driven by the stream's packet time. Owned by the outgoing stream.
 *
 * <p>The stream's contract: at each packet time, while {@link #active()}, the stream sends what {@link #write} gives instead
 * of audio (with its own rising sequence number), never both. There is no queue here; {@link TelephoneEventRelay} has one.
 *
 * <pre>
 *   packet   duration    E   M          (20 ms updates, a press of 90 ms)
 *      1       20 ms     -   M
 *      2       40 ms     -   -
 *     3, 4     ... 80    -   -
 *   5, 6, 7    90 ms     E   -          all with the timestamp of the first
 * </pre>
 */
public final class TelephoneEventWriter {
    private static final int END_PACKETS = 3;

    private int clockRateHz;
    private int ptimeMillis;
    private int stepUnits;
    private long segmentStep;

    private boolean active;
    private boolean started;
    private boolean marker;
    private int event;
    private long segmentTimestamp;
    private long timestamp;
    private long segmentStartUnits;
    private long reachedUnits;
    private long finalUnits;
    private int endsLeft;

    /**
     * @param clockRateHz of the telephone-event payload type: timestamps and durations count in it
     * @param ptimeMillis the stream's packet time, and so how often a tone is updated
     */
    public TelephoneEventWriter(int clockRateHz, int ptimeMillis) {
        this.ptimeMillis = ptimeMillis;
        clocks(clockRateHz, clockRateHz);
    }

    /** What timestamps count in, and what durations do; a press that is active is given up. */
    public void clocks(int timestampRateHz, int durationRateHz) {
        clockRateHz = durationRateHz;
        segmentStep = (long) TelephoneEvent.MAX_DURATION * timestampRateHz / durationRateHz;
        active = false;
        packetTime(ptimeMillis);
    }

    /** The stream's packet time from now on; a press that is active goes on. */
    public void packetTime(int millis) {
        ptimeMillis = millis;
        stepUnits = clockRateHz / 1000 * millis;
    }

    /**
     * Begins a press at this RTP timestamp of the outgoing stream.
     *
     * @throws IllegalStateException while another press is active
     */
    public void start(int event, long rtpTimestamp) {
        if (active) {
            throw new IllegalStateException("a press is active");
        }
        if (!TelephoneEvent.isDigit(event)) {
            throw new IllegalArgumentException("not a digit's event: " + event);
        }
        this.event = event;
        active = true;
        started = false;
        segmentTimestamp = rtpTimestamp & 0xFFFF_FFFFL;
        timestamp = segmentTimestamp;
        segmentStartUnits = 0;
        reachedUnits = 0;
        endsLeft = 0;
    }

    /**
     * The press lasted this long: the next three writes are its end packets, with exactly this duration. One more comes
     * before them if the press crosses a segment just now.
     */
    public void end(int durationMillis) {
        if (active && endsLeft == 0) {
            // RFC 4733 section 2.3.5: a duration of 0 is for states, not for digits.
            finalUnits = Math.max(1, (long) durationMillis * clockRateHz / 1000);
            endsLeft = END_PACKETS;
        }
    }

    /** Whether the next packet is ours: from {@link #start} until the third end packet is written. */
    public boolean active() {
        return active;
    }

    /** Writes the next 4-byte payload; its {@link #marker()} and {@link #timestamp()} hold until the next write. */
    public int write(byte[] out, int off) {
        if (!active) {
            throw new IllegalStateException("no press is active");
        }
        marker = !started;
        started = true;
        reachedUnits += stepUnits;
        long target = endsLeft > 0 ? finalUnits : reachedUnits;
        timestamp = segmentTimestamp;
        if (target - segmentStartUnits > TelephoneEvent.MAX_DURATION) {
            return writeFullSegment(out, off);
        }
        // An end that came late may lie before a segment that has begun.
        int duration = (int) Math.max(1, target - segmentStartUnits);
        boolean end = endsLeft > 0;
        if (end && --endsLeft == 0) {
            active = false;
        }
        return TelephoneEvent.write(out, off, event, end, duration);
    }

    /**
     * Writes the payload that says what the last one said, for a packet time in which it is not known whether the press lasted
     * longer. Only after the first {@link #write}, and before {@link #end}.
     */
    public int writeAgain(byte[] out, int off) {
        if (!active || !started || endsLeft > 0) {
            throw new IllegalStateException("no press is between its first packet and its end");
        }
        marker = false;
        timestamp = segmentTimestamp;
        int duration = (int) Math.max(1, reachedUnits - segmentStartUnits);
        return TelephoneEvent.write(out, off, event, false, duration);
    }

    /** Whether the packet written last is the press's first and needs the RTP marker bit. */
    public boolean marker() {
        return marker;
    }

    /** The RTP timestamp of the packet written last, unsigned 32 bits. */
    public long timestamp() {
        return timestamp;
    }

    /** RFC 4733 section 2.5.1.3: the full segment has no E bit, the next one begins where it ended, without marker. */
    private int writeFullSegment(byte[] out, int off) {
        segmentStartUnits += TelephoneEvent.MAX_DURATION;
        segmentTimestamp = segmentTimestamp + segmentStep & 0xFFFF_FFFFL;
        return TelephoneEvent.write(out, off, event, false, TelephoneEvent.MAX_DURATION);
    }
}
