package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.audio.ComfortNoise;
import io.copperline.codecs.audio.G711;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.ComfortNoiseMode;
import io.copperline.sip.TrunkMedia;
import io.copperline.webrtc.RtpSender;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A browser with G.711 that describes its silence (RFC 7874 section 3), in simulated time. */
class SilentBrowserTest {
    private static final int CN = NegotiatedAudio.COMFORT_NOISE_PAYLOAD_TYPE;
    private static final int LEVEL = 52;

    private final short[] pcm = new short[160];
    private final byte[] buf = new byte[400];
    private SimulatedCall call;
    private long timestamp;

    @BeforeEach
    void connect() throws Exception {
        call = new SimulatedCall(8, 0, AudioCodec.PCMU, UnaryOperator.identity());
        call.connect();
        call.watch.expecting(true, call.nowNanos);
    }

    private void agree(boolean passThrough, boolean noise) {
        NegotiatedAudio audio = new TrunkAudio().comfortNoise(noise).agreed();
        TrunkMedia habits = new TrunkMedia(
                ComfortNoiseMode.SEND, false, passThrough, Optional.empty(), Duration.ofMinutes(1), 20, false);
        call.agree(audio, SimulatedCall.TRUNK.but().media(habits).build());
    }

    private void send(int type, int len) {
        call.browser
                .peer
                .sender()
                .send(buf, RtpSender.HEADROOM_BYTES, len, type, timestamp, false, LEVEL, call.nowNanos, call.browser);
    }

    private void tick() {
        call.tick();
        call.watch.check(0, 0, call.nowNanos);
        timestamp += 160;
    }

    private void speak(int packets) {
        for (int i = 0; i < packets; i++) {
            Tone.fill(pcm, 0, 160, 700, timestamp);
            G711.encodeMu(pcm, 0, 160, buf, RtpSender.HEADROOM_BYTES);
            send(0, 160);
            tick();
        }
    }

    private void rest(int ticks) {
        send(CN, ComfortNoise.write(LEVEL, buf, RtpSender.HEADROOM_BYTES));
        for (int i = 0; i < ticks; i++) {
            tick();
        }
    }

    private static int type(byte[] packet) {
        return RtpHeader.payloadType(packet, 0);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aPhoneThatTakesNoDescriptionHearsTheNoise(boolean passThrough) {
        agree(passThrough, false);
        speak(50);
        int before = call.onWire.size();
        rest(100);
        assertTrue(call.onWire.size() - before >= 98, "of " + (call.onWire.size() - before));
        assertEquals(0, type(call.onWire.getLast()));
        G711.decodeMu(call.onWire.getLast(), RtpHeader.FIXED_BYTES, 160, pcm, 0);
        assertEquals(LEVEL, AudioLevel.dBov(pcm, 0, 160), 3);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aPhoneThatTakesDescriptionsGetsThem(boolean passThrough) {
        agree(passThrough, true);
        speak(50);
        call.onWire.clear();
        rest(100);
        List<byte[]> described = call.onWire.stream().filter(p -> type(p) == CN).toList();
        assertTrue(described.size() >= 8, "described " + described.size() + " times");
        described.forEach(p -> assertEquals(LEVEL, p[RtpHeader.FIXED_BYTES], 2));
        speak(20);
        assertEquals(0, type(call.onWire.getLast()));
        for (int i = 1; i < call.onWire.size(); i++) {
            byte[] packet = call.onWire.get(i);
            byte[] last = call.onWire.get(i - 1);
            long step = RtpHeader.timestamp(packet, 0) - RtpHeader.timestamp(last, 0);
            assertTrue(step > 0 && step <= 1_600, "step " + step + " at " + i);
            assertTrue(type(last) != CN || type(packet) == CN || RtpHeader.marker(packet, 0), "marker at " + i);
        }
    }

    @Test
    void oneDescriptionIsEnoughForAWhile() {
        agree(false, true);
        speak(50);
        rest(1_000);
        assertTrue(call.towardsTrunk.resting(call.nowNanos), "no sound is due");
        assertEquals(List.of(), call.troubles);
        rest(3_200);
        assertEquals(List.of(MediaTrouble.NO_AUDIO), call.troubles, "by then it is not there");
    }
}
