package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.dtmf.TelephoneEventReader;
import io.copperline.codecs.rtp.RedPayload;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.TrunkMedia;
import io.copperline.sip.TrunkSettings;
import io.copperline.webrtc.jsep.NegotiatedMedia;
import java.util.Arrays;
import java.util.Optional;

/**
 * From browser to trunk: waiting room, tick, decode, encode, header, door. The phone hears a packet every packet time from
 * the first agreement to the end, silence if there is nothing else: two sides that wait for each other would wait for ever.
 */
final class TowardsTrunk implements AutoCloseable {
    private static final int TICK_MILLIS = 20;
    private static final int MAX_PACKET_MILLIS = 60;

    private final Conversion conversion;
    private final DigitsToTrunk digits;
    private final TrunkVoice voice;
    private final MediaWatch watch;
    private final Passage passage = new Passage();
    private final RedPayload red = new RedPayload();
    private final short[] gathered = new short[(MAX_PACKET_MILLIS + TICK_MILLIS) * Workshop.WIDE_HZ / 1_000];

    private Optional<NegotiatedMedia> browser = Optional.empty();
    private TelephoneEventReader reader = new TelephoneEventReader(48_000);
    private Optional<TrunkStream> trunk = Optional.empty();
    private Optional<AudioCodec> trunkCodec = Optional.empty();
    private TrunkMedia habits = TrunkMedia.USUAL;
    private int rateHz = Workshop.NARROW_HZ;
    private int packetMillis = TICK_MILLIS;
    private int gatheredSamples;
    private long timestamp;
    private long musicSamples;
    private boolean held;
    private boolean saysLevel;

    TowardsTrunk(Workshop workshop, MediaListener listener, MediaWatch watch, int ptimeMillis) {
        conversion = new Conversion(workshop);
        this.watch = watch;
        digits = new DigitsToTrunk(ptimeMillis, listener);
        voice = new TrunkVoice(digits);
    }

    /** What the browser sends from now on. One that does not listen any more holds the phone. */
    void browser(NegotiatedMedia media) {
        boolean sameClock = browser.filter(b -> b.codec() == media.codec()
                        && b.telephoneEventClockRateHz() == media.telephoneEventClockRateHz())
                .isPresent();
        boolean holds = browser.isPresent() && !media.direction().sends();
        musicSamples = holds && held ? musicSamples : 0;
        held = holds;
        browser = Optional.of(media);
        conversion.from(media.codec());
        tune();
        if (sameClock) {
            return; // A key that is held while the page negotiates goes on.
        }
        reader = media.telephoneEventClockIsForeign()
                ? TelephoneEventReader.besideCodec(media.codec().clockRateHz(), media.telephoneEventClockRateHz())
                : new TelephoneEventReader(media.telephoneEventClockRateHz());
    }

    /** Where it goes from now on. Timestamps go on from one stream to the next. */
    void trunk(TrunkStream stream, NegotiatedAudio audio, TrunkSettings settings) {
        conversion.to(audio.codec());
        trunkCodec = Optional.of(audio.codec());
        tune();
        trunk = Optional.of(stream);
        habits = settings.media();
        packetMillis = audio.ptimeMillis();
        digits.path(settings.dtmf(), audio);
    }

    /** Where the two codecs meet at another rate, all that counts in samples begins anew. */
    private void tune() {
        if (conversion.rateHz() != rateHz) {
            rateHz = conversion.rateHz();
            gatheredSamples = 0;
            digits.rate(rateHz);
        }
    }

    boolean press(String keys, int durationMillis, long nowNanos) {
        return digits.press(keys, durationMillis, nowNanos);
    }

