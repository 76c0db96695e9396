package io.copperline.gateway.bench;

import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.audio.G711;
import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.audio.OpusDecoder;
import io.copperline.codecs.audio.OpusEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What everybody says, over and over: speech, and every two seconds a mark that can be found again at the other end.
 *
 * <pre>
 * 1.7 s speech | 120 ms silence | 60 ms tone of 1 kHz: the mark is its onset | 120 ms silence
 * </pre>
 */
final class SpeechLoop {
    static final int FRAME_SAMPLES = 160;
    static final int SAMPLES_PER_MILLI = 8;

    private static final int SPEECH_SAMPLES = 1_700 * SAMPLES_PER_MILLI;
    private static final int SILENCE_SAMPLES = 120 * SAMPLES_PER_MILLI;
    private static final int TONE_SAMPLES = 60 * SAMPLES_PER_MILLI;
    private static final int PERIOD_SAMPLES = SPEECH_SAMPLES + 2 * SILENCE_SAMPLES + TONE_SAMPLES;
    private static final double TONE_AMPLITUDE = 16_000;
    /** What Chromium encodes with, as long as no loss is reported. */
    private static final int BROWSER_COMPLEXITY = 9;

    private static final int MAX_PACKET_BYTES = 400;

    /** One direction's packets of 20 ms; {@code markOffsets} says where in each a mark begins, in samples, or -1. */
    record Frames(byte[][] payloads, int[] levels, int[] markOffsets) {
        int count() {
            return payloads.length;
        }
    }

    private final short[] pcm;
    private final Frames pcmu;
    private final Frames opus;
    private final double codecDelayMillis;

    SpeechLoop(Opus library) {
        pcm = compose(speech());
        pcmu = new Frames(encodeMu(), levels(), marks(this::clearMark));
        int frames = pcm.length / FRAME_SAMPLES;
        byte[][] packets = new byte[frames][];
        short[] heard = new short[pcm.length];
        codec(library, packets, heard);
        OnsetFinder finder = new OnsetFinder();
        int[] found = new int[frames];
        int delaySamples = 0;
        for (int f = 0; f < frames; f++) {
            found[f] = finder.find(heard, f * FRAME_SAMPLES, FRAME_SAMPLES);
        }
        int[] marks = new int[frames];
        Arrays.fill(marks, -1);
        for (int at = SPEECH_SAMPLES + SILENCE_SAMPLES; at < pcm.length; at += PERIOD_SAMPLES) {
            int frame = at / FRAME_SAMPLES;
            int heardIn = found[frame] >= 0 ? frame : frame + 1;
            if (found[heardIn] < 0) {
                throw new IllegalStateException("the mark at " + at + " does not survive Opus");
            }
            marks[heardIn] = found[heardIn];
            delaySamples = heardIn * FRAME_SAMPLES + found[heardIn] - at;
        }
        opus = new Frames(packets, levels(), marks);
        codecDelayMillis = delaySamples / (double) SAMPLES_PER_MILLI;
    }

    /** What a trunk sends. */
    Frames pcmu() {
        return pcmu;
    }

    /** What a browser sends: 8 kHz, 20 kbit/s, as it does when told {@code maxplaybackrate=8000}. */
    Frames opus() {
        return opus;
    }

    /** By how much the mark is later behind an Opus encoder and decoder: the codec's own look-ahead. */
    double codecDelayMillis() {
        return codecDelayMillis;
    }

    short[] pcm() {
        return pcm;
    }

    private static short[] compose(short[] speech) {
        int periods = speech.length / SPEECH_SAMPLES;
        short[] all = new short[periods * PERIOD_SAMPLES];
        for (int p = 0; p < periods; p++) {
            int at = p * PERIOD_SAMPLES;
            System.arraycopy(speech, p * SPEECH_SAMPLES, all, at, SPEECH_SAMPLES);
            at += SPEECH_SAMPLES + SILENCE_SAMPLES;
            for (int i = 0; i < TONE_SAMPLES; i++) {
                all[at + i] = (short) (TONE_AMPLITUDE * Math.sin(2 * Math.PI * (i + 0.5) / SAMPLES_PER_MILLI));
            }
        }
        return all;
    }

    private static short[] speech() {
        byte[] muLaw;
        try (InputStream in = Optional.ofNullable(SpeechLoop.class.getResourceAsStream("speech.ulaw"))
                .orElseThrow()) {
            muLaw = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        short[] samples = new short[muLaw.length];
        G711.decodeMu(muLaw, 0, muLaw.length, samples, 0);
        return samples;
    }

    private byte[][] encodeMu() {
        byte[][] packets = new byte[pcm.length / FRAME_SAMPLES][FRAME_SAMPLES];
        for (int f = 0; f < packets.length; f++) {
            G711.encodeMu(pcm, f * FRAME_SAMPLES, FRAME_SAMPLES, packets[f], 0);
        }
        return packets;
    }

    private int[] levels() {
        int[] levels = new int[pcm.length / FRAME_SAMPLES];
        Arrays.setAll(levels, f -> AudioLevel.dBov(pcm, f * FRAME_SAMPLES, FRAME_SAMPLES));
        return levels;
    }

    private int[] marks(java.util.function.IntUnaryOperator offsetInFrame) {
        int[] marks = new int[pcm.length / FRAME_SAMPLES];
        Arrays.setAll(marks, offsetInFrame);
        return marks;
    }

    private int clearMark(int frame) {
        int inPeriod = frame * FRAME_SAMPLES % PERIOD_SAMPLES;
        int offset = SPEECH_SAMPLES + SILENCE_SAMPLES - inPeriod;
        return offset >= 0 && offset < FRAME_SAMPLES ? offset : -1;
    }

    /** Encodes and decodes the loop twice; the second pass knows what comes before its beginning. */
    private void codec(Opus library, byte[][] packets, short[] heard) {
        byte[] packet = new byte[MAX_PACKET_BYTES];
        try (OpusEncoder encoder = library.encoder(8_000);
                OpusDecoder decoder = library.decoder(8_000)) {
            encoder.bitrate(20_000);
            encoder.complexity(BROWSER_COMPLEXITY);
            encoder.fec(true);
            encoder.expectedLoss(0);
            for (int i = 0; i < 2 * packets.length; i++) {
                int f = i % packets.length;
                int bytes = encoder.encode(pcm, f * FRAME_SAMPLES, FRAME_SAMPLES, packet, 0, packet.length);
                packets[f] = Arrays.copyOf(packet, bytes);
                decoder.decode(packet, 0, bytes, heard, f * FRAME_SAMPLES, FRAME_SAMPLES);
            }
        }
    }
}
