package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.G711;
import io.copperline.codecs.dtmf.DtmfDetector;
import io.copperline.codecs.dtmf.TelephoneEvent;
import io.copperline.codecs.dtmf.TelephoneEventReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People who talk press no keys. */
class TalkOffTest {
    private static final int WAV_HEADER_BYTES = 44;
    private static final int TICK_SAMPLES = 160;

    private final StringBuilder digits = new StringBuilder();

    private final TelephoneEventReader.Sink sink = new TelephoneEventReader.Sink() {
        @Override
        public void started(int event, long nowNanos) {
            digits.append(TelephoneEvent.digit(event));
        }

        @Override
        public void ended(int event, int durationMillis) {
            // One that has begun is one too many.
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"/it/speech.wav", "/it/reply.wav", "/io/copperline/gateway/lab/speech.ulaw"})
    void speechIsNoDigit(String recording) throws IOException {
        short[] speech = samples(recording);
        assertTrue(speech.length > 5 * 8_000, "seconds of it");
        for (int louder = 1; louder <= 2; louder++) {
            DtmfDetector detector = new DtmfDetector(8_000);
            short[] tick = new short[TICK_SAMPLES];
            for (int at = 0; at + TICK_SAMPLES <= speech.length; at += TICK_SAMPLES) {
                for (int i = 0; i < TICK_SAMPLES; i++) {
                    tick[i] = (short) Math.clamp((long) speech[at + i] * louder, Short.MIN_VALUE, Short.MAX_VALUE);
                }
                detector.onSamples(tick, 0, TICK_SAMPLES, at, sink);
            }
        }
        assertEquals("", digits.toString());
    }

    private static short[] samples(String recording) throws IOException {
        try (InputStream in = TalkOffTest.class.getResourceAsStream(recording)) {
            byte[] bytes = in.readAllBytes();
            if (recording.endsWith(".ulaw")) {
                short[] pcm = new short[bytes.length];
                G711.decodeMu(bytes, 0, bytes.length, pcm, 0);
                return pcm;
            }
            short[] pcm = new short[(bytes.length - WAV_HEADER_BYTES) / 2];
            ByteBuffer.wrap(bytes, WAV_HEADER_BYTES, 2 * pcm.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(pcm);
            return pcm;
        }
    }
}
