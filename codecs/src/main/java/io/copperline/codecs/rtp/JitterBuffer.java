package io.copperline.codecs.rtp;

/**
 * The waiting room between the network's time and the tick's: packets go in as they come, one frame goes out each frame time.
 * Owned by its stream's direction. Nothing is allocated per packet.
 *
 * <pre>
 *   put ----> late? duplicate? far off? ----> slots by sequence number
 *                       |                          |
 *                 DelayEstimate --target--> DepthControl --skip, stretch--> take ---> FRAME, LOST, PAUSE, WAITING
 *
 *   due frame is there ............................ FRAME
 *   missing, a later one is there ................. LOST, for FEC with the next one's payload where it follows directly
 *   missing, nothing is there ..................... LOST and the depth grows; PAUSE after 200 ms
 *   none missing, but the timestamps have a gap .... PAUSE until the next is due (silence of the sender, telephone-event)
 *   nothing has been played yet ................... WAITING
 * </pre>
 *
 * <p>Depth is the time by which a frame is played behind the fastest arrival of late; on a clean network it is what remains
 * until the owner's tick, and at most a frame more than 5 ms.
 */
public final class JitterBuffer {
    /** What a {@link #take} gave. */
    public enum Taken {
        /** {@link #payload()} is the frame's. */
        FRAME,
        /** Conceal one frame, by FEC from {@link #payload()} if {@link #nextPresent()}. */
        LOST,
        /** The sender is silent: comfort noise, silence, or the decoder's own (Opus: conceal). */
        PAUSE,
        /** Nothing to play yet. */
        WAITING
    }

    private static final long STARVED_MICROS = 200_000;
    private static final int OPUS_PAYLOAD_BYTES = 1280;
    private static final int G711_PAYLOAD_BYTES = 960;

    private final PacketSlots slots;
    private final TimeLine line;
    private final DelayEstimate delays;
    private final DepthControl control = new DepthControl();
    private final LossLevel losses = new LossLevel();
    private final JitterCounts counts = new JitterCounts();
    private final boolean fec;

    private boolean playing;
    private boolean everPlayed;
    private long headSequence;
    private long playTimestamp;
    private int heldFrames;
    private long depthMicros;

    private int payloadOffset;
    private int payloadLength;
    private boolean nextPresent;

    /**
     * @param maxPayloadBytes longer ones are dropped and counted
     * @param fec whether a lost frame can be had from the packet behind it: where packets are lost, one frame more is kept
     */
    public JitterBuffer(int clockRateHz, int maxPayloadBytes, boolean fec) {
        this.slots = new PacketSlots(maxPayloadBytes);
        this.delays = new DelayEstimate(clockRateHz);
        this.line = new TimeLine(clockRateHz);
        this.fec = fec;
    }

    /** For Opus, whose RTP clock is 48000, with in-band FEC. */
    public static JitterBuffer opus() {
        return new JitterBuffer(48_000, OPUS_PAYLOAD_BYTES, true);
    }

    /** For G.711 with up to 120 ms in a packet. */
    public static JitterBuffer g711() {
        return new JitterBuffer(8_000, G711_PAYLOAD_BYTES, false);
    }

    /**
     * Takes in a packet's payload. The marker bit is not needed: timestamps and sequence numbers tell of a pause.
     *
     * @return whether it waits for its time now: it was neither late, nor known, nor of another time line
     */
    public boolean put(byte[] buf, int off, int len, int seq, long rtpTimestamp, boolean marker, long nowNanos) {
        if (len > slots.maxPayloadBytes() || len < 0) {
            counts.oversize++;
            return false;
        }
        long nowMicros = nowNanos / 1000;
        long timestamp = line.extendTimestamp(rtpTimestamp);
        if (foreign(seq, timestamp, nowMicros)) {
            return false;
        }
        // After a restart the line has no past that the timestamp could be extended from.
        timestamp = line.extendTimestamp(rtpTimestamp);
        long sequence = line.extendSequence(seq);
        if (slots.known(sequence)) {
            counts.duplicate++;
            return false;
        }
        boolean first = !line.known();
        line.onPacket(sequence, timestamp);
        delays.onPacket(timestamp, nowMicros);
        if (first || !everPlayed && sequence < headSequence) {
            headSequence = Math.max(sequence, line.newestSequence() - PacketSlots.COUNT + 1);
        }
        if (sequence < headSequence) {
            counts.late++;
            return false;
        }
        makeRoom(sequence);
        slots.put(sequence, timestamp, buf, off, len);
        return true;
    }

