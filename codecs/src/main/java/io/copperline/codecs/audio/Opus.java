package io.copperline.codecs.audio;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/**
 * libopus, loaded once per program. Encoders and decoders come from here and must be closed by whoever asked for them.
 * Needs {@code --enable-native-access}.
 */
public final class Opus {
    private final OpusLibrary library;

    private Opus(OpusLibrary library) {
        this.library = library;
    }

    /**
     * Loads libopus: the given file and no other, or else the system's {@code libopus.so.0}, or else the one packed with the
     * program.
     *
     * @throws OpusMissing if none can be loaded
     */
    public static Opus load(Optional<Path> library) {
        return new Opus(OpusLibraryFinder.find(library));
    }

    /** What the library calls itself, {@code libopus 1.3.1} for instance. */
    public String version() {
        try {
            MemorySegment text = (MemorySegment) OpusLibrary.VERSION.invokeExact(library.version());
            return text.reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw OpusLibrary.unexpected(e);
        }
    }

    /**
     * A mono encoder for speech: complexity 5, in-band FEC for 5 % loss, variable rate.
     *
     * @param sampleRateHz of the samples it will get: 8000, 12000, 16000, 24000 or 48000
     */
    public OpusEncoder encoder(int sampleRateHz) {
        return new OpusEncoder(library, checked(sampleRateHz));
    }

    /**
     * A mono decoder; packets of any bandwidth and of stereo are brought to it.
     *
     * @param sampleRateHz of the samples it shall give: 8000, 12000, 16000, 24000 or 48000
     */
    public OpusDecoder decoder(int sampleRateHz) {
        return new OpusDecoder(library, checked(sampleRateHz));
    }

    private static int checked(int sampleRateHz) {
        return switch (sampleRateHz) {
            case 8_000, 12_000, 16_000, 24_000, 48_000 -> sampleRateHz;
            default -> throw new IllegalArgumentException("Opus has no sample rate " + sampleRateHz);
        };
    }
}
