package io.copperline.codecs.audio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One stream's Opus decoder. Owned by its direction, used by one thread at a time; its native memory lives until
 * {@link #close}, after which it refuses to work. Any bytes are safe to decode.
 */
public final class OpusDecoder implements AutoCloseable {
    private static final int MAX_PACKET_BYTES = 1500;
    private static final int LONGEST_PACKET_MILLIS = 120;

    private final OpusLibrary library;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment state;
    private final MemorySegment packetBuffer;
    private final MemorySegment pcmBuffer;
    private final int maxSamples;
    private boolean closed;

    OpusDecoder(OpusLibrary library, int sampleRateHz) {
        this.library = library;
        this.maxSamples = sampleRateHz / 1000 * LONGEST_PACKET_MILLIS;
        try {
            int size = (int) OpusLibrary.SIZE.invokeExact(library.decoderSize(), 1);
            state = arena.allocate(size, 16);
            packetBuffer = arena.allocate(MAX_PACKET_BYTES, 16);
            pcmBuffer = arena.allocate(2L * maxSamples, 16);
            int result = (int) OpusLibrary.DECODER_INIT.invokeExact(library.decoderInit(), state, sampleRateHz, 1);
            OpusLibrary.check(result, "decoder");
        } catch (Throwable e) {
            arena.close();
            throw OpusLibrary.unexpected(e);
        }
    }

    /**
     * Decodes one packet of up to 120 ms.
     *
     * @param maxSamples the room in {@code pcm}
     * @return samples written, below 0 an error of libopus (a malformed packet, too little room)
     */
    public int decode(byte[] in, int off, int len, short[] pcm, int pcmOff, int maxSamples) {
        return len <= 0 ? OpusLibrary.INVALID_PACKET : run(in, off, len, pcm, pcmOff, maxSamples, 0);
    }

    /**
     * Restores the frame before this packet from what the packet says of it, or conceals it if that is nothing. The packet
     * itself is to be decoded afterwards.
     *
     * @param samples how long the lost frame was, in multiples of 2.5 ms
     * @return samples written, below 0 an error of libopus
     */
    public int decodeFec(byte[] in, int off, int len, short[] pcm, int pcmOff, int samples) {
        return len <= 0 ? OpusLibrary.INVALID_PACKET : run(in, off, len, pcm, pcmOff, samples, 1);
    }

    /**
     * Makes up for a lost frame, or goes on with the comfort noise of a DTX pause.
     *
     * @param samples how long it was, in multiples of 2.5 ms
     * @return samples written, below 0 an error of libopus
     */
    public int conceal(short[] pcm, int pcmOff, int samples) {
        if (samples <= 0 || samples > maxSamples) {
            return OpusLibrary.BAD_ARG;
        }
        return finish(call(MemorySegment.NULL, 0, samples, 0), pcm, pcmOff);
    }

    /** Forgets the stream, for a new SSRC. */
    public void reset() {
        try {
            int result = (int) OpusLibrary.CTL_DO.invokeExact(library.decoderCtl(), state, OpusLibrary.RESET_STATE);
            OpusLibrary.check(result, "reset");
        } catch (Throwable e) {
            throw OpusLibrary.unexpected(e);
        }
    }

    /** Frees the native memory; once more does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arena.close();
        }
    }

    private int run(byte[] in, int off, int len, short[] pcm, int pcmOff, int samples, int fec) {
        if (len > MAX_PACKET_BYTES || samples <= 0) {
            return OpusLibrary.BAD_ARG;
        }
        MemorySegment.copy(in, off, packetBuffer, JAVA_BYTE, 0, len);
        return finish(call(packetBuffer, len, Math.min(samples, maxSamples), fec), pcm, pcmOff);
    }

    private int call(MemorySegment packet, int len, int samples, int fec) {
        try {
            return (int) OpusLibrary.DECODE.invokeExact(library.decode(), state, packet, len, pcmBuffer, samples, fec);
        } catch (Throwable e) {
            throw OpusLibrary.unexpected(e);
        }
    }

    private int finish(int samples, short[] pcm, int pcmOff) {
        if (samples > 0) {
            MemorySegment.copy(pcmBuffer, JAVA_SHORT, 0, pcm, pcmOff, samples);
        }
        return samples;
    }
}
