package io.copperline.codecs.rtp;

/**
 * What a receiver counts about one source, as RFC 3550 A.1 (sequence), A.3 (loss) and A.8 (jitter) have it. Owned by the
 * incoming stream; a new SSRC needs a {@link #reset}.
 */
public final class ReceptionStatistics {
    private static final int MAX_DROPOUT = 3000;
    private static final int MAX_MISORDER = 100;
    private static final int SEQUENCES = 1 << 16;
    private static final int NONE = -1;

    private boolean known;
    private int highestSequence;
    private long cycles;
    private long firstSequence;
    private int restartSequence;
    private long received;
    private long expectedBefore;
    private long receivedBefore;

    private boolean transitKnown;
    private int transit;
    private long lastTimestamp;
    private long jitterTimes16;

    private long reportMiddle32;
    private long reportNanos;

    /**
     * Counts a packet. Arrival is the local clock in units of the RTP clock, with any offset; it may wrap.
     */
    public void onPacket(int seq, long ts, long arrivalInClockUnits) {
        if (!known) {
            begin(seq & 0xFFFF);
        } else if (!inSequence(seq & 0xFFFF)) {
            return;
        }
        received++;
        onTransit(ts & 0xFFFF_FFFFL, arrivalInClockUnits);
    }

    /** The source has sent a sender report: its NTP timestamp as on the wire (64 bits), and when it came. */
    public void onSenderReport(long ntpTimestamp, long nowNanos) {
        reportMiddle32 = ntpTimestamp >>> 16 & 0xFFFF_FFFFL;
        reportNanos = nowNanos;
    }

    /** Packets taken, duplicates included, as RFC 3550 counts them. */
    public long received() {
        return received;
    }

    /** Packets that should have come since the first. */
    public long expected() {
        return known ? highestExtended() - firstSequence + 1 : 0;
    }

    /** Cumulative loss since the first packet; below 0 where duplicates came. */
    public long lost() {
        return expected() - received;
    }

    /** The loss since this was last asked, in 1/256 (RFC 3550 A.3). For the reports alone. */
    public int fractionLostAndReset() {
        long expectedNow = expected() - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected();
        receivedBefore = received;
        return expectedNow == 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
    }

    /** Whether a packet has come since {@link #fractionLostAndReset} was last asked. */
    boolean anySinceReport() {
        return known && received != receivedBefore;
    }

    /** Interarrival jitter in clock units (RFC 3550 A.8). */
    public long jitter() {
        return jitterTimes16 >> 4;
    }

    /** The highest sequence number with its roll-overs in the upper bits; a report carries its low 32. */
    public long highestExtended() {
        return cycles + highestSequence;
    }

    /** LSR of a report block: the middle 32 bits of the last sender report, 0 if none came. */
    public long lastSenderReport() {
        return reportMiddle32;
    }

    /** DLSR of a report block: time since that report in 1/65536 s, 0 if none came. */
    public long delaySinceLastSenderReport(long nowNanos) {
        if (reportMiddle32 == 0) {
            return 0;
        }
        long delay = Math.max(0, nowNanos - reportNanos);
        return Math.min(0xFFFF_FFFFL, (delay / 1000 << 16) / 1_000_000);
    }

    /** Forgets the source. */
    public void reset() {
        known = false;
        received = 0;
        transitKnown = false;
        jitterTimes16 = 0;
        reportMiddle32 = 0;
    }

    private void begin(int seq) {
        known = true;
        highestSequence = seq;
        firstSequence = seq;
        cycles = 0;
        restartSequence = NONE;
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
    }

    /** RFC 3550 A.1 without probation; false for a packet far out of sequence, unless a second one confirms a restart. */
    private boolean inSequence(int seq) {
        int ahead = seq - highestSequence & 0xFFFF;
        if (ahead < MAX_DROPOUT) {
            if (seq < highestSequence) {
                cycles += SEQUENCES;
            }
            highestSequence = seq;
        } else if (ahead <= SEQUENCES - MAX_MISORDER) {
            if (seq != restartSequence) {
                restartSequence = seq + 1 & 0xFFFF;
                return false;
            }
            begin(seq);
            transitKnown = false;
        }
        return true;
    }

    private void onTransit(long ts, long arrival) {
        // A telephone-event repeats its timestamp on purpose (RFC 4733 section 2.2.1): that is no jitter.
        if (transitKnown && ts == lastTimestamp) {
            return;
        }
        lastTimestamp = ts;
        int newTransit = (int) (arrival - ts);
        if (transitKnown) {
            long difference = Math.abs((long) (newTransit - transit));
            jitterTimes16 += difference - (jitterTimes16 + 8 >> 4);
        }
        transitKnown = true;
        transit = newTransit;
    }
}
