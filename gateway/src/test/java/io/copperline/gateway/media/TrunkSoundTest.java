package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.audio.G711;
import io.copperline.codecs.audio.G722Encoder;
import io.copperline.codecs.audio.OpusEncoder;
import io.copperline.codecs.audio.ToneGenerator;
import io.copperline.codecs.audio.WavFile;
import io.copperline.codecs.dtmf.TelephoneEventWriter;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.ComfortNoiseMode;
import io.copperline.sip.DtmfMode;
import io.copperline.sip.TrunkMedia;
import io.copperline.sip.TrunkSettings;
import io.copperline.webrtc.RtpSender;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a trunk's habits do to the sound, in simulated time. */
class TrunkSoundTest {
    private static final int OPUS_TYPE = 111;
    private static final String DIGITS = "0123456789*#ABCD";

    private final byte[] payload = new byte[400];
    private final short[] pcm = new short[320];
    private SimulatedCall call;
    private int sequence = 100;
    private long timestamp = 9_000;

    @BeforeEach
    void connect() throws Exception {
        call = new SimulatedCall(8, 0);
        call.connect();
    }

    private static NegotiatedAudio audio(AudioCodec codec, int eventType, int eventHz, boolean noise) {
        return new TrunkAudio()
                .of(codec)
                .events(eventType, eventHz)
                .comfortNoise(noise)
                .agreed();
    }

    private static TrunkSettings trunk(boolean passThrough, Optional<WavFile> music) {
        return SimulatedCall.TRUNK
                .but()
                .media(new TrunkMedia(
                        ComfortNoiseMode.ACCEPT, false, passThrough, music, Duration.ofMinutes(1), 20, false))
                .build();
    }

    private void fromCarrier(int type, int len, int units) {
        call.fromCarrier(payload, len, type, sequence++ & 0xffff, timestamp, false);
        timestamp += units;
        call.tick();
    }

