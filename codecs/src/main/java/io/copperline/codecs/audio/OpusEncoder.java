package io.copperline.codecs.audio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One stream's Opus encoder. Owned by its direction, used by one thread at a time; its native memory lives until
 * {@link #close}, after which it refuses to work.
 */
public final class OpusEncoder implements AutoCloseable {
    private static final int APPLICATION_VOIP = 2048;
    private static final int SET_BITRATE = 4002;
    private static final int SET_VBR = 4006;
    private static final int SET_COMPLEXITY = 4010;
    private static final int SET_INBAND_FEC = 4012;
    private static final int SET_PACKET_LOSS_PERC = 4014;
    private static final int SET_DTX = 4016;

    private static final int COMPLEXITY = 5;
    private static final int EXPECTED_LOSS_PERCENT = 5;
    private static final int SPEECH_BITS_PER_SECOND = 24_000;
    private static final int FULL_BAND_BITS_PER_SECOND = 32_000;
    private static final int MAX_PACKET_BYTES = 1500;
    private static final int LONGEST_FRAME_MILLIS = 120;

    private final OpusLibrary library;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment state;
    private final MemorySegment pcmBuffer;
    private final MemorySegment packetBuffer;
    private final int maxSamples;
    private boolean closed;

    OpusEncoder(OpusLibrary library, int sampleRateHz) {
        this.library = library;
        this.maxSamples = sampleRateHz / 1000 * LONGEST_FRAME_MILLIS;
        try {
            int size = (int) OpusLibrary.SIZE.invokeExact(library.encoderSize(), 1);
            state = arena.allocate(size, 16);
            pcmBuffer = arena.allocate(2L * maxSamples, 16);
            packetBuffer = arena.allocate(MAX_PACKET_BYTES, 16);
            int result = (int) OpusLibrary.ENCODER_INIT.invokeExact(
                    library.encoderInit(), state, sampleRateHz, 1, APPLICATION_VOIP);
            OpusLibrary.check(result, "encoder");
        } catch (Throwable e) {
            arena.close();
            throw OpusLibrary.unexpected(e);
        }
        bitrate(sampleRateHz <= 16_000 ? SPEECH_BITS_PER_SECOND : FULL_BAND_BITS_PER_SECOND);
        complexity(COMPLEXITY);
        fec(true);
        expectedLoss(EXPECTED_LOSS_PERCENT);
    }

    /**
     * Encodes one frame.
     *
     * @param samples 2.5, 5, 10, 20, 40 or 60 ms worth of them
     * @param maxBytes an upper bound for the packet, which also bounds the bit rate
     * @return bytes written, 1 or 2 for a frame that need not be sent under DTX; below 0 an error of libopus
     */
    public int encode(short[] pcm, int pcmOff, int samples, byte[] out, int outOff, int maxBytes) {
        if (samples <= 0 || samples > maxSamples || maxBytes <= 0) {
            return OpusLibrary.BAD_ARG;
        }
        MemorySegment.copy(pcm, pcmOff, pcmBuffer, JAVA_SHORT, 0, samples);
        int bytes;
        try {
            bytes = (int) OpusLibrary.ENCODE.invokeExact(
                    library.encode(), state, pcmBuffer, samples, packetBuffer, Math.min(maxBytes, MAX_PACKET_BYTES));
        } catch (Throwable e) {
            throw OpusLibrary.unexpected(e);
        }
        if (bytes > 0) {
            MemorySegment.copy(packetBuffer, JAVA_BYTE, 0, out, outOff, bytes);
        }
        return bytes;
    }

    /** 500 to 512000. */
    public void bitrate(int bitsPerSecond) {
        set(SET_BITRATE, bitsPerSecond);
    }

    /** How much loss FEC shall be made for, 0 to 100 percent. */
    public void expectedLoss(int percent) {
        set(SET_PACKET_LOSS_PERC, percent);
    }

    /** In-band forward error correction (RFC 6716 section 2.1.7). */
    public void fec(boolean on) {
        set(SET_INBAND_FEC, on ? 1 : 0);
    }

    /** Discontinuous transmission (RFC 6716 section 2.1.9); off until asked for. */
    public void dtx(boolean on) {
        set(SET_DTX, on ? 1 : 0);
    }

    /** Whether packets have one size: the {@code cbr} of RFC 7587 section 6.1. */
    public void constantBitrate(boolean on) {
        set(SET_VBR, on ? 0 : 1);
    }

    /** 0 to 10; at 8 kHz more than 5 is hardly heard and costs twice as much. */
    public void complexity(int complexity) {
        set(SET_COMPLEXITY, complexity);
    }

    /** Frees the native memory; once more does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arena.close();
        }
    }

    private void set(int request, int value) {
        try {
            int result = (int) OpusLibrary.CTL_SET.invokeExact(library.encoderCtl(), state, request, value);
            if (result == OpusLibrary.BAD_ARG) {
                throw new IllegalArgumentException("libopus refuses " + value + " for request " + request);
            }
            OpusLibrary.check(result, "request " + request);
        } catch (Throwable e) {
            throw OpusLibrary.unexpected(e);
        }
    }
}
