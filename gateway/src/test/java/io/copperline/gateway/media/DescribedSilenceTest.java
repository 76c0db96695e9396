package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.audio.ComfortNoise;
import io.copperline.codecs.audio.OpusEncoder;
import io.copperline.codecs.audio.WavFile;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.ComfortNoiseMode;
import io.copperline.sip.TrunkMedia;
import io.copperline.sip.TrunkSettings;
import io.copperline.webrtc.RtpSender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trunk that takes comfort noise is told while the browser says nothing, in simulated time. */
class DescribedSilenceTest {
    private static final int OPUS_TYPE = 111;
    private static final int CN = NegotiatedAudio.COMFORT_NOISE_PAYLOAD_TYPE;
    private static final int ROOM = 55;
    /** NB SILK, one frame of 20 ms, without a byte of it: what libopus makes in DTX (RFC 6716 section 3.1). */
    private static final byte DTX_FRAME = 0x08;

    private final short[] pcm = new short[160];
    private final byte[] buf = new byte[800];
    private final ComfortNoise room = new ComfortNoise();
    private final OpusEncoder encoder = SimulatedCall.opus().encoder(8_000);
    private SimulatedCall call;
    private int frames;

    @BeforeEach
    void connect() throws Exception {
        call = new SimulatedCall(8, 0);
        call.connect();
        room.describe(new byte[] {ROOM}, 0, 1);
    }

    @AfterEach
    void close() {
        encoder.close();
    }

    private static NegotiatedAudio audio(AudioCodec codec, int ptimeMillis, boolean noise) {
        return new TrunkAudio().of(codec).ptime(ptimeMillis).comfortNoise(noise).agreed();
    }

    private static TrunkSettings trunk(ComfortNoiseMode mode, Optional<WavFile> music) {
        return SimulatedCall.TRUNK
                .but()
                .media(new TrunkMedia(mode, false, false, music, Duration.ofMinutes(1), 20, false))
                .build();
    }

    private void agree(AudioCodec codec, int ptimeMillis) {
        call.agree(audio(codec, ptimeMillis, true), trunk(ComfortNoiseMode.SEND, Optional.empty()));
    }

    private void send(int len) {
        call.browser
                .peer
                .sender()
                .send(
                        buf,
                        RtpSender.HEADROOM_BYTES,
                        len,
                        OPUS_TYPE,
                        960L * frames,
                        false,
                        10,
                        call.nowNanos,
                        call.browser);
    }

    private void sendPcm() {
        send(encoder.encode(pcm, 0, 160, buf, RtpSender.HEADROOM_BYTES, 400));
    }

    private void pass(int ticks) {
        for (int i = 0; i < ticks; i++) {
            frames++;
            call.tick();
        }
    }

    /** The room alone. */
    private void quietRoom(int ticks) {
        for (int i = 0; i < ticks; i++) {
            room.fill(pcm, 0, 160);
            sendPcm();
            pass(1);
        }
    }

    private void voice(int ticks) {
        for (int i = 0; i < ticks; i++) {
            Tone.fill(pcm, 0, 160, 700, 160L * frames);
            sendPcm();
            pass(1);
        }
    }

    private void muted(int ticks) {
        for (int i = 0; i < ticks; i++) {
            Arrays.fill(pcm, (short) 0);
            sendPcm();
            pass(1);
        }
    }

    private List<byte[]> described() {
        return call.onWire.stream().filter(p -> type(p) == CN).toList();
    }

    private static int type(byte[] packet) {
        return RtpHeader.payloadType(packet, 0);
    }

    private static int level(byte[] packet) {
        return packet[RtpHeader.FIXED_BYTES];
    }

    private static long timestamp(byte[] packet) {
        return RtpHeader.timestamp(packet, 0);
    }

