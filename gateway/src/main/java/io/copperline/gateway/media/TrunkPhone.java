package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.dtmf.TelephoneEvent;
import io.copperline.codecs.rtp.RemoteReports;
import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.TrunkSettings;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A telephone without a browser on a trunk leg, for whoever examines a trunk: it says silence or a tone, presses keys, and measures
 * what comes back. Its sockets, encryption, codecs and digits are those of every call. Owned by its shard.
 */
public final class TrunkPhone implements Ticked, TrunkEnd, AutoCloseable {
    private static final int PTIME_MILLIS = 20;
    private static final int RATE_HZ = Workshop.NARROW_HZ;
    private static final int TICK_SAMPLES = PTIME_MILLIS * RATE_HZ / 1_000;
    private static final int MAX_PACKET_MILLIS = 60;
    private static final int PRESS_MILLIS = 120;
    private static final double WHOLE = 256;
    private static final double PERCENT = 100;

    /** Who is told what happens on the line, on the shard. */
    public interface Listener extends DigitListener {
        /** A defect of ours has ended the audio. */
        void audioFailed();
    }

    /**
     * What was measured so far.
     *
     * @param loudest the loudest 20 ms, in -dBov (RFC 6465); 127 is silence
     * @param sentLossPercent of what we sent, in the other side's last report; -1 where it sent none
     * @param toneBackMillis until our tone was heard again; -1 where it was not
     */
    public record Hearing(MediaReport.Leg figures, int loudest, double sentLossPercent, int toneBackMillis) {}

    private final Shard shard;
    private final Workshop workshop;
    private final TrunkSettings settings;
    private final Listener listener;
    private final TrunkSockets sockets;
    private final DigitsToTrunk digits;
    private final TrunkVoice voice;
    private final DigitsFromTrunk digitsFrom;
    private final TestTone tone = new TestTone(RATE_HZ);
    private final short[] gathered = new short[TICK_SAMPLES + MAX_PACKET_MILLIS * RATE_HZ / 1_000];
    private final short[] said = new short[TICK_SAMPLES];
    private final short[] heard = new short[TICK_SAMPLES];

    private Optional<TrunkStream> stream = Optional.empty();
    private Optional<WaitingRoom> room = Optional.empty();
    private Optional<Encoding> encoding = Optional.empty();
    private Optional<NegotiatedAudio> agreed = Optional.empty();
    private MediaReport.Leg figures = MediaReport.Leg.NOTHING;
    private int gatheredSamples;
    private int loudest = AudioLevel.SILENCE;
    private long timestamp;

    /** A phone on this trunk; {@link #open} comes next. */
    public TrunkPhone(Media media, Shard shard, TrunkSettings settings, Listener listener) {
        this.shard = shard;
        this.settings = settings;
        this.listener = listener;
        workshop = media.workshop();
        sockets = new TrunkSockets(media, shard);
        digits = new DigitsToTrunk(listener);
        voice = new TrunkVoice(digits);
        digitsFrom = new DigitsFromTrunk(listener);
    }

    /** Takes two ports, and says what our SDP says of them. Fails with {@link PortsExhausted}. */
    public CompletionStage<LocalAudio> open() {
        return sockets.open(settings, this).thenApply(opened -> {
            stream = Optional.of(opened);
            shard.add(this);
            return sockets.local(settings);
        });
    }

    /** What offer and answer have come to. */
    public void agreed(NegotiatedAudio audio) {
        if (stream.isEmpty()) {
            return;
        }
        if (agreed.filter(before -> before.codec() == audio.codec()).isEmpty()) {
            room.ifPresent(WaitingRoom::close);
            encoding.ifPresent(Encoding::close);
            room = Optional.of(workshop.waitingRoom(audio.codec(), RATE_HZ));
            encoding = Optional.of(workshop.encoding(audio.codec(), RATE_HZ));
        }
        agreed = Optional.of(audio);
        digits.path(settings.dtmf(), audio);
        digitsFrom.agreed(audio, settings.dtmf());
        stream.get().agreed(audio);
    }

    /** Says the test tone from now on, and listens for it. */
    public void sayTone() {
        tone.begin(shard.nowNanos());
    }

    /** Says silence again. */
    public void sayNothing() {
        tone.end();
    }

