package io.copperline.gateway.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Spoken sentences, mono, 8 kHz, made with espeak-ng: {@code speech.wav} is what every microphone hears over and over, {@code
 * reply.wav} is what far ends play.
 */
@SuppressWarnings("ImmutableEnumChecker") // Whoever reads the samples copies them.
enum Speech {
    MICROPHONE("/it/speech.wav"),
    REPLY("/it/reply.wav");

    private static final int WAV_HEADER_BYTES = 44;

    private final String resource;
    private final short[] pcm;

    Speech(String resource) {
        this.resource = resource;
        try (InputStream in = Speech.class.getResourceAsStream(resource)) {
            byte[] bytes = in.readAllBytes();
            pcm = samples(bytes, WAV_HEADER_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    short[] pcm() {
        return pcm.clone();
    }

    /** The WAV file. */
    Path file() {
        try {
            return Path.of(Speech.class.getResource(resource).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 16-bit little-endian samples from this offset to the end. */
    static short[] samples(byte[] bytes, int off) {
        short[] samples = new short[(bytes.length - off) / 2];
        ByteBuffer.wrap(bytes, off, bytes.length - off)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(samples);
        return samples;
    }
}
