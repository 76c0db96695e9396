package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.ComfortNoiseMode;
import io.copperline.sip.TrunkMedia;
import io.copperline.sip.TrunkSettings;
import java.util.Arrays;
import java.util.Optional;

/**
 * What one direction says on a trunk: it gathers a packet time of what has come, and says that, or the digit that is due; or it lets a packet
 * pass as it is. Its timestamps go on from one trunk to the next. Owned by one direction.
 *
 * <pre>
 *  each tick:  hear, music  into the next 20 ms  ->  say: digits over it, and as many packets as are full, or what a pause is like
 * </pre>
 */
final class TrunkSpeech implements AutoCloseable {
    static final int TICK_MILLIS = 20;
    private static final int MAX_PACKET_MILLIS = 60;

    private final Conversion conversion;
    private final DigitsToTrunk digits;
    private final TrunkVoice voice;
    private final Passage passage = new Passage();
    private final DiscontinuousTransmission discontinuous = new DiscontinuousTransmission();
    private final short[] gathered = new short[(MAX_PACKET_MILLIS + TICK_MILLIS) * Workshop.WIDE_HZ / 1_000];

    private Optional<TrunkStream> to = Optional.empty();
    private Optional<NegotiatedAudio> agreed = Optional.empty();
    private TrunkMedia habits = TrunkMedia.USUAL;
    private int rateHz = Workshop.NARROW_HZ;
    private int packetMillis = TICK_MILLIS;
    private int gatheredSamples;
    private long timestamp;
    private long musicSamples;
    private boolean musical;

    TrunkSpeech(Workshop workshop, DigitListener listener) {
        conversion = new Conversion(workshop);
        digits = new DigitsToTrunk(listener);
        voice = new TrunkVoice(digits);
    }

    DigitsToTrunk digits() {
        return digits;
    }

    /** Where what comes waits; empty while nothing can come. */
    Optional<WaitingRoom> room() {
        return conversion.room();
    }

    /** What comes from now on. */
    void from(AudioCodec codec) {
        conversion.from(codec);
        tune();
    }

    /** Nothing comes any more. */
    void fromNowhere() {
        conversion.fromNowhere();
        passage.interrupt();
    }

    /** Where it goes from now on. */
    void to(TrunkStream stream, NegotiatedAudio audio, TrunkSettings settings) {
        conversion.to(audio.codec());
        to = Optional.of(stream);
        agreed = Optional.of(audio);
        tune();
        habits = settings.media();
        packetMillis = audio.ptimeMillis();
        discontinuous.interrupt();
        digits.path(settings.dtmf(), audio);
    }

    /** Nothing goes any more. */
    void toNowhere() {
        digits.trunkGone();
        to = Optional.empty();
        agreed = Optional.empty();
        conversion.toNowhere();
        passage.interrupt();
        packetMillis = TICK_MILLIS;
    }

    /** Where the two codecs meet at another rate, all that counts in samples begins anew. */
    private void tune() {
        if (conversion.rateHz() != rateHz) {
            rateHz = conversion.rateHz();
            gatheredSamples = 0;
            digits.rate(rateHz);
        }
    }

    /** A packet has come that says how loud the silence is that begins now (RFC 3389). */
    void rest(byte[] buf, int off, int len, long nowNanos) {
        passage.pause();
        if (conversion.room().isPresent()) {
            conversion.room().get().putNoise(buf, off, len, nowNanos);
        }
    }

    /** Whether packets of so long go as they are: both sides have the same codec, and nothing else is to be heard. */
    boolean passes(int ptimeMillis) {
        return habits.passThrough()
                && conversion.sameCodec()
                && digits.idle()
                && agreed.isPresent()
                && agreed.get().direction().sends()
                && agreed.get().ptimeMillis() == ptimeMillis;
    }

