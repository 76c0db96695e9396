package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.dtmf.TelephoneEventReader;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.DtmfMode;
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
    /** G.711 and G.722; Opus stays below. */
    private static final int MAX_PAYLOAD_BYTES = 8 * MAX_PACKET_MILLIS;

    private final Workshop workshop;
    private final DigitsToTrunk digits;
    private final MediaWatch watch;
    private final short[] gathered = new short[(MAX_PACKET_MILLIS + TICK_MILLIS) * Workshop.WIDE_HZ / 1_000];
    private final byte[] packet = new byte[TrunkStream.HEADROOM_BYTES + MAX_PAYLOAD_BYTES + TrunkStream.TAILROOM_BYTES];

    private Optional<NegotiatedMedia> browser = Optional.empty();
    private Optional<WaitingRoom> room = Optional.empty();
    private TelephoneEventReader reader = new TelephoneEventReader(48_000);
    private Optional<Encoding> encoding = Optional.empty();
    private Optional<TrunkStream> trunk = Optional.empty();
    private Optional<AudioCodec> trunkCodec = Optional.empty();
    private int rateHz = Workshop.NARROW_HZ;
    private int packetMillis = TICK_MILLIS;
    private int gatheredSamples;
    private long timestamp;
    private boolean spoken;
    private boolean saysLevel;

    TowardsTrunk(Workshop workshop, MediaListener listener, MediaWatch watch, int ptimeMillis) {
        this.workshop = workshop;
        this.watch = watch;
        digits = new DigitsToTrunk(ptimeMillis, listener);
    }

    /** What the browser sends from now on. */
    void browser(NegotiatedMedia media) {
        boolean sameCodec = browser.filter(b -> b.codec() == media.codec()).isPresent();
        boolean sameClock = sameCodec && browser.get().telephoneEventClockRateHz() == media.telephoneEventClockRateHz();
        browser = Optional.of(media);
        if (!tune() && !sameCodec) {
            equipRoom();
        }
        if (sameClock) {
            return; // A key that is held while the page negotiates goes on.
        }
        reader = media.telephoneEventClockIsForeign()
                ? TelephoneEventReader.besideCodec(media.codec().clockRateHz(), media.telephoneEventClockRateHz())
                : new TelephoneEventReader(media.telephoneEventClockRateHz());
    }

    /** Where it goes from now on. Timestamps go on from one stream to the next. */
    void trunk(TrunkStream stream, NegotiatedAudio audio, DtmfMode mode) {
        boolean sameCodec = trunkCodec.filter(audio.codec()::equals).isPresent();
        trunkCodec = Optional.of(audio.codec());
        if (!tune() && !sameCodec) {
            equipEncoding();
        }
        trunk = Optional.of(stream);
        packetMillis = audio.ptimeMillis();
        digits.path(mode, audio.sendTelephoneEventPayloadType() >= 0, audio.ptimeMillis());
    }

    /** Sets the rate at which the two codecs meet; where it is another one, all that counts in samples is made anew. */
    private boolean tune() {
        int wanted = Workshop.rateHz(browser.map(NegotiatedMedia::codec), trunkCodec);
        if (wanted == rateHz) {
            return false;
        }
        rateHz = wanted;
        gatheredSamples = 0;
        digits.rate(rateHz);
        if (browser.isPresent()) {
            equipRoom();
        }
        if (trunkCodec.isPresent()) {
            equipEncoding();
        }
        return true;
    }

    private void equipRoom() {
        room.ifPresent(WaitingRoom::close);
        room = Optional.of(workshop.waitingRoom(browser.orElseThrow().codec(), rateHz));
    }

    private void equipEncoding() {
        encoding.ifPresent(Encoding::close);
        encoding = Optional.of(workshop.encoding(trunkCodec.orElseThrow(), rateHz));
    }

    boolean press(String keys, int durationMillis, long nowNanos) {
        return digits.press(keys, durationMillis, nowNanos);
    }

    void trunkGone() {
        trunk = Optional.empty();
        trunkCodec = Optional.empty();
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
            room.get().put(buf, off, len, nowNanos);
        } else if (payloadType == browser.get().redPayloadType()) {
            watch.packet(nowNanos);
            readLevel(buf, off, len, nowNanos);
            room.get().putRed(buf, off, len, browser.get().payloadType(), nowNanos);
        } else if (payloadType == browser.get().telephoneEventPayloadType()) {
            watch.packet(nowNanos);
            room.get().skip(buf, off);
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

    /** Every 20 ms. */
    void onTick(long nowNanos) {
        reader.onTime(nowNanos, digits);
        int tickSamples = TICK_MILLIS * rateHz / 1_000;
        if (room.isPresent()) {
            room.get().read(gathered, gatheredSamples, tickSamples, nowNanos);
            if (!saysLevel) {
                watch.level(AudioLevel.dBov(gathered, gatheredSamples, tickSamples), nowNanos);
            }
        } else {
            Arrays.fill(gathered, gatheredSamples, gatheredSamples + tickSamples, (short) 0);
        }
        digits.overlay(gathered, gatheredSamples, tickSamples);
        gatheredSamples += tickSamples;
        int wanted = packetMillis * rateHz / 1_000;
        while (gatheredSamples >= wanted) {
            send(wanted, nowNanos);
            gatheredSamples -= wanted;
            System.arraycopy(gathered, wanted, gathered, 0, gatheredSamples);
            timestamp = (timestamp + packetMillis * unitsPerMilli()) & 0xffff_ffffL;
        }
    }

    private long unitsPerMilli() {
        return trunkCodec.isPresent() ? trunkCodec.get().clockRateHz() / 1_000 : 8;
    }

    private void send(int samples, long nowNanos) {
        if (trunk.isEmpty() || trunk.get().agreed().isEmpty()) {
            return;
        }
        NegotiatedAudio audio = trunk.get().agreed().get();
        int eventType = audio.sendTelephoneEventPayloadType();
        int at = TrunkStream.HEADROOM_BYTES;
        if (eventType >= 0) {
            int len = digits.relay().write(packet, at, timestamp);
            if (len > 0) {
                trunk.get()
                        .send(
                                packet,
                                at,
                                len,
                                eventType,
                                digits.relay().timestamp(),
                                digits.relay().marker(),
                                nowNanos);
                spoken = false;
                return;
            }
        }
        int len = encoding.orElseThrow().encode(gathered, 0, samples, packet, at);
        // RFC 3551 section 4.1: the marker begins a talkspurt, and so does what follows a digit.
        spoken |= trunk.get().send(packet, at, len, audio.sendPayloadType(), timestamp, !spoken, nowNanos);
    }

    Optional<WaitingRoom> room() {
        return room;
    }

    @Override
    public void close() {
        room.ifPresent(WaitingRoom::close);
        encoding.ifPresent(Encoding::close);
        room = Optional.empty();
        encoding = Optional.empty();
        browser = Optional.empty();
    }
}
