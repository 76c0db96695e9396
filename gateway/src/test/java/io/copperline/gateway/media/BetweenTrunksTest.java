package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.audio.G711;
import io.copperline.codecs.audio.ToneGenerator;
import io.copperline.codecs.audio.WavFile;
import io.copperline.codecs.dtmf.TelephoneEventWriter;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.ComfortNoiseMode;
import io.copperline.sip.DtmfMode;
import io.copperline.sip.TrunkMedia;
import io.copperline.sip.TrunkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sound of one trunk on its way to another, in simulated time. */
class BetweenTrunksTest implements DigitListener {
    private static final int HEADER = RtpHeader.FIXED_BYTES;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Workshop workshop = new Workshop(SimulatedCall.opus());
    private final MediaWatch watch = MediaWatch.ofTrunk((_, _) -> {});
    private final BetweenTrunks between = new BetweenTrunks(workshop, this, watch);
    private final List<byte[]> onWire = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final TrunkStream to = new TrunkStream(
            new KeptDoor(onWire),
            new KeptDoor(onWire),
            true,
            new Drops<>(TrunkDrop.class),
            new Deaf(),
            new Random(1),
            0,
            0);
    private final byte[] packet = new byte[HEADER + 400];
    private final short[] pcm = new short[160];
    private long nowNanos = 5_000_000_000L;
    private int sequence = 100;
    private long timestamp = 9_000;

    private static NegotiatedAudio audio(AudioCodec codec, int ptimeMillis, int eventType, MediaDirection direction) {
        return new TrunkAudio()
                .of(codec)
                .ptime(ptimeMillis)
                .events(eventType, 8_000)
                .direction(direction)
                .agreed();
    }

    private static NegotiatedAudio audio(AudioCodec codec, int ptimeMillis) {
        return audio(codec, ptimeMillis, 101, MediaDirection.SENDRECV);
    }

    private void to(NegotiatedAudio audio, TrunkSettings settings) {
        between.to(to, audio, settings);
        to.agreed(audio);
    }

    private void tick() {
        nowNanos += TICK_NANOS;
        between.onTick(nowNanos);
        to.onTick(nowNanos);
    }

    private int header(int type) {
        RtpHeader.write(packet, 0, type, false, sequence++ & 0xffff, timestamp, 77);
        return HEADER;
    }

    /** A packet of a tone, in PCMU. */
    private void hum(int i) {
        Tone.fill(pcm, 0, 160, 700, 160L * i);
        G711.encodeMu(pcm, 0, 160, packet, header(0));
        timestamp += 160;
        between.onAudio(packet, 0, HEADER + 160, nowNanos);
        tick();
    }

    private List<byte[]> rtp(int type) {
        return onWire.stream().filter(p -> RtpHeader.payloadType(p, 0) == type).toList();
    }

    /** What the other phone hears at 8 kHz. */
    private short[] heard(NegotiatedAudio audio) {
        short[] all = new short[8_000];
        try (WaitingRoom room = workshop.waitingRoom(audio.codec(), Workshop.NARROW_HZ)) {
            List<byte[]> packets = rtp(audio.sendPayloadType());
            for (int i = 0; i < all.length / 160; i++) {
                long now = i * TICK_NANOS;
                int behind = i;
                int each = audio.ptimeMillis() / 20;
                if (behind % each == 0 && behind / each < packets.size()) {
                    byte[] one = packets.get(behind / each);
                    room.put(one, 0, one.length, now);
                }
                room.read(all, i * 160, 160, now);
            }
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"PCMU, 20", "PCMA, 20", "PCMA, 40", "G722, 20", "OPUS, 20"})
    void soundComesThroughWhateverTheCodecs(AudioCodec codec, int ptimeMillis) {
        NegotiatedAudio agreed = audio(codec, ptimeMillis);
        between.from(audio(AudioCodec.PCMU, 20), DtmfMode.AUTO);
        to(agreed, SimulatedCall.TRUNK);
        between.open();
        for (int i = 0; i < 60; i++) {
            hum(i);
        }
        short[] heard = heard(agreed);
        assertTrue(Tone.share(heard, 4_000, 2_000, 700) > 0.9, "share " + Tone.share(heard, 4_000, 2_000, 700));
        List<byte[]> packets = rtp(agreed.sendPayloadType());
        for (int i = 1; i < packets.size(); i++) {
            long step = RtpHeader.timestamp(packets.get(i), 0) - RtpHeader.timestamp(packets.get(i - 1), 0);
            assertEquals(ptimeMillis * codec.clockRateHz() / 1_000, step & 0xffff_ffffL);
        }
    }