    /**
     * Takes in what a packet, already {@link #put}, repeats of an earlier one (RFC 2198), if that one is missing and its time has
     * not come yet. It says nothing of the network's delay.
     */
    public void putRedundant(byte[] buf, int off, int len, int seq, long rtpTimestamp) {
        if (len <= 0 || len > slots.maxPayloadBytes() || !line.known() || line.foreign(seq, 0)) {
            return;
        }
        long sequence = line.extendSequence(seq);
        long timestamp = line.extendTimestamp(rtpTimestamp);
        // Only between its neighbours: a digit's packets have numbers too, and then blocks are counted wrongly.
        boolean fits = sequence >= headSequence
                && sequence < line.newestSequence()
                && timestamp >= playTimestamp - line.frameUnits()
                && !slots.known(sequence)
                && !(slots.holds(sequence - 1) && slots.timestamp(sequence - 1) >= timestamp)
                && !(slots.holds(sequence + 1) && slots.timestamp(sequence + 1) <= timestamp);
        if (fits) {
            slots.put(sequence, timestamp, buf, off, len);
            slots.markRecovered(sequence);
        }
    }

    /** This sequence number carried something else than audio (a telephone-event): it is not missing. */
    public void skip(int seq) {
        if (!line.known() || line.foreign(seq, 0)) {
            return;
        }
        long sequence = line.extendSequence(seq);
        if (sequence >= headSequence && !slots.known(sequence)) {
            makeRoom(sequence);
            slots.putOther(sequence);
        }
    }

    /** Gives the next frame; to be called whenever the owner needs {@link #frameUnits()} more of sound. */
    public Taken take(long nowNanos) {
        long nowMicros = nowNanos / 1000;
        nextPresent = false;
        payloadLength = 0;
        if (slots.payloads() == 0) {
            return starve();
        }
        long first = slots.first(headSequence);
        if (!playing) {
            first = begin(first, nowMicros);
            return playing ? play(first, nowMicros) : idle();
        }
        int frame = line.frameUnits();
        long gapFrames = Math.floorDiv(slots.timestamp(first) - playTimestamp + frame / 2, frame) - heldFrames;
        if (gapFrames > 0 && !overdue(first, nowMicros)) {
            playTimestamp += frame;
            return onlyOthersBefore(first) ? Taken.PAUSE : conceal(first, gapFrames == 1);
        }
        return adjust(first, nowMicros);
    }

    /** Whether the sound of the frame taken last was silent: depth is changed there first. */
    public void silent(boolean silent) {
        control.silent(silent);
    }

    /** The source is another one (SSRC changed): all is forgotten but the counters. */
    public void reset() {
        restart();
        delays.reset();
    }

    /** The array that {@link #payloadOffset()} points into. What it shows holds until the next put. */
    public byte[] payload() {
        return slots.bytes();
    }

    /** Where in {@link #payload()} the frame's payload begins. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** 0 where the last take gave neither a frame nor a next one. */
    public int payloadLength() {
        return payloadLength;
    }

    /** After LOST: the packet directly behind the lost frame is there, and {@link #payload()} is its. */
    public boolean nextPresent() {
        return nextPresent;
    }

    /** How much RTP time one packet of this stream covers, as its timestamps tell; 20 ms until they do. */
    public int frameUnits() {
        return line.frameUnits();
    }

    /** By how much the frame played last was behind the fastest arrival. */
    public int depthMillis() {
        return (int) (depthMicros / 1000);
    }

    /** The depth that the network's jitter asks for. */
    public int targetMillis() {
        return (int) (target() / 1000);
    }

    /** What has happened so far; the same object always. */
    public JitterCounts counts() {
        return counts;
    }

    /** Drops a packet of another time line, or starts anew with it if it is the second one. */
    private boolean foreign(int seq, long timestamp, long nowMicros) {
        if (!line.known()) {
            return false;
        }
        long delayMicros = delays.delayMicros(timestamp, nowMicros);
        if (!line.foreign(seq, delayMicros)) {
            return false;
        }
        if (line.confirmsStray(seq, delayMicros)) {
            restart();
            return false;
        }
        counts.stray++;
        return true;
    }

