package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.audio.ComfortNoise;
import io.copperline.codecs.rtp.JitterBuffer;
import io.copperline.codecs.rtp.RedReceiver;
import io.copperline.codecs.rtp.RtpHeader;
import java.util.concurrent.TimeUnit;

/** A stream from its packets to a steady flow of samples: the jitter buffer and the decoder behind it. */
final class WaitingRoom implements AutoCloseable {
    private static final int MAX_FRAME_MILLIS = 120;
    private static final int LEAST_FRAME_MILLIS = 10;
    /** Below this nobody hears what is left out or repeated. */
    private static final int SILENT_LEVEL = 60;
    /** What libopus says when it means to be silent (DTX) is no longer; no other codec has frames so short. */
    private static final int NOTHING_BYTES = 2;
    /** A sender that has described its silence is taken to be there for so long. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final JitterBuffer jitter;
    private final RedReceiver red;
    private final Decoding decoding;
    private final PcmFifo samples;
    private final ComfortNoise noise = new ComfortNoise();
    private final int clockRateHz;
    private final int rateHz;
    private final int maxFrameSamples;
    private boolean resting;
    private long restingNanos;
    private boolean pausing = true;
    private boolean ssrcKnown;
    private long ssrc;
    private long recovered;

    /**
     * @param clockRateHz of the stream's timestamps
     * @param rateHz of the samples
     */
    WaitingRoom(JitterBuffer jitter, Decoding decoding, int clockRateHz, int rateHz) {
        this.clockRateHz = clockRateHz;
        this.rateHz = rateHz;
        maxFrameSamples = MAX_FRAME_MILLIS * rateHz / 1_000;
        samples = new PcmFifo(4 * maxFrameSamples);
        this.jitter = jitter;
        this.decoding = decoding;
        red = new RedReceiver(jitter);
    }

    /** An audio packet in clear. */
    void put(byte[] packet, int off, int len, long nowNanos) {
        checkSource(packet, off);
        int payloadLen = RtpHeader.payloadLength(packet, off, len);
        if (payloadLen > 0) {
            resting = false;
            jitter.put(
                    packet,
                    off + RtpHeader.headerLength(packet, off),
                    payloadLen,
                    RtpHeader.sequence(packet, off),
                    RtpHeader.timestamp(packet, off),
                    RtpHeader.marker(packet, off),
                    nowNanos);
        }
    }

    /** A packet in clear that holds audio of this payload type and, before it, what may have been lost (RFC 2198). */
    void putRed(byte[] packet, int off, int len, int payloadType, long nowNanos) {
        checkSource(packet, off);
        red.put(
                packet,
                off + RtpHeader.headerLength(packet, off),
                RtpHeader.payloadLength(packet, off, len),
                payloadType,
                RtpHeader.sequence(packet, off),
                RtpHeader.timestamp(packet, off),
                RtpHeader.marker(packet, off),
                nowNanos);
    }

    /** A packet of the same stream that holds no audio, such as a digit: it is not missing. */
    void skip(byte[] packet, int off) {
        checkSource(packet, off);
        jitter.skip(RtpHeader.sequence(packet, off));
    }

    /** A packet that says how loud the silence is that begins now (RFC 3389). */
    void putNoise(byte[] packet, int off, int len, long nowNanos) {
        skip(packet, off);
        noise.describe(packet, off + RtpHeader.headerLength(packet, off), RtpHeader.payloadLength(packet, off, len));
        resting = true;
        restingNanos = nowNanos;
    }

    /** Whether the sender has said that it is silent, and nothing since: one description may be all that comes (RFC 3389). */
    boolean resting(long nowNanos) {
        return resting && nowNanos - restingNanos < REST_NANOS;
    }

    /** Whether what was read last is nothing that the sender said: it is silent, or not there. */
    boolean pausing() {
        return pausing;
    }

    /** Another SSRC is another time line (RFC 3550 section 5.1). */
    private void checkSource(byte[] packet, int off) {
        long source = RtpHeader.ssrc(packet, off);
        if (ssrcKnown && source != ssrc) {
            jitter.reset();
        }
        ssrc = source;
        ssrcKnown = true;
    }

    /** Gives the next samples, whatever has come. */
    void read(short[] out, int off, int count, long nowNanos) {
        while (samples.size() < count) {
            produce(nowNanos);
        }
        samples.read(out, off, count);
    }

    private void produce(long nowNanos) {
        JitterBuffer.Taken taken = jitter.take(nowNanos);
        short[] pcm = samples.reserve(maxFrameSamples);
        int at = samples.writeOffset();
        if (taken == JitterBuffer.Taken.FRAME && !resting) {
            noise.stop(); // Frames from before the description may still be waiting; these are from behind it.
        }
        pausing = switch (taken) {
            case FRAME -> jitter.payloadLength() <= NOTHING_BYTES;
            case LOST -> pausing || resting;
            case PAUSE, WAITING -> true;
        };
        int made = switch (taken) {
            case FRAME -> decoding.decode(jitter.payload(), jitter.payloadOffset(), jitter.payloadLength(), pcm, at);
            case LOST, PAUSE, WAITING -> 0;
        };
        if (made == 0) {
            made = Math.clamp(
                    (long) jitter.frameUnits() * rateHz / clockRateHz,
                    LEAST_FRAME_MILLIS * rateHz / 1_000,
                    maxFrameSamples);
            makeUp(taken, pcm, at, made);
        }
        jitter.silent(AudioLevel.dBov(pcm, at, made) > SILENT_LEVEL);
        samples.commit(made);
    }

    private void makeUp(JitterBuffer.Taken taken, short[] pcm, int at, int count) {
        if (taken != JitterBuffer.Taken.FRAME && noise.active()) {
            noise.fill(pcm, at, count);
        } else if (taken == JitterBuffer.Taken.LOST) {
            int nextLen = jitter.nextPresent() ? jitter.payloadLength() : 0;
            recovered += decoding.conceal(jitter.payload(), jitter.payloadOffset(), nextLen, pcm, at, count) ? 1 : 0;
        } else if (taken == JitterBuffer.Taken.FRAME) {
            decoding.conceal(jitter.payload(), 0, 0, pcm, at, count); // The packet was not of this codec.
        } else {
            decoding.pause(pcm, at, count);
        }
    }

    /** Lost packets whose sound was found in the packet behind them. */
    long recovered() {
        return recovered;
    }

    JitterBuffer jitter() {
        return jitter;
    }

    @Override
    public void close() {
        decoding.close();
    }
}
