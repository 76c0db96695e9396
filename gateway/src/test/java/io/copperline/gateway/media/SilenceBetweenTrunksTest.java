package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.audio.ComfortNoise;
import io.copperline.codecs.audio.G711;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.ComfortNoiseMode;
import io.copperline.sip.DtmfMode;
import io.copperline.sip.TrunkMedia;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A phone that describes its silence, and what another phone gets of it, in simulated time. */
class SilenceBetweenTrunksTest implements DigitListener {
    private static final int HEADER = RtpHeader.FIXED_BYTES;
    private static final int CN = NegotiatedAudio.COMFORT_NOISE_PAYLOAD_TYPE;
    private static final int LEVEL = 50;
    /** In a sender report (RFC 3550 section 6.4.1). */
    private static final int PACKETS_SENT = 20;

    private static final int OCTETS_SENT = 24;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<MediaTrouble> troubles = new ArrayList<>();
    private final MediaWatch watch = MediaWatch.ofTrunk((trouble, _) -> troubles.add(trouble));
    private final BetweenTrunks between = new BetweenTrunks(new Workshop(SimulatedCall.opus()), this, watch);
    private final List<byte[]> onWire = new ArrayList<>();
    private final List<byte[]> reports = new ArrayList<>();
    private final TrunkStream to = new TrunkStream(
            new KeptDoor(onWire),
            new KeptDoor(reports),
            true,
            new Drops<>(TrunkDrop.class),
            new Deaf(),
            new Random(1),
            0,
            0);
    private final byte[] packet = new byte[HEADER + 160];
    private final short[] pcm = new short[160];
    private long nowNanos = 5_000_000_000L;
    private int sequence = 100;
    private long timestamp = 9_000;

    private static NegotiatedAudio audio(boolean noise) {
        return new TrunkAudio()
                .at(SimulatedCall.CARRIER, SimulatedCall.CARRIER)
                .comfortNoise(noise)
                .agreed();
    }

    private void connect(boolean passThrough, boolean noise) {
        TrunkMedia habits = new TrunkMedia(
                ComfortNoiseMode.SEND, false, passThrough, Optional.empty(), Duration.ofMinutes(1), 20, false);
        between.from(audio(true), DtmfMode.AUTO);
        between.to(to, audio(noise), SimulatedCall.TRUNK.but().media(habits).build());
        to.agreed(audio(noise));
        between.open();
        watch.expecting(true, nowNanos);
    }

    private void tick() {
        nowNanos += TICK_NANOS;
        between.onTick(nowNanos);
        to.onTick(nowNanos);
        watch.check(0, 0, nowNanos);
        timestamp += 160;
    }

    private void header(int type) {
        RtpHeader.write(packet, 0, type, false, sequence++ & 0xffff, timestamp, 77);
    }

    private void speak(int packets) {
        for (int i = 0; i < packets; i++) {
            header(0);
            Tone.fill(pcm, 0, 160, 700, 160L * i);
            G711.encodeMu(pcm, 0, 160, packet, HEADER);
            between.onAudio(packet, 0, HEADER + 160, nowNanos);
            tick();
        }
    }

    private void rest(int ticks) {
        header(CN);
        between.onNoise(packet, 0, HEADER + ComfortNoise.write(LEVEL, packet, HEADER), nowNanos);
        for (int i = 0; i < ticks; i++) {
            tick();
        }
    }

    private static int type(byte[] of) {
        return RtpHeader.payloadType(of, 0);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void itIsDescribedToAPhoneThatTakesDescriptions(boolean passThrough) {
        connect(passThrough, true);
        speak(50);
        onWire.clear();
        rest(100);
        List<byte[]> described = onWire.stream().filter(p -> type(p) == CN).toList();
        assertTrue(described.size() >= 8, "described " + described.size() + " times");
        described.forEach(p -> assertEquals(LEVEL, p[HEADER], 2));
        speak(20);
        assertEquals(0, type(onWire.getLast()));
        assertSteady();
    }

    /** Timestamps go on, and each sound behind a description has the marker. */
    private void assertSteady() {
        for (int i = 1; i < onWire.size(); i++) {
            byte[] before = onWire.get(i - 1);
            byte[] now = onWire.get(i);
            long step = RtpHeader.timestamp(now, 0) - RtpHeader.timestamp(before, 0);
            assertTrue(step > 0 && step <= 1_600, "step " + step + " at " + i);
            assertEquals(1, RtpHeader.sequence(now, 0) - RtpHeader.sequence(before, 0) & 0xffff, "at " + i);
            if (type(before) == CN && type(now) != CN) {
                assertTrue(RtpHeader.marker(now, 0), "marker at " + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void itIsNoiseWithoutAGapToAPhoneThatTakesNone(boolean passThrough) {
        connect(passThrough, false);
        speak(50);
        int before = onWire.size();
        rest(100);
        assertEquals(100, onWire.size() - before);
        G711.decodeMu(onWire.getLast(), HEADER, 160, pcm, 0);
        assertEquals(LEVEL, AudioLevel.dBov(pcm, 0, 160), 3);
    }

    @Test
    void oneDescriptionIsEnoughForAWhile() {
        connect(false, true);
        speak(50);
        rest(500);
        assertTrue(between.resting(nowNanos), "no sound is due");
        assertEquals(List.of(), troubles);
        rest(3_200);
        assertFalse(between.resting(nowNanos), "by then it is not there");
        assertEquals(List.of(MediaTrouble.NO_AUDIO), troubles);
    }

    @Test
    void reportsCountDescriptionsAsTheyCountSound() {
        connect(false, true);
        speak(50);
        rest(0);
        while (reports.size() < 2) {
            tick();
        }
        ByteBuffer report = ByteBuffer.wrap(reports.getLast());
        assertTrue(onWire.stream().anyMatch(p -> type(p) == CN));
        assertEquals(onWire.size(), report.getInt(PACKETS_SENT));
        assertEquals(onWire.stream().mapToInt(p -> p.length - HEADER).sum(), report.getInt(OCTETS_SENT));
    }

    @Override
    public void digitToPhone(char digit, int durationMillis, DigitPath path) {}

    @Override
    public void digitForInfo(char digit, int durationMillis) {}

    @Override
    public void digitFromPhone(char digit, int durationMillis, DigitPath path) {}
}
