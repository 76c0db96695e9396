package io.copperline.codecs.dtmf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TelephoneEventReaderTest {
    private static final long MILLI = 1_000_000L;
    private final Presses presses = new Presses();
    private TelephoneEventReader reader = new TelephoneEventReader(8000);
    private long now = 5_000_000_000L;

    private void packet(int event, long ts, int duration, boolean end) {
        byte[] buf = new byte[20];
        TelephoneEvent.write(buf, 12, event, end, duration);
        reader.onPacket(buf, 12, 4, ts, now, presses);
    }

    private void pass(int millis) {
        for (int i = 0; i < millis; i += 5) {
            now += 5 * MILLI;
            reader.onTime(now, presses);
        }
    }

    private void press(int event, long ts, int packets) {
        for (int i = 1; i <= packets; i++) {
            packet(event, ts, i * 160, false);
            pass(20);
        }
        for (int i = 0; i < 3; i++) {
            packet(event, ts, (packets + 1) * 160, true);
        }
    }

    @Test
    void onePressIsOneStartAndOneEnd() {
        press(5, 1000, 4);
        assertEquals(List.of("5+", "5-100"), presses.told);
        assertEquals(2, reader.drops(TelephoneEventDrop.REPEATED));
    }

    @Test
    void letterKeysAreRead() {
        for (int event = 10; event < 16; event++) {
            press(event, event * 2000L, 2);
            pass(100);
        }
        assertEquals("*#ABCD", presses.digits.toString());
    }

    @Test
    void sameDigitTwiceIsTwoPresses() {
        press(7, 1000, 3);
        pass(60);
        press(7, 3000, 3);
        assertEquals("77", presses.digits.toString());
    }

    @Test
    void onlyEndPacketsStillMakeAPress() {
        packet(9, 500, 1600, true);
        packet(9, 500, 1600, true);
        assertEquals(List.of("9+", "9-200"), presses.told);
    }

    @Test
    void lastOfThreeEndPacketsIsEnough() {
        packet(1, 500, 160, false);
        pass(60);
        packet(1, 500, 800, true);
        assertEquals(List.of("1+", "1-100"), presses.told);
    }

    @Test
    void lostEndIsEndedByTimeOutWithTheKnownDuration() {
        packet(3, 500, 160, false);
        pass(20);
        packet(3, 500, 320, false);
        pass(120);
        assertTrue(reader.active());
        pass(15);
        assertFalse(reader.active());
        assertEquals(List.of("3+", "3-40"), presses.told);
    }

    @Test
    void packetsAfterTheTimeOutDoNotSplitThePress() {
        packet(3, 500, 160, false);
        pass(200);
        packet(3, 500, 1760, false);
        packet(3, 500, 1920, true);
        assertEquals(List.of("3+", "3-20"), presses.told);
        assertEquals(2, reader.drops(TelephoneEventDrop.REPEATED));
    }

    @Test
    void nextPressEndsTheOneWhoseEndWasLost() {
        packet(3, 500, 480, false);
        pass(80);
        packet(4, 1500, 160, false);
        assertEquals(List.of("3+", "3-60", "4+"), presses.told);
    }

    @Test
    void reorderedPacketsOfAnOlderPressAreDropped() {
        press(3, 500, 3);
        pass(40);
        packet(4, 1500, 160, false);
        packet(3, 500, 320, false);
        packet(3, 500, 640, true);
        packet(4, 1500, 480, true);
        assertEquals(List.of("3+", "3-80", "4+", "4-60"), presses.told);
        assertEquals(2, reader.drops(TelephoneEventDrop.LATE));
    }

    @Test
    void reorderedUpdateDoesNotShortenThePress() {
        packet(3, 500, 640, false);
        packet(3, 500, 160, false);
        pass(150);
        assertEquals(List.of("3+", "3-80"), presses.told);
    }

    @Test
    void wrappedTimestampsAreOrdered() {
        press(1, 0xFFFF_FF00L, 3);
        pass(60);
        press(2, 0x0000_0800L, 3);
        packet(1, 0xFFFF_FF00L, 640, true);
        assertEquals("12", presses.digits.toString());
    }

    @Test
    void restartedTimestampsAreANewPress() {
        press(1, 3_000_000_000L, 3);
        pass(1000);
        press(1, 2_000_000_000L, 3);
        assertEquals("11", presses.digits.toString());
    }

    @Test
    void segmentsOfALongPressAreJoined() {
        long ts = 700;
        for (int units = 160; units <= 65_440; units += 160) {
            packet(6, ts, units, false);
            pass(20);
        }
        packet(6, ts, 0xFFFF, false);
        for (int units = 160; units <= 14_400; units += 160) {
            packet(6, ts + 0xFFFF, units, false);
            pass(20);
        }
        packet(6, ts + 0xFFFF, 14_465, true);
        packet(6, ts, 0xFFFF, false);
        assertEquals(List.of("6+", "6-10000"), presses.told);
    }

    @Test
    void seamOfASegmentLostForLongDoesNotDoubleThePress() {
        packet(6, 700, 65_000, false);
        pass(150);
        packet(6, 700 + 0xFFFF, 800, false);
        packet(6, 700 + 0xFFFF, 1600, true);
        assertEquals(List.of("6+", "6-8125"), presses.told);
    }

    @Test
    void contiguousTimestampMuchLaterIsAnotherPress() {
        packet(6, 700, 800, false);
        pass(8190);
        packet(6, 700 + 0xFFFF, 160, false);
        assertEquals(List.of("6+", "6-100", "6+"), presses.told);
    }

    @Test
    void otherEventsAreCountedAndDropped() {
        packet(16, 100, 160, false);
        packet(36, 200, 160, false);
        packet(255, 300, 160, true);
        reader.onPacket(new byte[3], 0, 3, 400, now, presses);
        assertEquals(List.of(), presses.told);
        assertEquals(3, reader.drops(TelephoneEventDrop.UNKNOWN_EVENT));
        assertEquals(1, reader.drops(TelephoneEventDrop.MALFORMED));
    }

    @Test
    void anotherEventUnderOneTimestampIsRefused() {
        packet(1, 100, 160, false);
        packet(2, 100, 320, false);
        packet(1, 100, 480, true);
        assertEquals(List.of("1+", "1-60"), presses.told);
        assertEquals(1, reader.drops(TelephoneEventDrop.CONFLICTING));
    }

    @Test
    void durationsCountInTheGivenClock() {
        reader = new TelephoneEventReader(48_000);
        packet(8, 100, 960, false);
        packet(8, 100, 24_000, true);
        assertEquals(List.of("8+", "8-500"), presses.told);
    }

    /** Firefox ESR 153, insertDTMF('0', 100): three packets at once. */
    @Test
    void threeEndPacketsOfOneFrameAreTheDefaultLengthBesideOpus() {
        reader = TelephoneEventReader.besideCodec(48_000, 8_000);
        packet(0, 9600, 960, true);
        packet(0, 9600, 960, true);
        packet(0, 9600, 960, true);
        assertEquals(List.of("0+", "0-100"), presses.told);
    }

    /** Firefox ESR 153, insertDTMF('4', 500): five frames. */
    @Test
    void framesOfTheCodecsClockAreALengthInTheNamedClock() {
        reader = TelephoneEventReader.besideCodec(48_000, 8_000);
        for (int i = 1; i < 5; i++) {
            packet(4, 9600, i * 960, false);
            pass(20);
        }
        packet(4, 9600, 4800, true);
        assertEquals(List.of("4+", "4-580"), presses.told);
    }

    @Test
    void lengthInTheNamedClockIsTakenAsItIsBesideOpus() {
        reader = TelephoneEventReader.besideCodec(48_000, 8_000);
        for (int i = 1; i < 10; i++) {
            packet(8, 9600, i * 160, false);
            pass(20);
        }
        packet(8, 9600, 1600, true);
        assertEquals(List.of("8+", "8-200"), presses.told);
    }

    @Test
    void resetEndsThePressAndForgetsTimestamps() {
        packet(8, 9600, 320, false);
        reader.reset(presses);
        packet(8, 9600, 320, true);
        assertEquals(List.of("8+", "8-40", "8+", "8-40"), presses.told);
    }
}