    private void dialTones(AudioCodec codec) {
        int rateHz = codec == AudioCodec.G722 ? 16_000 : 8_000;
        ToneGenerator tones = new ToneGenerator(rateHz);
        G722Encoder g722 = new G722Encoder(16_000);
        for (int event = 0; event < 16; event++) {
            tones.start(event, 60);
            for (int i = 0; i < 6; i++) {
                tones.fill(pcm, 0, rateHz / 50);
                if (codec == AudioCodec.G722) {
                    g722.encode(pcm, 0, 320, payload, 0);
                } else {
                    G711.encodeMu(pcm, 0, 160, payload, 0);
                }
                fromCarrier(codec.staticPayloadType(), 160, 160);
            }
        }
        for (int i = 0; i < 20; i++) {
            call.tick();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PCMU", "G722"})
    void tonesAreDigitsWhereTheTrunkHasNothingBetter(AudioCodec codec) {
        call.agree(audio(codec, -1, 8_000, false), SimulatedCall.TRUNK);
        dialTones(codec);
        assertEquals(DIGITS, call.tonesFromPhone.toString());
    }

    @Test
    void tonesAreSoundWhereTelephoneEventIsAgreedOn() {
        call.agree(audio(AudioCodec.PCMU, 101, 8_000, false), SimulatedCall.TRUNK);
        dialTones(AudioCodec.PCMU);
        assertEquals("", call.digitsFromPhone.toString());
    }

    @Test
    void tonesAreSoundWhereDigitsComeByInfo() {
        NegotiatedAudio bare = audio(AudioCodec.PCMU, -1, 8_000, false);
        call.agree(bare, SimulatedCall.TRUNK.but().dtmf(DtmfMode.INFO).build());
        dialTones(AudioCodec.PCMU);
        assertEquals("", call.digitsFromPhone.toString());
        call.agree(bare, SimulatedCall.TRUNK);
        assertTrue(call.digitsFromTrunk.onInfo(5, call.nowNanos));
        dialTones(AudioCodec.PCMU);
        assertEquals("", call.digitsFromPhone.toString());
    }

    @Test
    void aDigitThatComesAsToneAndByInfoIsOne() {
        call.agree(audio(AudioCodec.PCMU, -1, 8_000, false), SimulatedCall.TRUNK);
        ToneGenerator tones = new ToneGenerator(8_000);
        tones.start(5, 100);
        for (int i = 0; i < 10; i++) {
            tones.fill(pcm, 0, 160);
            G711.encodeMu(pcm, 0, 160, payload, 0);
            fromCarrier(0, 160, 160);
        }
        assertEquals("5", call.tonesFromPhone.toString());
        assertFalse(call.digitsFromTrunk.onInfo(5, call.nowNanos));
        assertTrue(call.digitsFromTrunk.onInfo(6, call.nowNanos));
    }

    @Test
    void digitsOnAnOpusTrunkCountAt48000BothWays() {
        call.agree(audio(AudioCodec.OPUS, 101, 48_000, false), SimulatedCall.TRUNK);
        call.tick();
        call.towardsTrunk.press("7", 100, call.nowNanos);
        for (int i = 0; i < 20; i++) {
            call.tick();
        }
        List<byte[]> events = call.onWire.stream()
                .filter(p -> RtpHeader.payloadType(p, 0) == 101)
                .toList();
        assertEquals(
                1,
                events.stream().map(p -> RtpHeader.timestamp(p, 0)).distinct().count());
        assertEquals(4_800, ByteBuffer.wrap(events.getLast()).getShort(RtpHeader.FIXED_BYTES + 2));
        long before = RtpHeader.timestamp(call.onWire.get(call.onWire.indexOf(events.getFirst()) - 1), 0);
        assertEquals(960, RtpHeader.timestamp(events.getFirst(), 0) - before & 0xffff_ffffL);
        TelephoneEventWriter writer = new TelephoneEventWriter(48_000, 20);
        writer.start(9, 77_000);
        writer.end(100);
        while (writer.active()) {
            int len = writer.write(payload, 0);
            call.fromCarrier(payload, len, 101, sequence++, writer.timestamp(), writer.marker());
            call.tick();
        }
        assertEquals("9", call.digitsFromPhone.toString());
        assertEquals("", call.tonesFromPhone.toString());
    }

    private int heardLevel(int ticks) {
        short[] heard = new short[ticks * 160];
        for (int i = 0; i < ticks; i++) {
            call.tick();
            call.heard.read(heard, i * 160, 160, call.nowNanos);
        }
        return AudioLevel.dBov(heard, heard.length / 2, heard.length / 2);
    }

    @Test
    void theBrowserHearsTheSilenceThatTheTrunkDescribes() {
        call.agree(audio(AudioCodec.PCMU, 101, 8_000, true), SimulatedCall.TRUNK);
        Arrays.fill(payload, (byte) 0xff);
        for (int i = 0; i < 50; i++) {
            fromCarrier(0, 160, 160);
            call.heard.read(pcm, 0, 160, call.nowNanos);
        }
        payload[0] = 45;
        fromCarrier(13, 1, 160);
        assertTrue(call.towardsBrowser.resting(call.nowNanos));
        assertEquals(45, heardLevel(100), 4);
        timestamp += 160 * 100;
        for (int i = 0; i < 50; i++) {
            Tone.fill(pcm, 0, 160, 1_000, 160L * i);
            G711.encodeMu(pcm, 0, 160, payload, 0);
            fromCarrier(0, 160, 160);
            call.heard.read(pcm, 0, 160, call.nowNanos);
        }
        assertTrue(Tone.share(pcm, 0, 160, 1_000) > 0.9, "sound is heard again");
        assertFalse(call.towardsBrowser.resting(call.nowNanos));
        assertEquals(
                0, call.towardsBrowser.room().orElseThrow().jitter().counts().lost());
    }

    private void fromBrowser(OpusEncoder encoder, int i) {
        Tone.fill(pcm, 0, 160, 700, 160L * i);
        byte[] buf = new byte[800];
        int len = encoder.encode(pcm, 0, 160, buf, RtpSender.HEADROOM_BYTES, 400);
        call.browser
                .peer
                .sender()
                .send(buf, RtpSender.HEADROOM_BYTES, len, OPUS_TYPE, 960L * i, false, 10, call.nowNanos, call.browser);
        call.tick();
    }

    private static byte[] payloadOf(byte[] packet) {
        return Arrays.copyOfRange(packet, RtpHeader.headerLength(packet, 0), packet.length);
    }

    @Test
    void packetsOfTheSameCodecPassUntouchedToTheTrunk() {
        call.agree(audio(AudioCodec.OPUS, 101, 48_000, false), trunk(true, Optional.empty()));
        call.onWire.clear();
        List<byte[]> sent = new ArrayList<>();
        try (OpusEncoder encoder = SimulatedCall.opus().encoder(8_000);
                OpusEncoder twin = SimulatedCall.opus().encoder(8_000)) {
            for (int i = 0; i < 100; i++) {
                Tone.fill(pcm, 0, 160, 700, 160L * i);
                sent.add(Arrays.copyOf(payload, twin.encode(pcm, 0, 160, payload, 0, 400)));
                fromBrowser(encoder, i);
            }
        }
        List<byte[]> passed = call.onWire.stream()
                .filter(p -> sent.stream().anyMatch(s -> Arrays.equals(s, payloadOf(p))))
                .toList();
        assertTrue(passed.size() >= 97, "passed " + passed.size());
        assertSteady(call.onWire, 960);
        assertTrue(call.towardsTrunk.room().orElseThrow().jitter().counts().played() > 90, "it is measured as ever");
    }

    /** One SSRC, rising numbers, and timestamps that never go back. */
    private static void assertSteady(List<byte[]> packets, int units) {
        for (int i = 1; i < packets.size(); i++) {
            byte[] before = packets.get(i - 1);
            byte[] packet = packets.get(i);
            assertEquals(RtpHeader.ssrc(before, 0), RtpHeader.ssrc(packet, 0));
            assertEquals(1, RtpHeader.sequence(packet, 0) - RtpHeader.sequence(before, 0) & 0xffff, "at " + i);
            int step = (int) (RtpHeader.timestamp(packet, 0) - RtpHeader.timestamp(before, 0));
            assertTrue(step >= 0 && step <= 12 * units, "step " + step + " at " + i);
        }
    }

    @Test
    void aDigitMutesWhatPasses() {
        call.agree(audio(AudioCodec.OPUS, 101, 48_000, false), trunk(true, Optional.empty()));
        try (OpusEncoder encoder = SimulatedCall.opus().encoder(8_000)) {
            for (int i = 0; i < 30; i++) {
                fromBrowser(encoder, i);
            }
            call.onWire.clear();
            call.towardsTrunk.press("1", 200, call.nowNanos);
            for (int i = 30; i < 80; i++) {
                fromBrowser(encoder, i);
            }
        }
        int[] events = IntStream.range(0, call.onWire.size())
                .filter(i -> RtpHeader.payloadType(call.onWire.get(i), 0) == 101)
                .toArray();
        assertEquals(12, events.length);
        assertEquals(events.length - 1, events[events.length - 1] - events[0], "nothing else in between");
        assertEquals("1", call.digitsToPhone.toString());
        assertSteady(call.onWire, 960);
    }

    @Test
    void packetsOfTheSameCodecPassUntouchedToTheBrowserWithTheirGaps() {
        call.agree(audio(AudioCodec.OPUS, 101, 48_000, false), trunk(true, Optional.empty()));
        try (OpusEncoder encoder = SimulatedCall.opus().encoder(8_000)) {
            for (int i = 0; i < 50; i++) {
                Tone.fill(pcm, 0, 160, 700, 160L * i);
                int len = encoder.encode(pcm, 0, 160, payload, 0, 400);
                if (i == 30) {
                    call.browser.packets.clear();
                }
                if (i == 40) {
                    sequence++; // lost on the trunk
                    timestamp += 960;
                    call.tick();
                } else {
                    fromCarrier(96, len, 960);
                }
            }
        }
        for (int i = 0; i < 5; i++) {
            call.tick();
        }
        List<byte[]> got = call.browser.packets;
        int first = RtpHeader.sequence(got.getFirst(), 0);
        assertTrue(got.size() >= 19, "got " + got.size());
        List<Integer> numbers = got.stream()
                .map(p -> RtpHeader.sequence(p, 0) - first & 0xffff)
                .sorted()
                .toList();
        int highest = numbers.getLast();
        assertEquals(numbers.size(), highest, "one number is missing: " + numbers);
        for (byte[] packet : got.subList(0, 15)) {
            long since = RtpHeader.timestamp(packet, 0) - RtpHeader.timestamp(got.getFirst(), 0);
            assertEquals(0, since % 960);
        }
    }

    @Test
    void withoutTheSettingNothingPasses() {
        call.agree(audio(AudioCodec.OPUS, 101, 48_000, false), SimulatedCall.TRUNK);
        try (OpusEncoder encoder = SimulatedCall.opus().encoder(8_000)) {
            call.onWire.clear();
            for (int i = 0; i < 50; i++) {
                fromBrowser(encoder, i);
            }
        }
        assertEquals(50, call.onWire.size(), "one each tick");
    }

    @Test
    void whoIsHeldHearsMusic() throws Exception {
        WavFile music =
                WavFile.read(Path.of(getClass().getResource("/it/speech.wav").toURI()));
        call.agree(audio(AudioCodec.PCMU, 101, 8_000, false), trunk(false, Optional.of(music)));
        call.towardsTrunk.browser(call.gateway.peer.media().orElseThrow().inactive());
        call.onWire.clear();
        for (int i = 0; i < 100; i++) {
            call.tick();
        }
        short[] expected = new short[100 * 160];
        music.loop(8_000, 0, expected, 0, expected.length);
        byte[] law = new byte[160];
        for (int i = 0; i < 100; i++) {
            G711.encodeMu(expected, i * 160, 160, law, 0);
            assertArrayEquals(law, payloadOf(call.onWire.get(i)), "packet " + i);
        }
        assertSteady(call.onWire, 160);
        call.towardsTrunk.browser(call.gateway.peer.media().orElseThrow());
        call.onWire.clear();
        call.tick();
        G711.encodeMu(new short[160], 0, 160, law, 0);
        assertArrayEquals(law, payloadOf(call.onWire.getFirst()), "and then what the browser says");
    }
}
