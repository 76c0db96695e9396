package io.copperline.gateway.media;

import io.copperline.codecs.dtmf.TelephoneEvent;
import io.copperline.codecs.dtmf.TelephoneEventReader;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.TrunkSettings;
import java.util.Optional;

/**
 * From one trunk to another: waiting room, tick, decode, encode, header, door. The phone hears a packet every packet time, silence if there
 * is nothing else. Tones in the sound stay tones; keys that come as telephone-event or INFO go on in the way that the other trunk takes.
 */
final class BetweenTrunks implements AutoCloseable {
    private final TrunkSpeech speech;
    private final MediaWatch watch;

    private TelephoneEventReader reader = new TelephoneEventReader(8_000);
    private Optional<NegotiatedAudio> from = Optional.empty();
    private boolean open;

    /** @param watch of the trunk that it comes from */
    BetweenTrunks(Workshop workshop, DigitListener listener, MediaWatch watch, int ptimeMillis) {
        speech = new TrunkSpeech(workshop, listener, ptimeMillis);
        this.watch = watch;
    }

    /** What comes from now on. */
    void from(NegotiatedAudio audio) {
        boolean sameClock = from.filter(before -> before.codec() == audio.codec()
                        && before.telephoneEventClockRateHz() == audio.telephoneEventClockRateHz())
                .isPresent();
        if (!sameClock) {
            reader.reset(speech.digits());
            reader = TelephoneEventReader.besideCodec(audio.codec().clockRateHz(), audio.telephoneEventClockRateHz());
        }
        from = Optional.of(audio);
        speech.from(audio.codec());
    }

    /** Nothing comes any more. */
    void fromNowhere() {
        reader.reset(speech.digits());
        from = Optional.empty();
        speech.fromNowhere();
    }

    /** Where it goes from now on. Timestamps go on from one agreement to the next. */
    void to(TrunkStream stream, NegotiatedAudio audio, TrunkSettings settings) {
        speech.to(stream, audio, settings);
    }

    /** Nothing goes any more. */
    void toNowhere() {
        speech.toNowhere();
    }

    /** The phone hears it from now on. */
    void open() {
        open = true;
    }

    /** A key that has come by INFO. Where 64 wait already it is lost, as any other. */
    void press(char digit, int durationMillis, long nowNanos) {
        if (open) {
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
        return open && from.isPresent() && speech.passes(from.get().ptimeMillis());
    }

    void onDigit(byte[] buf, int off, int len, long nowNanos) {
        watch.packet(nowNanos);
        if (speech.room().isPresent()) {
            speech.room().get().skip(buf, off);
        }
        if (!open) {
            return; // Nobody hears it yet, and later it would be out of place.
        }
        int header = RtpHeader.headerLength(buf, off);
        int payload = Math.max(0, RtpHeader.payloadLength(buf, off, len));
        reader.onPacket(buf, off + header, payload, RtpHeader.timestamp(buf, off), nowNanos, speech.digits());
    }

    void onNoise(byte[] buf, int off, int len, long nowNanos) {
        watch.packet(nowNanos);
        if (speech.room().isPresent()) {
            speech.room().get().putNoise(buf, off, len);
        }
    }

    /** Where what comes waits; empty while nothing can come. */
    Optional<WaitingRoom> room() {
        return speech.room();
    }

    /** Every 20 ms. */
    void onTick(long nowNanos) {
        reader.onTime(nowNanos, speech.digits());
        speech.hear(nowNanos);
        if (speech.room().isPresent()) {
            watch.level(speech.level(), nowNanos);
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
