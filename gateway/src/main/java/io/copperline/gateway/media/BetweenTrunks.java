package io.copperline.gateway.media;

import io.copperline.codecs.dtmf.TelephoneEvent;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.DtmfMode;
import io.copperline.sip.TrunkSettings;
import java.util.Optional;

/**
 * From one trunk to another: waiting room, tick, decode, encode, header, door. The phone hears a packet every packet time, silence if there
 * is nothing else. Keys that come as telephone-event or INFO go on in the way that the other trunk takes. Tones stay in the sound, but where the
 * one trunk has no other keys and the other takes telephone-event, they become that.
 */
final class BetweenTrunks implements AutoCloseable {
    private final TrunkSpeech speech;
    private final MediaWatch watch;

    private final DigitsFromTrunk keys;
    private int rateHz = Workshop.NARROW_HZ;
    private Optional<NegotiatedAudio> from = Optional.empty();
    private boolean open;

    /** @param watch of the trunk that it comes from */
    BetweenTrunks(Workshop workshop, DigitListener listener, MediaWatch watch) {
        speech = new TrunkSpeech(workshop, listener);
        this.watch = watch;
        keys = new DigitsFromTrunk(speech.digits());
    }

    /**
     * What comes from now on.
     *
     * @param mode how keys go on the trunk that it comes from
     */
    void from(NegotiatedAudio audio, DtmfMode mode) {
        keys.agreed(audio, mode);
        from = Optional.of(audio);
        speech.from(audio.codec());
        tune();
    }

    /** Nothing comes any more. */
    void fromNowhere() {
        keys.reset();
        from = Optional.empty();
        speech.fromNowhere();
    }

    /** Where it goes from now on. Timestamps go on from one agreement to the next. */
    void to(TrunkStream stream, NegotiatedAudio audio, TrunkSettings settings) {
        keys.endTone(); // It may have to go on in another way.
        speech.to(stream, audio, settings);
        tune();
    }

    /** Nothing goes any more. */
    void toNowhere() {
        keys.endTone();
        speech.toNowhere();
    }

    private void tune() {
        if (speech.rateHz() != rateHz) {
            rateHz = speech.rateHz();
            keys.rate(rateHz);
        }
    }

    /** Whether tones are taken for keys, and out of the sound. */
    private boolean tonesAreKeys() {
        return open && keys.listening() && speech.digits().areEvents();
    }

    /** The phone hears it from now on. */
    void open() {
        open = true;
    }

    /** A key that has come by INFO, unless its tone was heard already. Where 64 wait it is lost, as any other. */
    void press(char digit, int durationMillis, long nowNanos) {
        boolean news = keys.onInfo(TelephoneEvent.event(digit), nowNanos);
        if (open && news) {
            var _ = speech.digits().press(String.valueOf(digit), durationMillis, nowNanos);
        }
    }

    /** The other trunk does not take this key by INFO; false where it is set to INFO. */
    boolean infoRefused(char digit, int durationMillis) {
        return speech.digits().infoRefused(TelephoneEvent.event(digit), durationMillis);
    }

    void onAudio(byte[] buf, int off, int len, long nowNanos) {
        watch.packet(nowNanos);
        if (speech.room().isEmpty()) {
            return;
        }
        speech.room().get().put(buf, off, len, nowNanos);
        if (passes()) {
            int payloadLen = RtpHeader.payloadLength(buf, off, len);
            speech.pass(buf, off, off + RtpHeader.headerLength(buf, off), payloadLen, nowNanos);
        }
    }

    private boolean passes() {
        return open
                && !tonesAreKeys()
                && from.isPresent()
                && speech.passes(from.get().ptimeMillis());
    }

    void onDigit(byte[] buf, int off, int len, long nowNanos) {
        watch.packet(nowNanos);
        if (speech.room().isPresent()) {
            speech.room().get().skip(buf, off);
        }
        if (!open) {
            return; // Nobody hears it yet, and later it would be out of place.
        }
        keys.onPacket(buf, off, len, nowNanos);
    }

    void onNoise(byte[] buf, int off, int len, long nowNanos) {
        watch.packet(nowNanos);
        speech.rest(buf, off, len, nowNanos);
    }

    /** Whether the phone that it comes from has said that it is silent, so that no sound is due. */
    boolean resting(long nowNanos) {
        return speech.room().isPresent() && speech.room().get().resting(nowNanos);
    }

    /** Where what comes waits; empty while nothing can come. */
    Optional<WaitingRoom> room() {
        return speech.room();
    }

    /** Every 20 ms. */
    void onTick(long nowNanos) {
        keys.onTime(nowNanos);
        speech.hear(nowNanos);
        if (speech.room().isPresent()) {
            watch.level(speech.level(), nowNanos);
        }
        if (resting(nowNanos)) {
            watch.packet(nowNanos);
        }
        if (tonesAreKeys()) {
            speech.listen(keys, nowNanos);
        }
        // Who holds and sends nothing while he does leaves the other phone to the music of its trunk.
        if (from.isPresent() && !from.get().direction().receives()) {
            speech.music();
        } else {
            speech.endMusic();
        }
        speech.say(passes(), open, nowNanos);
    }

    @Override
    public void close() {
        speech.close();
        from = Optional.empty();
    }
}