    /** Presses a key in the way that the trunk takes; the listener hears how it went out. */
    public void press(char digit) {
        digits.press(String.valueOf(digit), PRESS_MILLIS, shard.nowNanos());
    }

    /** The trunk does not take a key by INFO: it is said by its tone, unless the trunk is set to INFO. */
    public void digitRefused(char digit, int durationMillis) {
        digits.infoRefused(TelephoneEvent.event(digit), durationMillis);
    }

    /** What was measured so far. */
    public Hearing hearing() {
        Optional<RemoteReports> reports = stream.map(TrunkStream::remoteReports).filter(RemoteReports::aboutUs);
        return new Hearing(
                stream.map(TrunkStream::figures).orElse(figures),
                loudest,
                reports.map(r -> r.fractionLost() * PERCENT / WHOLE).orElse(-1.0),
                tone.backAfterMillis());
    }

    @Override
    public void onTick(long nowNanos) {
        digitsFrom.onTime(nowNanos);
        listen(nowNanos);
        tone.say(said, TICK_SAMPLES);
        System.arraycopy(said, 0, gathered, gatheredSamples, TICK_SAMPLES);
        digits.overlay(gathered, gatheredSamples, TICK_SAMPLES);
        gatheredSamples += TICK_SAMPLES;
        int wanted = agreed.map(NegotiatedAudio::ptimeMillis).orElse(PTIME_MILLIS) * RATE_HZ / 1_000;
        while (gatheredSamples >= wanted) {
            speak(wanted, nowNanos);
            gatheredSamples -= wanted;
            System.arraycopy(gathered, wanted, gathered, 0, gatheredSamples);
        }
        stream.ifPresent(s -> s.onTick(nowNanos));
    }

    private void listen(long nowNanos) {
        if (room.isPresent()) {
            room.get().read(heard, 0, TICK_SAMPLES, nowNanos);
            loudest = Math.min(loudest, AudioLevel.dBov(heard, 0, TICK_SAMPLES));
            tone.hear(heard, TICK_SAMPLES, nowNanos);
            digitsFrom.onSamples(heard, 0, TICK_SAMPLES, nowNanos);
        }
    }

    private void speak(int samples, long nowNanos) {
        if (agreed.isEmpty() || stream.isEmpty()) {
            return;
        }
        NegotiatedAudio audio = agreed.get();
        voice.say(stream.get(), audio, encoding.orElseThrow(), gathered, samples, timestamp, nowNanos);
        timestamp = timestamp + (long) samples * audio.codec().clockRateHz() / RATE_HZ & 0xffff_ffffL;
    }

    @Override
    public void onTrunkRtp(TrunkSockets at, byte[] buf, int off, int len, InetSocketAddress from) {
        try {
            stream.ifPresent(s -> s.onRtp(buf, off, len, from, shard.nowNanos()));
        } catch (RuntimeException e) {
            shard.bug(this, e);
        }
    }

    @Override
    public void onTrunkRtcp(TrunkSockets at, byte[] buf, int off, int len, InetSocketAddress from) {
        try {
            stream.ifPresent(s -> s.onRtcp(buf, off, len, from, shard.nowNanos()));
        } catch (RuntimeException e) {
            shard.bug(this, e);
        }
    }

    @Override
    public void audio(byte[] buf, int off, int len, long nowNanos) {
        room.ifPresent(r -> r.put(buf, off, len, nowNanos));
    }

    @Override
    public void digit(byte[] buf, int off, int len, long nowNanos) {
        room.ifPresent(r -> r.skip(buf, off));
        digitsFrom.onPacket(buf, off, len, nowNanos);
    }

    @Override
    public void latchedElsewhere() {
        // The figures show that audio comes; from where is for the call's own story.
    }

    @Override
    public void comfortNoise(byte[] buf, int off, int len, long nowNanos) {
        // A pause of the other side; what is measured is its sound.
    }

    @Override
    public void onBug() {
        listener.audioFailed();
    }

    /** Says goodbye and gives the ports back. */
    @Override
    public void close() {
        figures = stream.map(TrunkStream::figures).orElse(figures);
        stream = Optional.empty();
        shard.remove(this);
        sockets.close();
        room.ifPresent(WaitingRoom::close);
        encoding.ifPresent(Encoding::close);
        room = Optional.empty();
        encoding = Optional.empty();
    }
}