    private void makeRoom(long sequence) {
        long oldest = sequence - PacketSlots.COUNT + 1;
        if (headSequence >= oldest) {
            return;
        }
        long end = Math.min(oldest, headSequence + PacketSlots.COUNT);
        for (long s = headSequence; s < end; s++) {
            if (slots.empty(s)) {
                counts.overflow++;
            } else if (everPlayed && !slots.isOther(s)) {
                counts.miss();
            }
        }
        counts.lost += everPlayed ? oldest - end : 0;
        headSequence = oldest;
    }

    private Taken starve() {
        if (!playing) {
            return idle();
        }
        heldFrames++;
        if (heldFrames * frameMicros() > STARVED_MICROS) {
            playing = false;
            return Taken.PAUSE;
        }
        counts.concealed++;
        return Taken.LOST;
    }

    private Taken idle() {
        return everPlayed ? Taken.PAUSE : Taken.WAITING;
    }

    /** Starts playing, at the depth wanted, once the first packet is old enough; leaves out what is too old already. */
    private long begin(long first, long nowMicros) {
        long sequence = first;
        while (slots.holds(sequence + 1) && depth(sequence, nowMicros) - target() >= frameMicros()) {
            slots.empty(sequence++);
            counts.skipped++;
        }
        if (depth(sequence, nowMicros) >= target()) {
            playing = true;
            control.begin(nowMicros);
        }
        return sequence;
    }

    /** In a gap the next frame may be played before its turn, if that brings the depth down to where it should be. */
    private boolean overdue(long first, long nowMicros) {
        if (onlyOthersBefore(first)) {
            return depth(first, nowMicros) >= target();
        }
        return DepthControl.over(depth(first, nowMicros), target(), frameMicros());
    }

    private Taken adjust(long first, long nowMicros) {
        long depth = depth(first, nowMicros);
        switch (control.decide(depth, target(), frameMicros(), nowMicros)) {
            case STRETCH -> {
                control.made(nowMicros);
                counts.stretched++;
                counts.concealed++;
                return Taken.LOST;
            }
            case SKIP -> {
                if (slots.holds(first + 1)) {
                    control.made(nowMicros);
                    countMissing(first);
                    slots.empty(first);
                    headSequence = first + 1;
                    counts.skipped++;
                    return play(first + 1, nowMicros);
                }
            }
            case KEEP -> {}
        }
        return play(first, nowMicros);
    }

    private Taken play(long sequence, long nowMicros) {
        countMissing(sequence);
        boolean recovered = slots.recovered(sequence);
        losses.onFrame(recovered); // Its own packet was lost: the depth that brought its copy in time is still needed.
        counts.play(recovered);
        depthMicros = depth(sequence, nowMicros);
        show(sequence);
        slots.empty(sequence);
        everPlayed = true;
        headSequence = sequence + 1;
        playTimestamp = slots.timestamp(sequence) + line.frameUnits();
        heldFrames = 0;
        return Taken.FRAME;
    }

    /** Gives up one missing frame, or all up to the next where that follows directly: should they still come, they are late. */
    private Taken conceal(long first, boolean directlyBefore) {
        counts.concealed++;
        long givenUp = directlyBefore ? first : headSequence + 1;
        countMissing(givenUp);
        headSequence = givenUp;
        if (directlyBefore) {
            nextPresent = true;
            show(first);
        }
        return Taken.LOST;
    }

    private void show(long sequence) {
        payloadOffset = slots.offset(sequence);
        payloadLength = slots.length(sequence);
    }

    private void countMissing(long end) {
        for (long s = headSequence; everPlayed && s < end; s++) {
            if (!slots.known(s)) {
                counts.miss();
                losses.onFrame(true);
            }
        }
    }

    private boolean onlyOthersBefore(long first) {
        for (long s = headSequence; s < first; s++) {
            if (!slots.isOther(s)) {
                return false;
            }
        }
        return true;
    }

    private long depth(long sequence, long nowMicros) {
        return delays.delayMicros(slots.timestamp(sequence), nowMicros);
    }

    private long target() {
        long wanted = delays.targetMicros() + (fec && losses.lossy() ? frameMicros() : 0);
        return Math.min(wanted, DelayEstimate.MAX_TARGET_MICROS);
    }

    private long frameMicros() {
        return delays.micros(line.frameUnits());
    }

    private void restart() {
        slots.clear();
        line.restart();
        delays.rebase();
        playing = false;
        everPlayed = false;
        counts.resume();
        heldFrames = 0;
    }
}
