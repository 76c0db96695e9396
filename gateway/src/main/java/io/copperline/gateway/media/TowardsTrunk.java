package io.copperline.gateway.media;

import io.copperline.codecs.dtmf.TelephoneEventReader;
import io.copperline.codecs.rtp.RedPayload;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.TrunkSettings;
import io.copperline.webrtc.jsep.NegotiatedMedia;
import java.util.Optional;

/**
 * From browser to trunk: waiting room, tick, decode, encode, header, door. The phone hears a packet every packet time from
 * the first agreement to the end, silence if there is nothing else: two sides that wait for each other would wait for ever.
 */
final class TowardsTrunk implements AutoCloseable {
    private final TrunkSpeech speech;
    private final MediaWatch watch;
    private final RedPayload red = new RedPayload();

    private Optional<NegotiatedMedia> browser = Optional.empty();
    private TelephoneEventReader reader = new TelephoneEventReader(48_000);
    private boolean held;
    private boolean saysLevel;

    TowardsTrunk(Workshop workshop, MediaListener listener, MediaWatch watch) {
        speech = new TrunkSpeech(workshop, listener);
        this.watch = watch;
    }

    /** What the browser sends from now on. One that does not listen any more holds the phone. */
    void browser(NegotiatedMedia media) {
        boolean sameClock = browser.filter(b -> b.codec() == media.codec()
                        && b.telephoneEventClockRateHz() == media.telephoneEventClockRateHz())
                .isPresent();
        boolean holds = browser.isPresent() && !media.direction().sends();
        if (!holds || !held) {
            speech.endMusic();
        }
        held = holds;
        browser = Optional.of(media);
        speech.from(media.codec());
        if (sameClock) {
            return; // A key that is held while the page negotiates goes on.
        }
        reader = media.telephoneEventClockIsForeign()
                ? TelephoneEventReader.besideCodec(media.codec().clockRateHz(), media.telephoneEventClockRateHz())
                : new TelephoneEventReader(media.telephoneEventClockRateHz());
    }

    /** Where it goes from now on. Timestamps go on from one stream to the next. */
    void trunk(TrunkStream stream, NegotiatedAudio audio, TrunkSettings settings) {
        speech.to(stream, audio, settings);
    }

    boolean press(String keys, int durationMillis, long nowNanos) {
        return speech.digits().press(keys, durationMillis, nowNanos);
    }

    boolean infoRefused(int event, int durationMillis) {
        return speech.digits().infoRefused(event, durationMillis);
    }

    void trunkGone() {
        speech.toNowhere();
    }

    /** An authentic packet of the browser's, in clear. */
    void onRtp(byte[] buf, int off, int len, long nowNanos) {
        if (browser.isEmpty()) {
            return;
        }
        int payloadType = RtpHeader.payloadType(buf, off);
        if (payloadType == browser.get().payloadType()) {
            watch.packet(nowNanos);
            readLevel(buf, off, len, nowNanos);
            speech.room().get().put(buf, off, len, nowNanos);
            pass(buf, off, off + RtpHeader.headerLength(buf, off), RtpHeader.payloadLength(buf, off, len), nowNanos);
        } else if (payloadType == browser.get().redPayloadType()) {
            watch.packet(nowNanos);
            readLevel(buf, off, len, nowNanos);
            speech.room().get().putRed(buf, off, len, browser.get().payloadType(), nowNanos);
            passRed(buf, off, len, nowNanos);
        } else if (browser.get().comfortNoise() && payloadType == NegotiatedAudio.COMFORT_NOISE_PAYLOAD_TYPE) {
            watch.packet(nowNanos);
            readLevel(buf, off, len, nowNanos);
            speech.rest(buf, off, len, nowNanos);
        } else if (payloadType == browser.get().telephoneEventPayloadType()) {
            watch.packet(nowNanos);
            speech.room().get().skip(buf, off);
            int header = RtpHeader.headerLength(buf, off);
            int payload = RtpHeader.payloadLength(buf, off, len);
            reader.onPacket(
                    buf, off + header, Math.max(0, payload), RtpHeader.timestamp(buf, off), nowNanos, speech.digits());
        }
    }

    /** RFC 6464 section 3: one byte, the V bit and the level. What the sender says needs no decoding, and no noise is added to it. */
    private void readLevel(byte[] buf, int off, int len, long nowNanos) {
        int at = RtpHeader.extension(buf, off, len, browser.get().audioLevelId());
        saysLevel = at >= 0 && RtpHeader.extensionLength(buf, off, at) > 0; // The two-byte form may be empty.
        if (saysLevel) {
            watch.level(buf[at] & 0x7f, nowNanos);
        }
    }

    /** Whether the browser's packets go as they are. */
    private boolean passes() {
        return !held && speech.passes(TrunkSpeech.TICK_MILLIS);
    }

    private void passRed(byte[] buf, int off, int len, long nowNanos) {
        int header = RtpHeader.headerLength(buf, off);
        if (red.read(buf, off + header, RtpHeader.payloadLength(buf, off, len))
                && red.primaryType() == browser.get().payloadType()) {
            pass(buf, off, red.primaryOffset(), red.primaryLength(), nowNanos);
        }
    }

    private void pass(byte[] buf, int off, int payloadOff, int payloadLen, long nowNanos) {
        if (passes()) {
            speech.pass(buf, off, payloadOff, payloadLen, nowNanos);
        }
    }

    /** Every 20 ms. */
    void onTick(long nowNanos) {
        reader.onTime(nowNanos, speech.digits());
        speech.hear(nowNanos);
        boolean resting = resting(nowNanos);
        if ((!saysLevel || resting) && speech.room().isPresent()) {
            watch.level(speech.level(), nowNanos);
        }
        if (resting) {
            watch.packet(nowNanos);
        }
        if (held) {
            speech.music();
        }
        speech.say(passes(), /* aloud= */ true, nowNanos);
    }

    /** Whether the browser has said that it is silent, so that no sound is due. */
    boolean resting(long nowNanos) {
        return speech.room().isPresent() && speech.room().get().resting(nowNanos);
    }

    Optional<WaitingRoom> room() {
        return speech.room();
    }

    @Override
    public void close() {
        speech.close();
        browser = Optional.empty();
    }
}
