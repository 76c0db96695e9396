package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.audio.Cadence;
import io.copperline.codecs.audio.ToneGenerator;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.TrunkSettings;
import io.copperline.webrtc.PeerConnection;
import io.copperline.webrtc.PeerSink;
import io.copperline.webrtc.RtpSender;
import io.copperline.webrtc.jsep.NegotiatedMedia;
import java.util.Arrays;
import java.util.Optional;

/** From trunk to browser: waiting room, tick, decode, encode, header, lock, door. */
final class TowardsBrowser implements AutoCloseable {
    private static final int TICK_MILLIS = 20;
    /** Opus that passes (RFC 6716 section 3.4); what we make ourselves has at most 400. */
    private static final int MAX_PAYLOAD_BYTES = 1_275;

    private static final long LOSS_CHECK_TICKS = 50;

    private final Conversion conversion;
    private final MediaWatch watch;
    private final DigitsFromTrunk digits;
    private final Cadence ringbackCadence;
    private final Passage passage = new Passage();
    private ToneGenerator ringback = new ToneGenerator(Workshop.NARROW_HZ);
    private final short[] pcm = new short[TICK_MILLIS * Workshop.WIDE_HZ / 1_000];
    private final byte[] packet = new byte[RtpSender.HEADROOM_BYTES + MAX_PAYLOAD_BYTES + RtpSender.TAILROOM_BYTES];

    private Optional<NegotiatedMedia> browser = Optional.empty();
    private boolean passThrough;
    private int rateHz = Workshop.NARROW_HZ;
    private int tickSamples = TICK_MILLIS * Workshop.NARROW_HZ / 1_000;
    private boolean ringing;
    private boolean spoken;
    private int level = AudioLevel.SILENCE;
    private long timestamp;
    private long ticks;

    TowardsBrowser(Workshop workshop, DigitsFromTrunk digits, MediaWatch watch, Cadence ringback) {
        conversion = new Conversion(workshop);
        this.digits = digits;
        this.watch = watch;
        ringbackCadence = ringback;
    }

    /** What the browser takes from now on; timestamps go on. */
    void browser(NegotiatedMedia media) {
        browser = Optional.of(media);
        conversion.to(media.codec());
        tune();
    }

    /** What the trunk sends from now on; true where that needs a new waiting room. */
    boolean trunk(NegotiatedAudio audio, TrunkSettings settings) {
        passThrough = settings.media().passThrough();
        digits.agreed(audio, settings.dtmf());
        boolean newRoom = conversion.from(audio.codec());
        tune();
        return newRoom;
    }

    /** Where the two codecs meet at another rate, all that counts in samples begins anew. */
    private void tune() {
        if (conversion.encoding().isPresent() && browser.isPresent()) {
            conversion.encoding().get().asked(browser.get().format());
        }
        if (conversion.rateHz() == rateHz) {
            return;
        }
        rateHz = conversion.rateHz();
        tickSamples = TICK_MILLIS * rateHz / 1_000;
        digits.rate(rateHz);
        ringback = new ToneGenerator(rateHz);
        if (ringing) {
            ringback.start(ringbackCadence);
        }
    }

    void trunkGone() {
        conversion.fromNowhere();
        passage.interrupt();
        digits.reset();
    }

    void ringback(boolean on) {
        if (on && !ringing) {
            ringback.start(ringbackCadence);
        }
        ringing = on;
    }

    void onAudio(byte[] buf, int off, int len, long nowNanos) {
        watch.packet(nowNanos);
        if (conversion.room().isPresent()) {
            conversion.room().get().put(buf, off, len, nowNanos);
        }
    }

    void onDigit(byte[] buf, int off, int len, long nowNanos) {
        watch.packet(nowNanos);
        if (conversion.room().isPresent()) {
            conversion.room().get().skip(buf, off);
        }
        digits.onPacket(buf, off, len, nowNanos);
    }

    /** The trunk says how loud its silence is. */
    void onNoise(byte[] buf, int off, int len, long nowNanos) {
        watch.packet(nowNanos);
        passage.pause();
        if (conversion.room().isPresent()) {
            conversion.room().get().putNoise(buf, off, len, nowNanos);
        }
    }

    /** Lets a packet of the trunk's pass as it is, where both sides have its codec and nothing else is to be heard; true where it has. */
    boolean pass(byte[] buf, int off, int len, long nowNanos, PeerConnection peer, PeerSink sink) {
        int payloadLen = RtpHeader.payloadLength(buf, off, len);
        if (!passes() || !peer.connected() || payloadLen <= 0 || payloadLen > MAX_PAYLOAD_BYTES) {
            return false;
        }
        NegotiatedMedia media = browser.get();
        long ours = timestamp + (long) TICK_MILLIS * media.codec().clockRateHz() / 1_000;
        if (!passage.take(buf, off, ours, nowNanos)) {
            return false;
        }
        int at = RtpSender.HEADROOM_BYTES;
        System.arraycopy(buf, off + RtpHeader.headerLength(buf, off), packet, at, payloadLen);
        RtpSender sender = peer.sender();
        sender.skip(passage.missing());
        return sender.send(
                packet,
                at,
                payloadLen,
                media.payloadType(),
                passage.timestamp(),
                passage.marker(),
                level,
                nowNanos,
                sink);
    }

    private boolean passes() {
        return passThrough
                && conversion.sameCodec()
                && !ringing
                && browser.get().direction().sends();
    }

    /** Every 20 ms. */
    void onTick(long nowNanos, PeerConnection peer, PeerSink sink) {
        hear(nowNanos);
        if (ringing) {
            ringback.fill(pcm, 0, tickSamples);
        }
        level = AudioLevel.dBov(pcm, 0, tickSamples);
        watch.level(level, nowNanos);
        if (conversion.encoding().isEmpty() || !peer.connected()) {
            return;
        }
        boolean passing = passes() && !passage.quiet(nowNanos);
        int packetSamples = browser.orElseThrow().packetMillis() * rateHz / 1_000;
        for (int at = 0; at < tickSamples; at += packetSamples) {
            send(at, packetSamples, passing, nowNanos, peer.sender(), sink);
        }
        if (++ticks % LOSS_CHECK_TICKS == 0) {
            conversion.encoding().get().expectedLoss(peer.statistics().remoteLossPercent());
        }
    }

    private void hear(long nowNanos) {
        digits.onTime(nowNanos);
        if (conversion.room().isEmpty()) {
            Arrays.fill(pcm, (short) 0);
            return;
        }
        WaitingRoom room = conversion.room().get();
        room.read(pcm, 0, tickSamples, nowNanos);
        digits.onSamples(pcm, 0, tickSamples, nowNanos);
        if (room.resting(nowNanos)) {
            watch.packet(nowNanos);
        }
    }

    /** Whether the trunk has said that it is silent, so that no sound is due. */
    boolean resting(long nowNanos) {
        return conversion.room().isPresent() && conversion.room().get().resting(nowNanos);
    }

    private void send(int at, int samples, boolean passing, long nowNanos, RtpSender sender, PeerSink sink) {
        NegotiatedMedia media = browser.orElseThrow();
        long units = (long) samples * media.codec().clockRateHz() / rateHz;
        timestamp = (timestamp + units) & 0xffff_ffffL;
        if (passing || !media.direction().sends()) {
            return;
        }
        timestamp = passage.after(timestamp, units);
        passage.interrupt();
        int len = conversion.encoding().get().encode(pcm, at, samples, packet, RtpSender.HEADROOM_BYTES);
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
        return conversion.room();
    }

    @Override
    public void close() {
        conversion.close();
    }
}
