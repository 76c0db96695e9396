package io.copperline.gateway.lab;

import io.copperline.codecs.audio.G711;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The lab's sentence: twelve seconds of speech with a pause behind it, over and over. How it was made is in docs/lab.md. */
final class Speech {
    private static final String CLIP = "speech.ulaw";

    private final short[] samples;

    private Speech(short[] samples) {
        this.samples = samples;
    }

    static Speech load() {
        try (InputStream in = Speech.class.getResourceAsStream(CLIP)) {
            if (in == null) {
                throw new IllegalStateException("the lab's speech is missing: " + CLIP);
            }
            byte[] bytes = in.readAllBytes();
            short[] samples = new short[bytes.length];
            G711.decodeMu(bytes, 0, bytes.length, samples, 0);
            return new Speech(samples);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plays it from its beginning. */
    Sound play() {
        return new Playing(samples);
    }

    private static final class Playing implements Sound {
        private final short[] samples;
        private int at;

        Playing(short[] samples) {
            this.samples = samples;
        }

        @Override
        public void fill(short[] pcm, int n) {
            for (int i = 0; i < n; i++) {
                pcm[i] = samples[at];
                at = (at + 1) % samples.length;
            }
        }
    }
}