    @Test
    void nothingIsSaidUntilItMayBeHeard() {
        between.from(audio(AudioCodec.PCMU, 20), DtmfMode.AUTO);
        to(audio(AudioCodec.PCMA, 20), SimulatedCall.TRUNK);
        hum(0);
        assertEquals(List.of(), onWire);
        between.open();
        hum(1);
        assertEquals(1, onWire.size());
        assertTrue(RtpHeader.marker(onWire.getFirst(), 0));
    }

    @Test
    void silenceIsSaidUntilSomethingComes() {
        to(audio(AudioCodec.PCMU, 20), SimulatedCall.TRUNK);
        between.open();
        tick();
        tick();
        assertEquals(2, rtp(0).size());
    }

    @Test
    void packetsOfOneCodecPassUntouchedWhereTheTrunkLetsThem() {
        between.from(audio(AudioCodec.PCMU, 20), DtmfMode.AUTO);
        to(
                audio(AudioCodec.PCMU, 20),
                SimulatedCall.TRUNK
                        .but()
                        .media(new TrunkMedia(
                                ComfortNoiseMode.OFF, false, true, Optional.empty(), Duration.ZERO, 20, false))
                        .build());
        between.open();
        for (int i = 0; i < 20; i++) {
            hum(i);
        }
        byte[] last = Arrays.copyOfRange(packet, HEADER, HEADER + 160);
        assertArrayEquals(last, Arrays.copyOfRange(onWire.getLast(), HEADER, HEADER + 160));
        assertEquals(20, onWire.size());
    }

    private void key(int event) {
        TelephoneEventWriter writer = new TelephoneEventWriter(8_000, 20);
        writer.start(event, timestamp);
        timestamp += 8_000;
        for (int i = 0; i < 3 || writer.active(); i++) {
            if (i == 3) {
                writer.end(80);
            }
            int len = writer.write(packet, HEADER);
            RtpHeader.write(packet, 0, 101, writer.marker(), sequence++ & 0xffff, writer.timestamp(), 77);
            between.onDigit(packet, 0, HEADER + len, nowNanos);
            tick();
        }
        for (int i = 0; i < 20; i++) {
            tick();
        }
    }

    @Test
    void keysGoOnAsEventsAsInfoOrAsTones() {
        between.from(audio(AudioCodec.PCMU, 20), DtmfMode.AUTO);
        between.open();
        to(audio(AudioCodec.PCMA, 20), SimulatedCall.TRUNK);
        key(5);
        assertTrue(rtp(101).size() >= 5, "events: " + rtp(101).size());
        NegotiatedAudio bare = audio(AudioCodec.PCMA, 20, -1, MediaDirection.SENDRECV);
        to(bare, SimulatedCall.TRUNK);
        key(6);
        assertTrue(between.infoRefused('6', 80));
        key(8);
        to(bare, SimulatedCall.TRUNK.but().dtmf(DtmfMode.INBAND).build());
        key(7);
        assertEquals(List.of("5 RFC4733", "info 6", "6 INBAND", "8 INBAND", "7 INBAND"), keys);
    }

    /** A key in the sound, and a pause. */
    private void tone(int event, int millis) {
        ToneGenerator tones = new ToneGenerator(8_000);
        tones.start(event, millis);
        for (int i = 0; i < millis / 20 + 10; i++) {
            tones.fill(pcm, 0, 160);
            G711.encodeMu(pcm, 0, 160, packet, header(0));
            timestamp += 160;
            between.onAudio(packet, 0, HEADER + 160, nowNanos);
            tick();
        }
    }

