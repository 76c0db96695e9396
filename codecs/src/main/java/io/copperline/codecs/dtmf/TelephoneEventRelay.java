package io.copperline.codecs.dtmf;

import java.util.Objects;

/**
 * Carries the presses of one leg's reader into the other leg's stream: live ones at once, a burst one after the other, each
 * in order, none lost, none twice. Owned by the outgoing stream.
 *
 * <pre>
 *   key down  ---> queue (64) ---> playing: at least 40 ms, and until the key is up and its length is played;
 *   lasts     --->                 no further ahead of the other leg's reports than one packet
 *   key up    ---> its length      pause: at least 40 ms from the end of the tone to the next one
 * </pre>
 *
 * <p>40 ms are the shortest tone and pause that telephone receivers must hear (ITU-T Q.24, ETSI ES 201 235-3).
 */
public final class TelephoneEventRelay implements TelephoneEventReader.Sink {
    /** What became of each press. */
    public interface Outcome {
        /** Its last packet is out; the length is the one on the wire. */
        void sent(int event, int durationMillis);

        /** The queue was full. */
        void dropped(int event);
    }

    private static final int CAPACITY = 64;
    private static final int SHORTEST_MILLIS = 40;
    private static final int PAUSE_MILLIS = 40;
    private static final int HELD = -1;
    private static final int UNKNOWN = Integer.MAX_VALUE;

    private final TelephoneEventWriter writer;
    private final Outcome outcome;
    private int ptimeMillis;
    private int unitsPerMilli;
    private int durationRateHz;

    private final int[] events = new int[CAPACITY];
    private final int[] lengthsMillis = new int[CAPACITY];
    private int first;
    private int count;
    private boolean lastDropped;
    /** How long the newest press has been held by the other leg's last report; unknown where it sends none. */
    private int heldMillis = UNKNOWN;

    private boolean ending;
    private boolean pausing;
    private long startTimestamp;
    private long nextTimestamp;
    private int playedMillis;
    private long sent;
    private long dropped;

    /**
     * @param clockRateHz of the outgoing stream's telephone-event payload type: its timestamps and durations count in it
     * @param ptimeMillis the outgoing stream's packet time
     * @param outcome called within {@link #started} or {@code write}, on their thread
     */
    public TelephoneEventRelay(int clockRateHz, int ptimeMillis, Outcome outcome) {
        this.writer = new TelephoneEventWriter(clockRateHz, ptimeMillis);
        this.outcome = Objects.requireNonNull(outcome);
        this.ptimeMillis = ptimeMillis;
        this.unitsPerMilli = clockRateHz / 1000;
        this.durationRateHz = clockRateHz;
    }

    /**
     * The outgoing stream's clock from now on, and the one that its telephone-event payload type names, which its durations count
     * in: the same one unless the peer knows no other. A press that is being played ends where it is.
     */
    public void clocks(int timestampRateHz, int durationRateHz) {
        if (timestampRateHz / 1000 == unitsPerMilli && durationRateHz == this.durationRateHz) {
            return;
        }
        unitsPerMilli = timestampRateHz / 1000;
        this.durationRateHz = durationRateHz;
        if (writer.active()) {
            lengthsMillis[first] = playedMillis;
            finish();
        }
        pausing = false;
        writer.clocks(timestampRateHz, durationRateHz);
    }

    /** The outgoing stream's packet time from now on; a press that is being played goes on. */
    public void packetTime(int millis) {
        ptimeMillis = millis;
        writer.packetTime(millis);
    }

    @Override
    public void started(int event, long nowNanos) {
        lastDropped = count == CAPACITY;
        if (lastDropped) {
            dropped++;
            outcome.dropped(event);
            return;
        }
        int slot = (first + count++) % CAPACITY;
        events[slot] = event;
        lengthsMillis[slot] = HELD;
        heldMillis = UNKNOWN;
    }

    @Override
    public void lasts(int durationMillis) {
        heldMillis = durationMillis;
    }

    @Override
    public void ended(int event, int durationMillis) {
        if (lastDropped || count == 0) {
            return;
        }
        int newest = (first + count - 1) % CAPACITY;
        if (lengthsMillis[newest] == HELD) {
            lengthsMillis[newest] = Math.max(SHORTEST_MILLIS, durationMillis);
        }
    }

    /** Queues a whole press, as an API call or a script wants it. */
    public void press(int event, int durationMillis, long nowNanos) {
        started(event, nowNanos);
        ended(event, durationMillis);
    }

    /**
     * To be called once each packet time with the RTP timestamp that an audio packet would now have.
     *
     * @return 4 when a payload was written, to be sent instead of audio with {@link #marker()} and {@link #timestamp()};
     *     0 when this packet time is audio's
     */
    public int write(byte[] out, int off, long rtpTimestamp) {
        if (!writer.active() && !begin(rtpTimestamp)) {
            return 0;
        }
        if (!ending && lengthsMillis[first] != HELD && playedMillis + ptimeMillis >= lengthsMillis[first]) {
            // RFC 4733 section 2.5.1.2: reports of one event grow. What was reported before the length was known has
            // been heard.
            int lengthMillis = Math.max(lengthsMillis[first], playedMillis);
            lengthsMillis[first] = lengthMillis;
            writer.end(lengthMillis);
            ending = true;
            pauseAfter(lengthMillis, rtpTimestamp);
        }
        if (isAhead()) {
            return writer.writeAgain(out, off);
        }
        int written = writer.write(out, off);
        playedMillis += ptimeMillis;
        if (!writer.active()) {
            finish();
        }
        return written;
    }

    /**
     * Whether the other leg has not yet said that the press lasted this long: where its reports come late, a tone that went on would be
     * longer than the press, and durations cannot shrink. One packet is the usual jitter's.
     */
    private boolean isAhead() {
        return lengthsMillis[first] == HELD && playedMillis > 0 && playedMillis - ptimeMillis >= heldMillis;
    }

    /** The RTP marker bit of the payload written last. */
    public boolean marker() {
        return writer.marker();
    }

    /** The RTP timestamp of the payload written last. */
    public long timestamp() {
        return writer.timestamp();
    }

    /** Presses waiting or being played. */
    public int pending() {
        return count;
    }

    /** Presses played to their last packet. */
    public long sent() {
        return sent;
    }

    /** Presses refused because 64 were waiting. */
    public long dropped() {
        return dropped;
    }

    private boolean begin(long rtpTimestamp) {
        if (pausing && (int) (rtpTimestamp - nextTimestamp) < 0) {
            return false;
        }
        pausing = false;
        if (count == 0) {
            return false;
        }
        startTimestamp = rtpTimestamp;
        playedMillis = 0;
        ending = false;
        writer.start(events[first], rtpTimestamp);
        return true;
    }

    private void pauseAfter(int lengthMillis, long rtpTimestamp) {
        long toneEnd = startTimestamp + (long) lengthMillis * unitsPerMilli;
        // The key's length may be known only after more was played: count from the later one.
        long from = (int) (rtpTimestamp - toneEnd) > 0 ? rtpTimestamp : toneEnd;
        nextTimestamp = from + (long) PAUSE_MILLIS * unitsPerMilli;
        pausing = true;
    }

    private void finish() {
        int event = events[first];
        int lengthMillis = lengthsMillis[first];
        first = (first + 1) % CAPACITY;
        count--;
        sent++;
        outcome.sent(event, lengthMillis);
    }
}
