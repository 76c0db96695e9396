package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.G711;
import io.copperline.codecs.audio.G722Decoder;
import io.copperline.codecs.audio.G722Encoder;
import io.copperline.codecs.audio.OpusEncoder;
import io.copperline.codecs.dtmf.TelephoneEvent;
import io.copperline.codecs.dtmf.TelephoneEventReader;
import io.copperline.codecs.dtmf.TelephoneEventWriter;
import io.copperline.codecs.rtp.JitterCounts;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.webrtc.RtpSender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound is proved by sound, and digits by digits, through loss. */
class LossyCallTest {
    private static final int OPUS_TYPE = 111;
    private static final int RED_TYPE = 63;
    private static final int EVENTS_48000 = 110;
    private static final String DIGITS = "0123456789*#ABCD";

    private final byte[] buf = new byte[800];
    private long timestamp = 4_711;

    /** The browser's next packet, whose payload is in the buffer, and 20 ms. */
    private void send(SimulatedCall call, int len, int level) {
        call.browser
                .peer
                .sender()
                .send(
                        buf,
                        RtpSender.HEADROOM_BYTES,
                        len,
                        OPUS_TYPE,
                        timestamp,
                        false,
                        level,
                        call.nowNanos,
                        call.browser);
        timestamp += 960;
        call.tick();
    }

    private void speak(SimulatedCall call, OpusEncoder encoder, int packets, double frequencyHz) {
        speak(call, encoder, packets, frequencyHz, 10);
    }

    private void speak(SimulatedCall call, OpusEncoder encoder, int packets, double frequencyHz, int level) {
        short[] pcm = new short[160];
        for (int i = 0; i < packets; i++) {
            Tone.fill(pcm, 0, 160, frequencyHz, 160L * i);
            int len = encoder.encode(pcm, 0, 160, buf, RtpSender.HEADROOM_BYTES, 400);
            send(call, len, level);
        }
    }

    /** The same as {@link #speak}, with each packet holding the one before it too (RFC 2198). */
    private void speakTwice(SimulatedCall call, OpusEncoder encoder, int packets, double frequencyHz) {
        short[] pcm = new short[160];
        byte[] before = new byte[400];
        byte[] now = new byte[400];
        int lengthBefore = 0;
        for (int i = 0; i < packets; i++) {
            Tone.fill(pcm, 0, 160, frequencyHz, 160L * i);
            int length = encoder.encode(pcm, 0, 160, now, 0, now.length);
            int at = RtpSender.HEADROOM_BYTES;
            if (i > 0) {
                buf[at++] = (byte) (0x80 | OPUS_TYPE);
                int offsetAndLength = 960 << 10 | lengthBefore;
                buf[at++] = (byte) (offsetAndLength >> 16);
                buf[at++] = (byte) (offsetAndLength >> 8);
                buf[at++] = (byte) offsetAndLength;
            }
            buf[at++] = OPUS_TYPE;
            System.arraycopy(before, 0, buf, at, lengthBefore);
            System.arraycopy(now, 0, buf, at + lengthBefore, length);
            at += lengthBefore + length;
            call.browser
                    .peer
                    .sender()
                    .send(
                            buf,
                            RtpSender.HEADROOM_BYTES,
                            at - RtpSender.HEADROOM_BYTES,
                            RED_TYPE,
                            timestamp,
                            false,
                            10,
                            call.nowNanos,
                            call.browser);
            System.arraycopy(now, 0, before, 0, length);
            lengthBefore = length;
            timestamp += 960;
            call.tick();
        }
    }

    @Test
    void redCarriesAToneThroughThirtyPercentLoss() throws Exception {
        SimulatedCall call = new SimulatedCall(4, 0.3, LossyCallTest::preferringRed);
        call.connect();
        try (OpusEncoder encoder = SimulatedCall.opus().encoder(8_000)) {
            encoder.fec(false);
            speakTwice(call, encoder, 1_500, 700);
        }
        JitterCounts counts = call.towardsTrunk.room().orElseThrow().jitter().counts();
        assertTrue(counts.recovered() > 250, "recovered " + counts.recovered());
        assertTrue(counts.lost() < 200, "lost " + counts.lost());
        short[] pcm = lastSound(call, 500);
        double share = Tone.share(pcm, 0, pcm.length, 700);
        assertTrue(share > 0.7, "share " + share);
    }

    @Test
    void silenceIsWhatTheSenderSaysRatherThanWhatIsDecoded() throws Exception {
        SimulatedCall call = new SimulatedCall(5, 0);
        call.connect();
        try (OpusEncoder encoder = SimulatedCall.opus().encoder(8_000)) {
            speak(call, encoder, 10, 700);
            call.watch.expecting(true, call.nowNanos);
            speak(call, encoder, 520, 700, 127);
            call.watch.check(530, 0, call.nowNanos);
            assertEquals(List.of(MediaTrouble.SILENCE), call.troubles);
            speak(call, encoder, 5, 700, 40);
            call.watch.check(535, 0, call.nowNanos);
            assertEquals(List.of(MediaTrouble.SILENCE, MediaTrouble.RECOVERED), call.troubles);
        }
    }