    private static final NegotiatedAudio NO_EVENTS = audio(AudioCodec.PCMU, 20, -1, MediaDirection.SENDRECV);

    /** How much of a key's tone the other phone hears, in packets. */
    private long heardTones() {
        short[] one = new short[160];
        return rtp(0).stream()
                .filter(said -> {
                    G711.decodeMu(said, HEADER, 160, one, 0);
                    return AudioLevel.dBov(one, 0, 160) < 30;
                })
                .count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tonesBecomeEventsWhereTheOneTrunkHasNothingElse(boolean passThrough) {
        between.from(NO_EVENTS, DtmfMode.AUTO);
        TrunkMedia habits =
                new TrunkMedia(ComfortNoiseMode.OFF, false, passThrough, Optional.empty(), Duration.ZERO, 20, false);
        to(audio(AudioCodec.PCMU, 20), SimulatedCall.TRUNK.but().media(habits).build());
        between.open();
        tone(5, 100);
        tone(11, 200);
        assertEquals(List.of("5 RFC4733", "# RFC4733"), keys);
        assertTrue(heardTones() <= 4, "of each the beginning, before it is known: " + heardTones());
        between.press('#', 200, nowNanos);
        tone(6, 100);
        assertEquals(2, keys.size(), "the carrier sends INFO, too, of which that was the first");
        assertTrue(heardTones() >= 4, "and its tones stay");
    }

    @Test
    void tonesStayTonesWhereBothHaveEventsOrNeitherHas() {
        between.open();
        between.from(audio(AudioCodec.PCMU, 20), DtmfMode.AUTO);
        to(audio(AudioCodec.PCMU, 20), SimulatedCall.TRUNK);
        tone(5, 100);
        between.from(NO_EVENTS, DtmfMode.AUTO);
        to(NO_EVENTS, SimulatedCall.TRUNK);
        tone(5, 100);
        between.from(NO_EVENTS, DtmfMode.INFO);
        to(audio(AudioCodec.PCMU, 20), SimulatedCall.TRUNK);
        tone(5, 100);
        assertEquals(List.of(), keys);
        assertTrue(heardTones() >= 12, "heard " + heardTones());
    }

    @Test
    void aKeyByInfoGoesOnInTheOtherTrunksWay() {
        between.from(audio(AudioCodec.PCMU, 20), DtmfMode.AUTO);
        between.open();
        to(audio(AudioCodec.PCMA, 20), SimulatedCall.TRUNK);
        between.press('9', 100, nowNanos);
        for (int i = 0; i < 20; i++) {
            tick();
        }
        assertEquals(List.of("9 RFC4733"), keys);
    }

    @Test
    void whoIsHeldInSilenceHearsTheMusicOfHisTrunk() throws Exception {
        WavFile music =
                WavFile.read(Path.of(getClass().getResource("/it/speech.wav").toURI()));
        between.from(audio(AudioCodec.PCMU, 20, 101, MediaDirection.INACTIVE), DtmfMode.AUTO);
        to(
                audio(AudioCodec.PCMU, 20),
                SimulatedCall.TRUNK
                        .but()
                        .media(new TrunkMedia(
                                ComfortNoiseMode.OFF, false, false, Optional.of(music), Duration.ZERO, 20, false))
                        .build());
        between.open();
        int loudest = AudioLevel.SILENCE;
        for (int i = 0; i < 100; i++) {
            tick();
            byte[] said = onWire.getLast();
            G711.decodeMu(said, HEADER, 160, pcm, 0);
            loudest = Math.min(loudest, AudioLevel.dBov(pcm, 0, 160));
        }
        assertTrue(loudest < 40, "loudest -" + loudest + " dBov");
    }

    @Override
    public void digitToPhone(char digit, int durationMillis, DigitPath path) {
        keys.add(digit + " " + path);
    }

    @Override
    public void digitForInfo(char digit, int durationMillis) {
        keys.add("info " + digit);
    }

    @Override
    public void digitFromPhone(char digit, int durationMillis, DigitPath path) {
        throw new AssertionError("nobody listens here");
    }
}
