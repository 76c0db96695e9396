package io.copperline.gateway.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.Cadence;
import io.copperline.codecs.audio.ToneGenerator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a phone hears of what another one plays, packet by packet and without a socket. */
class TonePhoneTest {
    private static final int EVENT = 101;
    private static final int HEADER = RtpDoor.RTP_HEADER_BYTES;

    private static byte[] packet(int type, int timestamp) {
        byte[] bytes = new byte[RtpDoor.LARGEST];
        bytes[0] = (byte) 0x80;
        bytes[1] = (byte) type;
        for (int i = 0; i < 4; i++) {
            bytes[4 + i] = (byte) (timestamp >> 24 - 8 * i);
        }
        return bytes;
    }

    @ParameterizedTest
    @EnumSource(AudioCodec.class)
    void aToneIsHeardAsSoundAndAsOurs(AudioCodec codec) {
        Voice voice = Voice.of(codec);
        Hearing hearing = new Hearing(voice, EVENT);
        ToneGenerator tone = new ToneGenerator(voice.rateHz());
        tone.start(Cadence.TEST_TONE);
        short[] pcm = new short[voice.rateHz() / Voice.PACKETS_A_SECOND];
        for (int i = 0; i < 100; i++) {
            tone.fill(pcm, 0, pcm.length);
            byte[] packet = packet(0, 160 * i);
            hearing.onPacket(packet, HEADER + voice.encode(pcm, packet, HEADER));
        }
        voice.close();
        Heard heard = hearing.heard();
        assertEquals(100, heard.packets());
        assertTrue(Math.abs(heard.soundMillis() - 1_000) <= 100, heard::toString);
        assertTrue(Math.abs(heard.toneMillis() - 1_000) <= 100, heard::toString);
        assertEquals("", heard.digits());
    }

    @Test
    void keysAreTelephoneEventsOfThreeEndsAtOneTimestamp() {
        Keypad keys = new Keypad(160);
        keys.press("5#", false);
        Hearing hearing = new Hearing(Voice.of(AudioCodec.PCMU), EVENT);
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            keys.tone();
            byte[] packet = packet(EVENT, 0);
            int length = keys.write(packet, HEADER, 160 * i);
            if (length > 0) {
                byte[] event = packet(EVENT, keys.timestamp());
                System.arraycopy(packet, HEADER, event, HEADER, length);
                hearing.onPacket(event, HEADER + length);
                written.add((packet[HEADER + 1] < 0 ? "end" : "")
                        + ((packet[HEADER + 2] & 0xff) << 8 | packet[HEADER + 3] & 0xff));
            }
        }
        assertEquals("5#", hearing.heard().digits());
        assertEquals(List.of("160", "320", "480", "640", "800", "end800", "end800", "end800"), written.subList(0, 8));
        assertEquals(16, written.size());
    }

    @Test
    void keysAreTonesWhereThereIsNoTelephoneEvent() {
        Voice voice = Voice.of(AudioCodec.PCMA);
        Keypad keys = new Keypad(160);
        keys.press("42", true);
        Hearing hearing = new Hearing(voice, -1);
        ToneGenerator tone = new ToneGenerator(8_000);
        short[] pcm = new short[160];
        for (int i = 0; i < 40; i++) {
            keys.tone().ifPresent(event -> tone.start(event, Keypad.PRESS_MILLIS));
            byte[] packet = packet(8, 160 * i);
            assertEquals(0, keys.write(packet, HEADER, 160 * i));
            tone.fill(pcm, 0, 160);
            hearing.onPacket(packet, HEADER + voice.encode(pcm, packet, HEADER));
        }
        assertEquals("42", hearing.heard().digits());
        assertTrue(hearing.heard().soundMillis() >= 200, hearing.heard()::toString);
    }

    @Test
    void whatIsNoPacketIsNotHeard() {
        Voice voice = Voice.of(AudioCodec.OPUS);
        Hearing hearing = new Hearing(voice, EVENT);
        byte[] header = packet(0, 0);
        hearing.onPacket(header, HEADER);
        header[0] = (byte) 0x9f; // sources and an extension, beyond the end
        hearing.onPacket(header, HEADER + 4);
        byte[] event = packet(EVENT, 1);
        event[HEADER] = 99;
        hearing.onPacket(event, HEADER + 4);
        hearing.onPacket(packet(EVENT, 2), HEADER + 1);
        voice.close();
        assertEquals("", hearing.heard().digits());
        assertEquals(0, hearing.heard().soundMillis());
    }
}