    /** Numbers without a gap, timestamps by this clock and no other, and the marker where sound begins and nowhere else. */
    private void assertSteady(int packetUnits) {
        for (int i = 1; i < call.onWire.size(); i++) {
            byte[] before = call.onWire.get(i - 1);
            byte[] packet = call.onWire.get(i);
            assertEquals(1, RtpHeader.sequence(packet, 0) - RtpHeader.sequence(before, 0) & 0xffff, "at " + i);
            if (type(packet) == SimulatedCall.EVENT_TYPE) {
                continue;
            }
            long step = timestamp(packet) - timestamp(before) & 0xffff_ffffL;
            assertEquals(0, step % packetUnits, "step " + step + " at " + i);
            assertTrue(step > 0 && step <= 1_600, "step " + step + " at " + i);
            boolean begins = type(packet) != CN && type(before) != type(packet);
            assertEquals(begins, RtpHeader.marker(packet, 0), "marker at " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"PCMU, 20, 160", "PCMA, 20, 160", "G722, 20, 160", "PCMU, 10, 80", "PCMU, 30, 240", "PCMU, 60, 480"})
    void aMutedBrowserIsARoomWithoutAVoice(AudioCodec codec, int ptimeMillis, int units) {
        agree(codec, ptimeMillis);
        quietRoom(50);
        voice(50);
        call.onWire.clear();
        muted(200);
        voice(50);
        List<byte[]> described = described();
        assertTrue(described.size() >= 17 && described.size() <= 22, "described " + described.size() + " times");
        described.forEach(p -> assertEquals(ROOM, level(p), 4));
        assertSteady(units);
        assertEquals(codec.staticPayloadType(), type(call.onWire.getLast()));
        long pause = call.onWire.stream()
                .filter(p -> type(p) != CN && RtpHeader.marker(p, 0))
                .count();
        assertEquals(1, pause, "the voice begins once");
    }

    @Test
    void ourOwnDecoderHearsTheRoom() {
        agree(AudioCodec.PCMU, 20);
        quietRoom(50);
        voice(50);
        int from = call.onWire.size();
        muted(150);
        short[] heard = new short[150 * 160];
        try (WaitingRoom phone = new Workshop(SimulatedCall.opus()).waitingRoom(AudioCodec.PCMU, 8_000)) {
            long first = timestamp(call.onWire.get(from));
            int next = from;
            for (int i = 0; i < 150; i++) {
                long now = i * 20_000_000L;
                while (next < call.onWire.size() && timestamp(call.onWire.get(next)) - first <= 160L * i) {
                    byte[] packet = call.onWire.get(next++);
                    if (type(packet) == CN) {
                        phone.putNoise(packet, 0, packet.length, now);
                    } else {
                        phone.put(packet, 0, packet.length, now);
                    }
                }
                phone.read(heard, 160 * i, 160, now);
            }
            assertTrue(phone.resting(150 * 20_000_000L));
            assertEquals(0, phone.jitter().counts().lost());
        }
        assertEquals(ROOM, AudioLevel.dBov(heard, 60 * 160, 90 * 160), 4);
    }

    @Test
    void nobodyHeardYetIsSilenceAndSoundComesFirst() {
        call.onWire.clear();
        agree(AudioCodec.PCMU, 20);
        pass(50);
        assertEquals(
                List.of(0, 0, 0, 0, 0, 0, 0, 0, 0, CN, CN),
                call.onWire.stream().limit(11).map(DescribedSilenceTest::type).toList());
        described().forEach(p -> assertEquals(AudioLevel.SILENCE, level(p)));
    }

    @Test
    void aBrowserThatIsGoneIsARoomWithoutAVoice() {
        agree(AudioCodec.PCMU, 20);
        quietRoom(50);
        voice(20);
        call.onWire.clear();
        pass(500);
        assertTrue(described().size() >= 40 && call.onWire.size() <= 100, "of " + call.onWire.size());
        assertEquals(ROOM, level(call.onWire.getLast()), 4);
        assertSteady(160);
    }

    /** As Chromium does it: a frame that renews the noise and one that is empty, every 400 ms. */
    @Test
    void anOpusSendersOwnPauseIsOneForThePhoneToo() {
        agree(AudioCodec.PCMU, 20);
        quietRoom(50);
        voice(50);
        quietRoom(10);
        call.onWire.clear();
        for (int i = 0; i < 10; i++) {
            quietRoom(1);
            buf[RtpSender.HEADROOM_BYTES] = DTX_FRAME;
            send(1);
            pass(19);
        }
        int firstDescribed = IntStream.range(0, call.onWire.size())
                .filter(i -> type(call.onWire.get(i)) == CN)
                .findFirst()
                .orElseThrow();
        assertTrue(firstDescribed < 20, "after " + firstDescribed);
        List<byte[]> pause = call.onWire.subList(firstDescribed, call.onWire.size());
        assertTrue(pause.stream().allMatch(p -> type(p) == CN), "until it speaks again");
        assertEquals(
                ROOM,
                pause.stream().mapToInt(DescribedSilenceTest::level).average().orElseThrow(),
                6);
        voice(20);
        assertFalse(described().contains(call.onWire.getLast()));
        assertSteady(160);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void whoIsHeldHearsMusicOrTheRoom(boolean music, boolean described) throws Exception {
        Optional<WavFile> file = music
                ? Optional.of(WavFile.read(
                        Path.of(getClass().getResource("/it/speech.wav").toURI())))
                : Optional.empty();
        call.agree(audio(AudioCodec.PCMU, 20, true), trunk(ComfortNoiseMode.SEND, file));
        voice(50);
        call.towardsTrunk.browser(call.gateway.peer.media().orElseThrow().inactive());
        call.onWire.clear();
        pass(100);
        assertEquals(described, !described().isEmpty());
        assertSteady(160);
        call.towardsTrunk.browser(call.gateway.peer.media().orElseThrow());
        voice(30);
        assertEquals(0, type(call.onWire.getLast()));
        assertSteady(160);
    }

    @ParameterizedTest
    @CsvSource({"OFF, true", "ACCEPT, true", "SEND, false"})
    void silenceIsSentWhereTheTrunkOrItsSettingWantsNoOther(ComfortNoiseMode mode, boolean agreed) {
        call.agree(audio(AudioCodec.PCMU, 20, agreed), trunk(mode, Optional.empty()));
        call.onWire.clear();
        pass(100);
        assertEquals(100, call.onWire.size());
        assertEquals(List.of(), described());
    }

    @Test
    void aDigitInAPauseIsAllThere() {
        agree(AudioCodec.PCMU, 20);
        pass(100);
        call.onWire.clear();
        call.towardsTrunk.press("7", 100, call.nowNanos);
        pass(50);
        List<Integer> types =
                call.onWire.stream().map(DescribedSilenceTest::type).toList();
        int events = types.lastIndexOf(SimulatedCall.EVENT_TYPE) + 1;
        assertTrue(events >= 7, types.toString());
        assertEquals(
                List.of(SimulatedCall.EVENT_TYPE),
                types.subList(0, events).stream().distinct().toList());
        assertTrue(RtpHeader.marker(call.onWire.getFirst(), 0), "it begins with the marker");
        assertEquals(0, types.get(events), "sound follows it");
        assertTrue(RtpHeader.marker(call.onWire.get(events), 0));
        assertEquals(CN, types.getLast());
        assertEquals("7", call.digitsToPhone.toString());
        assertSteady(160);
    }

    @Test
    void aCodecThatHasItsOwnEndsIt() {
        agree(AudioCodec.PCMU, 20);
        pass(100);
        call.onWire.clear();
        call.agree(audio(AudioCodec.OPUS, 20, false), trunk(ComfortNoiseMode.SEND, Optional.empty()));
        pass(50);
        assertEquals(50, call.onWire.size());
        assertTrue(RtpHeader.marker(call.onWire.getFirst(), 0));
        assertEquals(List.of(), described());
        agree(AudioCodec.PCMA, 20);
        call.onWire.clear();
        pass(50);
        assertEquals(8, type(call.onWire.getFirst()), "sound comes first after each agreement");
        assertEquals(CN, type(call.onWire.getLast()));
    }
}
