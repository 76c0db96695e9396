package io.copperline.codecs.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Sound from a WAV file: 16-bit PCM, mono, 8 or 16 kHz. Never changes; kept at both rates.
 *
 * <pre>
 *  "RIFF" length "WAVE"   then chunks: name(4) length(4) bytes, padded to an even length
 *  "fmt "  format(2) channels(2) rate(4) byte-rate(4) block(2) bits(2) ...
 *  "data"  samples, little-endian
 * </pre>
 */
public final class WavFile {
    /** Longer ones are refused: the sound is kept in memory. */
    public static final int MOST_SECONDS = 300;

    private static final long MOST_BYTES = 44_100L * 4 * MOST_SECONDS;
    private static final int RIFF_BYTES = 12;
    private static final int CHUNK_BYTES = 8;
    private static final int FORMAT_BYTES = 16;
    private static final int PCM = 1;
    /** WAVE_FORMAT_EXTENSIBLE, whose real format is in what follows. */
    private static final int EXTENSIBLE = 0xFFFE;

    private static final int NARROW_HZ = 8_000;
    private static final int WIDE_HZ = 16_000;

    private final short[] narrow;
    private final short[] wide;

    private WavFile(int rateHz, short[] pcm) {
        narrow = rateHz == NARROW_HZ ? pcm : HalfBand.halve(pcm);
        wide = rateHz == WIDE_HZ ? pcm : HalfBand.twice(pcm);
    }

    /**
     * Reads a file.
     *
     * @throws IOException where it cannot be read or is of another kind; the message says of which
     */
    public static WavFile read(Path file) throws IOException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("is too long");
            }
            return parse(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new IOException("is not there", e);
        }
    }

    /** Reads the bytes of a file. */
    static WavFile parse(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < RIFF_BYTES
                || !name(file, 0).equals("RIFF")
                || !name(file, 8).equals("WAVE")) {
            throw new IOException("is no WAV file");
        }
        int rate = 0;
        for (int at = RIFF_BYTES; at + CHUNK_BYTES <= bytes.length; ) {
            int body = at + CHUNK_BYTES;
            // A recorder that was stopped hard leaves a length of 0 or too much: then it is what there is.
            long said = file.getInt(at + 4) & 0xFFFF_FFFFL;
            int length = (int) Math.min(said, bytes.length - body);
            if (name(file, at).equals("fmt ")) {
                rate = rate(file, body, length);
            } else if (name(file, at).equals("data")) {
                return sound(file, rate, body, length);
            }
            at = body + length + (length & 1);
        }
        throw new IOException("has no sound in it");
    }

    private static int rate(ByteBuffer file, int at, int length) throws IOException {
        if (length < FORMAT_BYTES) {
            throw new IOException("has a format chunk of " + length + " bytes");
        }
        int format = file.getShort(at) & 0xFFFF;
        int channels = file.getShort(at + 2);
        int rate = file.getInt(at + 4);
        int bits = file.getShort(at + 14);
        if (format != PCM && format != EXTENSIBLE || bits != 16) {
            throw new IOException("is of " + bits + " bits in format " + format + ", not 16-bit PCM");
        }
        if (channels != 1) {
            throw new IOException("has " + channels + " channels");
        }
        if (rate != NARROW_HZ && rate != WIDE_HZ) {
            throw new IOException("is of " + rate + " Hz");
        }
        return rate;
    }

    private static WavFile sound(ByteBuffer file, int rate, int at, int length) throws IOException {
        if (rate == 0) {
            throw new IOException("has no format before its sound");
        }
        short[] pcm = new short[length / 2];
        file.position(at);
        file.asShortBuffer().get(pcm);
        if (pcm.length < rate / 10) {
            throw new IOException("is shorter than 100 ms");
        }
        if (pcm.length > rate * MOST_SECONDS) {
            throw new IOException("is too long");
        }
        return new WavFile(rate, pcm);
    }

    private static String name(ByteBuffer file, int at) {
        byte[] name = new byte[4];
        file.get(at, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    /** Writes n samples at this rate, 8000 or 16000, from this position on; the end is followed by the beginning. */
    public void loop(int rateHz, long position, short[] out, int off, int n) {
        short[] pcm = rateHz == NARROW_HZ ? narrow : wide;
        int from = (int) (position % pcm.length);
        for (int done = 0; done < n; from = 0) {
            int run = Math.min(n - done, pcm.length - from);
            System.arraycopy(pcm, from, out, off + done, run);
            done += run;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WavFile sound && Arrays.equals(narrow, sound.narrow) && Arrays.equals(wide, sound.wide);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(narrow);
    }

    /** How long it is. */
    @Override
    public String toString() {
        return "WavFile[" + narrow.length * 1_000L / NARROW_HZ + " ms]";
    }
}
