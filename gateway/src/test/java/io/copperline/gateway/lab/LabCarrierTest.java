package io.copperline.gateway.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.G711;
import io.copperline.codecs.dtmf.TelephoneEventReader;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.SrtpPolicy;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipTransport;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lab's own numbers, called over real sockets on loopback. */
class LabCarrierTest {
    private static final Duration SOON = Duration.ofMillis(120);
    /** Long enough to be seen on a busy machine. */
    private static final Duration EARLY = Duration.ofSeconds(2);

    private static final LabTimings QUICK =
            new LabTimings(EARLY, SOON, SOON, SOON, SOON, Duration.ofMinutes(1), Duration.ofMinutes(1));

    /** Of PCMU. */
    private static final int SILENCE = 0xFF;

    private static final int MOST_PACKETS = 500;

    private Pbx pbx;
    private RtpPhone phone;
    private final Story story = new Story();

    @BeforeEach
    void start() throws Exception {
        pbx = new Pbx(QUICK, SipTransport.UDP, 0, 0, 10);
        phone = new RtpPhone();
    }

    @AfterEach
    void stop() {
        phone.close();
        pbx.close();
    }

    private SipLeg call(String to) {
        return pbx.call(to, Pbx.ALICE, phone.local(AudioCodec.PCMU, AudioCodec.PCMA), story);
    }

    private void hangUp(SipLeg leg) throws Exception {
        pbx.tell(leg, it -> it.hangUp(16));
        story.await("ended LOCAL");
        pbx.awaitNothingLeft();
    }

