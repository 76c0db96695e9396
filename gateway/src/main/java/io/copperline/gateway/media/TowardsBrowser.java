package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.audio.Cadence;
import io.copperline.codecs.audio.ToneGenerator;
import io.copperline.codecs.dtmf.TelephoneEventReader;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.webrtc.PeerConnection;
import io.copperline.webrtc.PeerSink;
import io.copperline.webrtc.RtpSender;
import io.copperline.webrtc.jsep.NegotiatedMedia;
import java.util.Arrays;
import java.util.Optional;

/** From trunk to browser: waiting room, tick, decode, encode, header, lock, door. */
final class TowardsBrowser implements AutoCloseable {
    private static final int TICK_MILLIS = 20;
    private static final int MAX_PAYLOAD_BYTES = 400;
    private static final long LOSS_CHECK_TICKS = 50;

    private final Workshop workshop;
    private final MediaWatch watch;
    private final TelephoneEventReader.Sink digits;
    private final Cadence ringbackCadence;
    private ToneGenerator ringback = new ToneGenerator(Workshop.NARROW_HZ);
    private final TelephoneEventReader reader = new TelephoneEventReader(8_000);
    private final short[] pcm = new short[TICK_MILLIS * Workshop.WIDE_HZ / 1_000];
    private final byte[] packet = new byte[RtpSender.HEADROOM_BYTES + MAX_PAYLOAD_BYTES + RtpSender.TAILROOM_BYTES];

    private Optional<WaitingRoom> room = Optional.empty();
    private Optional<NegotiatedAudio> trunk = Optional.empty();
    private Optional<NegotiatedMedia> browser = Optional.empty();
    private Optional<Encoding> encoding = Optional.empty();
    private int rateHz = Workshop.NARROW_HZ;
    private int tickSamples = TICK_MILLIS * Workshop.NARROW_HZ / 1_000;
    private boolean ringing;
    private boolean spoken;
    private long timestamp;
    private long ticks;

    TowardsBrowser(Workshop workshop, TelephoneEventReader.Sink digits, MediaWatch watch, Cadence ringback) {
        this.workshop = workshop;
        this.digits = digits;
        this.watch = watch;
        ringbackCadence = ringback;
    }

    /** What the browser takes from now on; timestamps go on. */
    void browser(NegotiatedMedia media) {
        boolean sameCodec = browser.filter(b -> b.codec() == media.codec()).isPresent();
        browser = Optional.of(media);
        if (!tune() && !sameCodec) {
            equipEncoding();
        }
        encoding.orElseThrow().asked(media.format());
    }

    /** What the trunk sends from now on; true where that needs a new waiting room. */
    boolean trunk(NegotiatedAudio audio) {
        boolean sameCodec = trunk.filter(t -> t.codec() == audio.codec()).isPresent();
        trunk = Optional.of(audio);
        if (!tune() && !sameCodec) {
            equipRoom();
        }
        return !sameCodec;
    }

    /** Sets the rate at which the two codecs meet; where it is another one, all that counts in samples is made anew. */
    private boolean tune() {
        int wanted = Workshop.rateHz(browser.map(NegotiatedMedia::codec), trunk.map(NegotiatedAudio::codec));
        if (wanted == rateHz) {
            return false;
        }
        rateHz = wanted;
        tickSamples = TICK_MILLIS * rateHz / 1_000;
        ringback = new ToneGenerator(rateHz);
        if (ringing) {
            ringback.start(ringbackCadence);
        }
        if (trunk.isPresent()) {
            equipRoom();
        }
        if (browser.isPresent()) {
            equipEncoding();
        }
        return true;
    }

    private void equipRoom() {
        room.ifPresent(WaitingRoom::close);
        room = Optional.of(workshop.waitingRoom(trunk.orElseThrow().codec(), rateHz));
    }

    private void equipEncoding() {
        encoding.ifPresent(Encoding::close);
        encoding = Optional.of(workshop.encoding(browser.orElseThrow().codec(), rateHz));
        encoding.get().asked(browser.get().format());
    }

    void trunkGone() {
        room.ifPresent(WaitingRoom::close);
        room = Optional.empty();
        trunk = Optional.empty();
        reader.reset(digits);
    }

    void ringback(boolean on) {
        if (on && !ringing) {
            ringback.start(ringbackCadence);
        }
        ringing = on;
    }

    void onAudio(byte[] buf, int off, int len, long nowNanos) {
        watch.packet(nowNanos);
        if (room.isPresent()) {
            room.get().put(buf, off, len, nowNanos);
        }
    }

    void onDigit(byte[] buf, int off, int len, long nowNanos) {
        watch.packet(nowNanos);
        room.ifPresent(r -> r.skip(buf, off));
        int header = RtpHeader.headerLength(buf, off);
        int payload = RtpHeader.payloadLength(buf, off, len);
        reader.onPacket(buf, off + header, Math.max(0, payload), RtpHeader.timestamp(buf, off), nowNanos, digits);
    }

    /** Every 20 ms. */
    void onTick(long nowNanos, PeerConnection peer, PeerSink sink) {
        reader.onTime(nowNanos, digits);
        if (room.isPresent()) {
            room.get().read(pcm, 0, tickSamples, nowNanos);
        } else {
            Arrays.fill(pcm, (short) 0);
        }
        if (ringing) {
            ringback.fill(pcm, 0, tickSamples);
        }
        int level = AudioLevel.dBov(pcm, 0, tickSamples);
        watch.level(level, nowNanos);
        if (encoding.isEmpty() || !peer.connected()) {
            return;
        }
        int packetSamples = browser.orElseThrow().packetMillis() * rateHz / 1_000;
        for (int at = 0; at < tickSamples; at += packetSamples) {
            send(at, packetSamples, level, nowNanos, peer.sender(), sink);
        }
        if (++ticks % LOSS_CHECK_TICKS == 0) {
            encoding.get().expectedLoss(peer.statistics().remoteLossPercent());
        }
    }

    private void send(int at, int samples, int level, long nowNanos, RtpSender sender, PeerSink sink) {
        NegotiatedMedia media = browser.orElseThrow();
        timestamp = (timestamp + (long) samples * media.codec().clockRateHz() / rateHz) & 0xffff_ffffL;
        if (!media.direction().sends()) {
            return;
        }
        int len = encoding.get().encode(pcm, at, samples, packet, RtpSender.HEADROOM_BYTES);
        if (len > 0) {
            sender.send(
                    packet,
                    RtpSender.HEADROOM_BYTES,
                    len,
                    media.payloadType(),
                    timestamp,
                    !spoken,
                    level,
                    nowNanos,
                    sink);
        }
        spoken = len > 0; // RFC 3551 section 4.1: what follows a pause has the marker.
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
    }
}
