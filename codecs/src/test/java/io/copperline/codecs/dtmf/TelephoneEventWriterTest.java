package io.copperline.codecs.dtmf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelephoneEventWriterTest {
    private final byte[] out = new byte[16];

    private String next(TelephoneEventWriter writer) {
        assertEquals(4, writer.write(out, 12));
        return TelephoneEvent.event(out, 12)
                + (writer.marker() ? "M" : "")
                + (TelephoneEvent.end(out, 12) ? "E" : "")
                + "@" + writer.timestamp()
                + ":" + TelephoneEvent.duration(out, 12);
    }

    @Test
    void growsThenEndsThreeTimesWithTheExactLength() {
        var writer = new TelephoneEventWriter(8000, 20);
        writer.start(11, 4000);
        List<String> packets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            packets.add(next(writer));
        }
        writer.end(93);
        while (writer.active()) {
            packets.add(next(writer));
        }
        assertEquals(
                List.of(
                        "11M@4000:160",
                        "11@4000:320",
                        "11@4000:480",
                        "11@4000:640",
                        "11E@4000:744",
                        "11E@4000:744",
                        "11E@4000:744"),
                packets);
    }

    @Test
    void saysAgainWhatIsKnownWhileNothingElseIs() {
        var writer = new TelephoneEventWriter(8000, 20);
        writer.start(11, 4000);
        assertThrows(IllegalStateException.class, () -> writer.writeAgain(out, 12), "nothing was said yet");
        assertEquals("11M@4000:160", next(writer));
        assertEquals(4, writer.writeAgain(out, 12));
        assertFalse(writer.marker());
        assertEquals(4000, writer.timestamp());
        assertEquals(160, TelephoneEvent.duration(out, 12));
        assertEquals("11@4000:320", next(writer));
        writer.end(40);
        assertThrows(IllegalStateException.class, () -> writer.writeAgain(out, 12), "its length is known");
    }

    @Test
    void endedBeforeItsFirstPacketIsThreeEndsTheFirstMarked() {
        var writer = new TelephoneEventWriter(48_000, 20);
        writer.start(0, 96);
        writer.end(40);
        assertEquals("0ME@96:1920", next(writer));
        assertEquals("0E@96:1920", next(writer));
        assertEquals("0E@96:1920", next(writer));
        assertFalse(writer.active());
    }

    @Test
    void longPressIsSplitAtTheFullSegment() {
        var writer = new TelephoneEventWriter(48_000, 20);
        long ts = 0xFFFF_FFF0L;
        writer.start(5, ts);
        String last = "";
        for (int i = 0; i < 68; i++) {
            last = next(writer);
        }
        assertEquals("5@4294967280:65280", last);
        assertEquals("5@4294967280:65535", next(writer));
        long second = ts + 0xFFFF & 0xFFFF_FFFFL;
        assertEquals("5@" + second + ":" + (70 * 960 - 0xFFFF) + "", next(writer));
        writer.end(1500);
        assertEquals("5E@" + second + ":" + (72_000 - 0xFFFF), next(writer));
        next(writer);
        next(writer);
        assertFalse(writer.active());
    }

    @Test
    void endJustAcrossTheSeamSendsTheFullSegmentFirst() {
        var writer = new TelephoneEventWriter(48_000, 20);
        writer.start(5, 0);
        for (int i = 0; i < 68; i++) {
            next(writer);
        }
        writer.end(1370);
        assertEquals("5@0:65535", next(writer));
        assertEquals("5E@65535:" + (65_760 - 65_535), next(writer));
        next(writer);
        next(writer);
        assertFalse(writer.active());
    }

    @Test
    void readerHearsTheVeryLengthThatWasWritten() {
        var writer = new TelephoneEventWriter(48_000, 20);
        var reader = new TelephoneEventReader(48_000);
        var presses = new Presses();
        long now = 0;
        writer.start(14, 123_456);
        for (int i = 0; i < 500; i++) {
            writer.write(out, 12);
            reader.onPacket(out, 12, 4, writer.timestamp(), now += 20_000_000, presses);
        }
        writer.end(10_007);
        while (writer.active()) {
            writer.write(out, 12);
            reader.onPacket(out, 12, 4, writer.timestamp(), now += 20_000_000, presses);
        }
        assertEquals(List.of("C+", "C-10007"), presses.told);
    }

    @Test
    void misuseIsRefused() {
        var writer = new TelephoneEventWriter(8000, 20);
        assertThrows(IllegalStateException.class, () -> writer.write(out, 0));
        assertThrows(IllegalArgumentException.class, () -> writer.start(16, 0));
        writer.start(1, 0);
        assertTrue(writer.active());
        assertThrows(IllegalStateException.class, () -> writer.start(2, 0));
    }

    @Test
    void digitsAndEventsMatch() {
        for (int event = 0; event < 16; event++) {
            assertEquals(event, TelephoneEvent.event(TelephoneEvent.digit(event)));
        }
        assertEquals(12, TelephoneEvent.event('a'));
        assertEquals(-1, TelephoneEvent.event('E'));
        assertEquals(-1, TelephoneEvent.event('w'));
        assertThrows(IllegalArgumentException.class, () -> TelephoneEvent.digit(16));
    }
}