    /** Lets a packet pass, the payload of which is here, unless it is late or there already. Only where packets do. */
    void pass(byte[] buf, int off, int payloadOff, int payloadLen, long nowNanos) {
        if (payloadLen <= 0
                || payloadLen > TrunkVoice.MAX_PAYLOAD_BYTES
                || !passage.take(buf, off, timestamp, nowNanos)) {
            return;
        }
        to.get().skip(passage.missing());
        voice.pass(
                to.get(),
                buf,
                payloadOff,
                payloadLen,
                agreed.get().sendPayloadType(),
                passage.timestamp(),
                passage.marker(),
                nowNanos);
    }

    private int tickSamples() {
        return TICK_MILLIS * rateHz / 1_000;
    }

    /** Takes the next 20 ms of what has come, or silence. */
    void hear(long nowNanos) {
        musical = false;
        if (conversion.room().isPresent()) {
            conversion.room().get().read(gathered, gatheredSamples, tickSamples(), nowNanos);
        } else {
            Arrays.fill(gathered, gatheredSamples, gatheredSamples + tickSamples(), (short) 0);
        }
    }

    /** Looks for keys in them. */
    void listen(DigitsFromTrunk keys, long nowNanos) {
        keys.onSamples(gathered, gatheredSamples, tickSamples(), nowNanos);
    }

    /** Of what is gathered. */
    int rateHz() {
        return rateHz;
    }

    /** How loud they are, in -dBov. */
    int level() {
        return AudioLevel.dBov(gathered, gatheredSamples, tickSamples());
    }

    /** Puts the trunk's music in their place, if it has some. */
    void music() {
        if (habits.holdMusic().isPresent()) {
            habits.holdMusic().get().loop(rateHz, musicSamples, gathered, gatheredSamples, tickSamples());
            musicSamples += tickSamples();
            musical = true;
        }
    }

    /** The music begins anew the next time. */
    void endMusic() {
        musicSamples = 0;
    }

    /**
     * Says what is due.
     *
     * @param passing whether packets pass, so that nothing else is said as long as they do
     * @param aloud whether the phone is to hear it
     */
    void say(boolean passing, boolean aloud, long nowNanos) {
        boolean goesAsItIs = passing && !passage.quiet(nowNanos);
        heed(aloud && !goesAsItIs);
        digits.overlay(gathered, gatheredSamples, tickSamples());
        gatheredSamples += tickSamples();
        int wanted = packetMillis * rateHz / 1_000;
        while (gatheredSamples >= wanted) {
            if (aloud && agreed.isPresent() && !goesAsItIs) {
                speak(wanted, nowNanos);
            }
            gatheredSamples -= wanted;
            System.arraycopy(gathered, wanted, gathered, 0, gatheredSamples);
            timestamp = (timestamp + packetUnits()) & 0xffff_ffffL;
        }
    }

    /** Looks for a pause in what is to be said next, where the trunk wants pauses described. */
    private void heed(boolean ourVoice) {
        if (habits.comfortNoise() != ComfortNoiseMode.SEND
                || agreed.isEmpty()
                || !agreed.get().comfortNoise()) {
            discontinuous.interrupt();
            return;
        }
        if (!musical) {
            boolean nothing = room().isEmpty() || room().get().pausing();
            discontinuous.hear(nothing, level());
        }
        if (musical || !ourVoice || !digits.idle()) {
            discontinuous.interrupt();
        }
    }

    private long packetUnits() {
        return packetMillis * (agreed.isPresent() ? agreed.get().codec().clockRateHz() / 1_000L : 8L);
    }

    private void speak(int samples, long nowNanos) {
        timestamp = passage.after(timestamp, packetUnits());
        passage.interrupt();
        if (discontinuous.paused()) {
            if (discontinuous.due(packetMillis)) {
                voice.describe(to.get(), discontinuous.describe(), timestamp, nowNanos);
            }
            return;
        }
        Encoding encoding = conversion.encoding().orElseThrow();
        voice.say(to.get(), agreed.get(), encoding, gathered, samples, timestamp, nowNanos);
    }

    @Override
    public void close() {
        conversion.close();
        to = Optional.empty();
        agreed = Optional.empty();
    }
}