    @Test
    void echoesWhatItHearsOnItsOwnTimeLine() throws Exception {
        SipLeg leg = call("+12025550100");
        story.await("ringing");
        story.await("answered");
        byte[] sound = new byte[12 * 160];
        Random random = new Random(7);
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (byte) random.nextInt(0x80, SILENCE);
        }
        for (int off = 0; off < sound.length; off += 160) {
            phone.send(story.audio, Arrays.copyOfRange(sound, off, off + 160));
        }
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        byte[] first = phone.next();
        assertTrue(RtpHeader.marker(first, 0), "the first packet is marked");
        byte[] before = first;
        for (int i = 0; i < MOST_PACKETS && heard.size() < sound.length; i++) {
            byte[] packet = phone.next();
            assertEquals(172, packet.length);
            assertEquals(RtpHeader.sequence(before, 0) + 1 & 0xFFFF, RtpHeader.sequence(packet, 0));
            assertEquals(RtpHeader.timestamp(before, 0) + 160 & 0xFFFF_FFFFL, RtpHeader.timestamp(packet, 0));
            assertEquals(RtpHeader.ssrc(first, 0), RtpHeader.ssrc(packet, 0));
            assertFalse(RtpHeader.marker(packet, 0));
            // Who is held up between two packets is heard with silence between them.
            for (int at = 12; at < packet.length; at++) {
                if ((packet[at] & 0xFF) != SILENCE) {
                    heard.write(packet[at]);
                }
            }
            before = packet;
        }
        assertArrayEquals(sound, heard.toByteArray(), "what comes back is what went in");
        hangUp(leg);
    }

    @Test
    void echoesInTheCallersFirstCodec() throws Exception {
        SipLeg leg = pbx.call("12025550100", Pbx.ALICE, phone.local(AudioCodec.PCMA, AudioCodec.PCMU), story);
        story.await("answered");
        assertEquals(AudioCodec.PCMA, story.audio.codec());
        assertEquals(8, RtpHeader.payloadType(phone.next(), 0));
        hangUp(leg);
    }

    @Test
    void readsDigitsBackWithTheirLengths() throws Exception {
        SipLeg leg = call("+12025550101");
        story.await("answered");
        phone.press(story.audio, 5, 120);
        phone.press(story.audio, 11, 60);
        List<String> digits = new ArrayList<>();
        List<Long> timestamps = new ArrayList<>();
        TelephoneEventReader reader = new TelephoneEventReader(8_000);
        for (int i = 0; i < MOST_PACKETS && digits.size() < 2; i++) {
            byte[] packet = phone.next();
            if (RtpHeader.payloadType(packet, 0) == RtpPhone.EVENTS) {
                timestamps.add(RtpHeader.timestamp(packet, 0));
                reader.onPacket(packet, 12, 4, RtpHeader.timestamp(packet, 0), 0, digitsTo(digits));
            }
        }
        assertEquals(List.of("5 120", "11 60"), digits);
        assertEquals(2, timestamps.stream().distinct().count());
        hangUp(leg);
    }

    @Test
    void readsDigitsBackThatComeAsInfo() throws Exception {
        var local = phone.local(AudioCodec.PCMU);
        var plain = new LocalAudio(local.rtp(), local.rtcpPort(), local.codecs(), false, 20, SrtpPolicy.OFF);
        SipLeg leg = pbx.call("+12025550101", Pbx.ALICE, plain, story);
        story.await("answered");
        pbx.tell(leg, it -> it.sendInfoDtmf('#', 150));
        story.await("dtmf # 150");
        hangUp(leg);
    }

    @Test
    void playsSpeech() throws Exception {
        SipLeg leg = call("+12025550102");
        story.await("answered");
        Sound clip = Speech.load().play();
        short[] expected = new short[160];
        byte[] coded = new byte[160];
        double energy = 0;
        int level = 0;
        clip.fill(expected, 160);
        // Speech runs from the start of the call; the answer may have cut off its first packets.
        byte[] packet = phone.next();
        for (int i = 0; i < MOST_PACKETS && !equals(packet, code(expected, coded)); i++) {
            clip.fill(expected, 160);
        }
        for (int i = 0; i < 25; i++) {
            assertArrayEquals(code(expected, coded), Arrays.copyOfRange(packet, 12, 172));
            level = Math.max(level, Math.abs(expected[80]));
            energy += level;
            packet = phone.next();
            clip.fill(expected, 160);
        }
        assertTrue(energy > 0);
        hangUp(leg);
    }

    @Test
    void isBusyAndDeclines() throws Exception {
        call("+12025550103");
        story.await("ended REMOTE REJECTED 486");
        assertEquals(17, story.end.q850());
        Story second = new Story();
        pbx.call("+12025550108", Pbx.ALICE, phone.local(AudioCodec.PCMU), second);
        second.await("ended REMOTE REJECTED 603");
        pbx.awaitNothingLeft();
    }

    @Test
    void ringsUntilTheCallerGivesUp() throws Exception {
        SipLeg leg = call("+12025550104");
        story.await("ringing");
        assertEquals(1, pbx.lab.calls());
        pbx.tell(leg, it -> it.hangUp(0));
        story.await("ended LOCAL CANCELLED");
        pbx.awaitNothingLeft();
        assertEquals(0, phone.waiting());
    }

    @Test
    void playsBeforeItAnswers() throws Exception {
        SipLeg leg = call("+12025550105");
        story.await("early PCMU SENDRECV");
        byte[] early = phone.next();
        assertEquals(0, RtpHeader.payloadType(early, 0));
        assertFalse(story.has("answered"), "2 s are not over");
        story.await("answered");
        phone.forget();
        assertEquals(RtpHeader.ssrc(early, 0), RtpHeader.ssrc(phone.next(), 0));
        hangUp(leg);
    }

    @Test
    void holdsAndResumes() throws Exception {
        SipLeg leg = call("+12025550107");
        story.await("answered");
        story.await("audio PCMU RECVONLY");
        phone.forget();
        phone.next();
        story.await("audio PCMU SENDRECV");
        hangUp(leg);
    }

    @Test
    void hangsUp() throws Exception {
        call("+12025550109");
        story.await("answered");
        story.await("ended REMOTE HANGUP");
        pbx.awaitNothingLeft();
    }

    @Test
    void callsTheCallerBack() throws Exception {
        SipLeg leg = call("+12025550106");
        story.await("answered");
        pbx.tell(leg, it -> it.hangUp(16));
        var back = pbx.nextCall();
        assertEquals(Pbx.ALICE, back.to());
        assertEquals("+12025550106", back.from());
        assertEquals(1, pbx.lab.calls());
        Story second = new Story();
        try (RtpPhone other = new RtpPhone()) {
            SipLeg answered = pbx.take(back, other.local(AudioCodec.PCMU), second);
            pbx.tell(answered, SipLeg::answer);
            second.await("answered");
            other.next();
            pbx.tell(answered, it -> it.hangUp(16));
            second.await("ended LOCAL HANGUP");
        }
        pbx.awaitNothingLeft();
    }

    @Test
    void doesNotCallItselfBack() throws Exception {
        SipLeg leg = pbx.call("+12025550106", "+12025550100", phone.local(AudioCodec.PCMU), story);
        story.await("answered");
        hangUp(leg);
        assertEquals(0, pbx.lab.calls());
    }

    @Test
    void countsJunkAndGoesOn() throws Exception {
        SipLeg leg = call("+12025550100");
        story.await("answered");
        phone.sendRaw(story.audio, new byte[0]);
        phone.sendRaw(story.audio, new byte[] {(byte) 0x80, 0, 0});
        byte[] stranger = new byte[172];
        RtpHeader.write(stranger, 0, 77, false, 1, 1, 1);
        phone.sendRaw(story.audio, stranger);
        byte[] huge = new byte[1900];
        RtpHeader.write(huge, 0, 0, false, 1, 1, 1);
        phone.sendRaw(story.audio, huge);
        long deadline = System.nanoTime() + Duration.ofSeconds(8).toNanos();
        while (pbx.lab.drops().get(LabDrop.MALFORMED) < 3 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(3, pbx.lab.drops().get(LabDrop.MALFORMED));
        assertEquals(1, pbx.lab.drops().get(LabDrop.UNEXPECTED));
        phone.forget();
        phone.next();
        hangUp(leg);
    }

    private static TelephoneEventReader.Sink digitsTo(List<String> digits) {
        return new TelephoneEventReader.Sink() {
            @Override
            public void started(int event, long nowNanos) {}

            @Override
            public void ended(int event, int durationMillis) {
                digits.add(event + " " + durationMillis);
            }
        };
    }

    private static byte[] code(short[] pcm, byte[] into) {
        G711.encodeMu(pcm, 0, 160, into, 0);
        return into;
    }

    private static boolean equals(byte[] packet, byte[] payload) {
        return Arrays.equals(packet, 12, 172, payload, 0, 160);
    }
}