    void trunkGone() {
        trunk = Optional.empty();
        trunkCodec = Optional.empty();
        conversion.toNowhere();
        passage.interrupt();
        packetMillis = TICK_MILLIS;
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
            conversion.room().get().put(buf, off, len, nowNanos);
            pass(buf, off, off + RtpHeader.headerLength(buf, off), RtpHeader.payloadLength(buf, off, len), nowNanos);
        } else if (payloadType == browser.get().redPayloadType()) {
            watch.packet(nowNanos);
            readLevel(buf, off, len, nowNanos);
            conversion.room().get().putRed(buf, off, len, browser.get().payloadType(), nowNanos);
            passRed(buf, off, len, nowNanos);
        } else if (payloadType == browser.get().telephoneEventPayloadType()) {
            watch.packet(nowNanos);
            conversion.room().get().skip(buf, off);
            int header = RtpHeader.headerLength(buf, off);
            int payload = RtpHeader.payloadLength(buf, off, len);
            reader.onPacket(buf, off + header, Math.max(0, payload), RtpHeader.timestamp(buf, off), nowNanos, digits);
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

    /** Whether the browser's packets go as they are: both sides have the same codec, and nothing else is to be heard. */
    private boolean passes() {
        if (!habits.passThrough() || !conversion.sameCodec() || held || !digits.idle() || trunk.isEmpty()) {
            return false;
        }
        Optional<NegotiatedAudio> audio = trunk.get().agreed();
        return audio.isPresent()
                && audio.get().direction().sends()
                && audio.get().ptimeMillis() == TICK_MILLIS;
    }

    private void passRed(byte[] buf, int off, int len, long nowNanos) {
        int header = RtpHeader.headerLength(buf, off);
        if (red.read(buf, off + header, RtpHeader.payloadLength(buf, off, len))
                && red.primaryType() == browser.get().payloadType()) {
            pass(buf, off, red.primaryOffset(), red.primaryLength(), nowNanos);
        }
    }

    private void pass(byte[] buf, int off, int payloadOff, int payloadLen, long nowNanos) {
        if (payloadLen <= 0
                || payloadLen > TrunkVoice.MAX_PAYLOAD_BYTES
                || !passes()
                || !passage.take(buf, off, timestamp, nowNanos)) {
            return;
        }
        TrunkStream to = trunk.get();
        to.skip(passage.missing());
        voice.pass(
                to,
                buf,
                payloadOff,
                payloadLen,
                to.agreed().get().sendPayloadType(),
                passage.timestamp(),
                passage.marker(),
                nowNanos);
    }

    /** Every 20 ms. */
    void onTick(long nowNanos) {
        reader.onTime(nowNanos, digits);
        int tickSamples = TICK_MILLIS * rateHz / 1_000;
        hear(tickSamples, nowNanos);
        if (held && habits.holdMusic().isPresent()) {
            habits.holdMusic().get().loop(rateHz, musicSamples, gathered, gatheredSamples, tickSamples);
            musicSamples += tickSamples;
        }
        digits.overlay(gathered, gatheredSamples, tickSamples);
        gatheredSamples += tickSamples;
        int wanted = packetMillis * rateHz / 1_000;
        while (gatheredSamples >= wanted) {
            speak(wanted, nowNanos);
            gatheredSamples -= wanted;
            System.arraycopy(gathered, wanted, gathered, 0, gatheredSamples);
            timestamp = (timestamp + packetUnits()) & 0xffff_ffffL;
        }
    }

    private void hear(int tickSamples, long nowNanos) {
        if (conversion.room().isEmpty()) {
            Arrays.fill(gathered, gatheredSamples, gatheredSamples + tickSamples, (short) 0);
            return;
        }
        conversion.room().get().read(gathered, gatheredSamples, tickSamples, nowNanos);
        if (!saysLevel) {
            watch.level(AudioLevel.dBov(gathered, gatheredSamples, tickSamples), nowNanos);
        }
    }

    private long packetUnits() {
        return packetMillis * (trunkCodec.isPresent() ? trunkCodec.get().clockRateHz() / 1_000L : 8L);
    }

    private void speak(int samples, long nowNanos) {
        if (trunk.isEmpty() || trunk.get().agreed().isEmpty() || passes() && !passage.quiet(nowNanos)) {
            return;
        }
        timestamp = passage.after(timestamp, packetUnits());
        passage.interrupt();
        NegotiatedAudio audio = trunk.get().agreed().get();
        Encoding encoding = conversion.encoding().orElseThrow();
        voice.say(trunk.get(), audio, encoding, gathered, samples, timestamp, nowNanos);
    }

    Optional<WaitingRoom> room() {
        return conversion.room();
    }

    @Override
    public void close() {
        conversion.close();
        browser = Optional.empty();
    }
}