    private static String preferringRed(String offer) {
        return offer.replace("SAVPF 111 ", "SAVPF " + RED_TYPE + " 111 ")
                .replace("a=rtpmap:111 ", "a=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\na=rtpmap:111 ");
    }

    /** What the phone hears of the last packets. */
    private static short[] lastSound(SimulatedCall call, int packets) {
        List<byte[]> audio = call.onWire.stream()
                .filter(p -> RtpHeader.payloadType(p, 0) == 0)
                .toList();
        short[] pcm = new short[packets * 160];
        for (int i = 0; i < packets; i++) {
            byte[] packet = audio.get(audio.size() - packets + i);
            G711.decodeMu(packet, RtpHeader.FIXED_BYTES, 160, pcm, i * 160);
        }
        return pcm;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 10})
    void aToneFromTheBrowserIsHeardOnThePhone(int lossPercent) throws Exception {
        SimulatedCall call = new SimulatedCall(1, lossPercent / 100.0);
        call.connect();
        int before = call.onWire.size();
        try (OpusEncoder encoder = SimulatedCall.opus().encoder(8_000)) {
            encoder.fec(true);
            encoder.expectedLoss(10);
            speak(call, encoder, 250, 700);
        }
        assertEquals(250, call.onWire.size() - before, "a packet every 20 ms, without a gap");
        short[] pcm = lastSound(call, 100);
        assertTrue(
                Tone.share(pcm, 0, pcm.length, 700) > 0.9 - lossPercent / 25.0,
                "share " + Tone.share(pcm, 0, pcm.length, 700));
        assertTrue(Tone.share(pcm, 0, pcm.length, 1_000) < 0.02);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40, 50, 60})
    void packetsAreAsLongAsThePhoneLikes(int ptimeMillis) throws Exception {
        SimulatedCall call = new SimulatedCall(3, 0);
        call.connect();
        call.agree(AudioCodec.PCMU, ptimeMillis);
        call.onWire.clear();
        try (OpusEncoder encoder = SimulatedCall.opus().encoder(8_000)) {
            speak(call, encoder, 300, 700);
        }
        int samples = 8 * ptimeMillis;
        assertEquals(300 * 20 / ptimeMillis, call.onWire.size());
        short[] pcm = new short[call.onWire.size() * samples];
        for (int i = 0; i < call.onWire.size(); i++) {
            byte[] packet = call.onWire.get(i);
            assertEquals(RtpHeader.FIXED_BYTES + samples, packet.length);
            long step = RtpHeader.timestamp(packet, 0) - RtpHeader.timestamp(call.onWire.getFirst(), 0);
            assertEquals((long) i * samples, step & 0xffff_ffffL);
            G711.decodeMu(packet, RtpHeader.FIXED_BYTES, samples, pcm, i * samples);
        }
        int half = pcm.length / 2;
        assertTrue(Tone.share(pcm, half, half, 700) > 0.9, "share " + Tone.share(pcm, half, half, 700));
        call.onWire.clear();
        dial(call);
        List<Integer> durations = new ArrayList<>();
        assertEquals(16, read(call, durations).size());
        assertTrue(durations.stream().allMatch(d -> d == 160), durations.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 10})
    void aToneFromThePhoneIsHeardInTheBrowser(int lossPercent) throws Exception {
        SimulatedCall call = new SimulatedCall(2, lossPercent / 100.0);
        call.connect();
        short[] pcm = new short[160];
        byte[] payload = new byte[160];
        short[] heard = new short[250 * 160];
        for (int i = 0; i < 250; i++) {
            Tone.fill(pcm, 0, 160, 1_000, 160L * i);
            G711.encodeMu(pcm, 0, 160, payload, 0);
            call.fromCarrier(payload, 160, 0, i, 160L * i, i == 0);
            call.tick();
            call.heard.read(heard, i * 160, 160, call.nowNanos);
        }
        int off = 150 * 160;
        assertTrue(
                Tone.share(heard, off, 100 * 160, 1_000) > 0.9 - lossPercent / 25.0,
                "share " + Tone.share(heard, off, 100 * 160, 1_000));
        assertTrue(Tone.share(heard, off, 100 * 160, 700) < 0.02);
    }

    /** Above 4 kHz there is nothing on other trunks: a tone of 3 kHz at 8 kHz is one of 6 kHz at twice the rate. */
    @Test
    void aHighToneGoesThroughAWidebandTrunkBothWays() throws Exception {
        SimulatedCall call = new SimulatedCall(6, 0);
        call.connect();
        call.agree(AudioCodec.G722, 20);
        call.onWire.clear();
        G722Encoder phone = new G722Encoder(16_000);
        G722Decoder ear = new G722Decoder(16_000);
        short[] pcm = new short[320];
        short[] onPhone = new short[300 * 320];
        short[] inBrowser = new short[300 * 320];
        byte[] coded = new byte[160];
        try (OpusEncoder encoder = SimulatedCall.opus().encoder(16_000)) {
            encoder.bitrate(32_000);
            for (int i = 0; i < 300; i++) {
                Tone.fill(pcm, 0, 320, 3_000, 320L * i);
                phone.encode(pcm, 0, 320, coded, 0);
                call.fromCarrier(coded, 160, 9, i, 160L * i, i == 0);
                int len = encoder.encode(pcm, 0, 320, buf, RtpSender.HEADROOM_BYTES, 400);
                send(call, len, 10);
                call.heard.read(inBrowser, i * 320, 320, call.nowNanos);
            }
        }
        assertEquals(300, call.onWire.size());
        for (int i = 0; i < 300; i++) {
            byte[] packet = call.onWire.get(i);
            assertEquals(RtpHeader.FIXED_BYTES + 160, packet.length);
            ear.decode(packet, RtpHeader.FIXED_BYTES, 160, onPhone, i * 320);
        }
        int half = onPhone.length / 2;
        assertTrue(Tone.share(onPhone, half, half, 3_000) > 0.8, "share " + Tone.share(onPhone, half, half, 3_000));
        assertTrue(Tone.share(inBrowser, half, half, 3_000) > 0.8, "share " + Tone.share(inBrowser, half, half, 3_000));
    }

    @Test
    void digitsFromTheBrowserSurviveThirtyPercentLoss() throws Exception {
        for (int seed = 0; seed < 5; seed++) {
            SimulatedCall call = new SimulatedCall(seed, 0.3);
            call.connect();
            dial(call);
            assertEquals(DIGITS, digitsOnWire(call).toString(), "seed " + seed);
            assertEquals(DIGITS, call.digitsToPhone.toString());
        }
    }

    /** Digits of 160 ms as Chromium sends them: every 20 ms at 48 kHz, three ends. */
    private void dial(SimulatedCall call) {
        TelephoneEventWriter writer = new TelephoneEventWriter(48_000, 20);
        for (int d = 0; d < DIGITS.length(); d++) {
            writer.start(TelephoneEvent.event(DIGITS.charAt(d)), timestamp);
            for (int i = 0; writer.active(); i++) {
                if (i == 7) {
                    writer.end(160);
                }
                int len = writer.write(buf, RtpSender.HEADROOM_BYTES);
                call.browser
                        .peer
                        .sender()
                        .send(
                                buf,
                                RtpSender.HEADROOM_BYTES,
                                len,
                                EVENTS_48000,
                                writer.timestamp(),
                                writer.marker(),
                                RtpSender.NO_LEVEL,
                                call.nowNanos,
                                call.browser);
                timestamp += 960;
                call.tick();
            }
            for (int i = 0; i < 5; i++) {
                timestamp += 960;
                call.tick();
            }
        }
        for (int i = 0; i < 60; i++) {
            call.tick();
        }
    }

    private static List<Character> read(SimulatedCall call, List<Integer> durations) {
        List<Character> digits = new ArrayList<>();
        TelephoneEventReader reader = new TelephoneEventReader(8_000);
        TelephoneEventReader.Sink sink = new TelephoneEventReader.Sink() {
            @Override
            public void started(int event, long now) {
                digits.add(TelephoneEvent.digit(event));
            }

            @Override
            public void ended(int event, int durationMillis) {
                durations.add(durationMillis);
            }
        };
        long now = 0;
        for (byte[] packet : call.onWire) {
            now += 20_000_000;
            if (RtpHeader.payloadType(packet, 0) == SimulatedCall.EVENT_TYPE) {
                reader.onPacket(packet, 12, packet.length - 12, RtpHeader.timestamp(packet, 0), now, sink);
            }
        }
        return digits;
    }

    private static StringBuilder digitsOnWire(SimulatedCall call) {
        StringBuilder text = new StringBuilder();
        read(call, new ArrayList<>()).forEach(text::append);
        return text;
    }

    @Test
    void aDigitKeepsItsLengthAndSilencesTheSpeech() throws Exception {
        SimulatedCall call = new SimulatedCall(9, 0);
        call.connect();
        dial(call);
        List<Integer> durations = new ArrayList<>();
        assertEquals(16, read(call, durations).size());
        assertTrue(durations.stream().allMatch(d -> d == 160), durations.toString());
        long ends = call.onWire.stream()
                .filter(p -> RtpHeader.payloadType(p, 0) == SimulatedCall.EVENT_TYPE && (p[13] & 0x80) != 0)
                .count();
        assertEquals(48, ends, "three end packets each");
        for (int i = 1; i < call.onWire.size(); i++) {
            int step = RtpHeader.sequence(call.onWire.get(i), 0) - RtpHeader.sequence(call.onWire.get(i - 1), 0);
            assertEquals(1, step, "one stream, one sequence");
        }
    }
}
