package io.copperline.codecs.dtmf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A sender, a lossy way, reader and relay, and what a second reader hears behind them. */
class TelephoneEventRelayTest {
    private static final long TICK_NANOS = 20_000_000L;
    private static final String ALL = "0123456789*#ABCD";

    private record Packet(byte[] payload, long timestamp, long sentNanos) {}

    private final Presses outcome = new Presses();
    private final Presses heard = new Presses();
    private final List<Long> startsMillis = new ArrayList<>();
    private final List<Long> endsMillis = new ArrayList<>();

    /** What a keypad that plays digits live would send, one packet each tick. */
    private static List<Packet> keypad(String digits, int clockRateHz, int lengthMillis, int gapMillis) {
        List<Packet> packets = new ArrayList<>();
        var writer = new TelephoneEventWriter(clockRateHz, 20);
        long atMillis = 1000;
        for (int i = 0; i < digits.length(); i++) {
            writer.start(TelephoneEvent.event(digits.charAt(i)), atMillis * clockRateHz / 1000);
            int left = lengthMillis / 20 - 1;
            while (writer.active()) {
                if (left-- == 0) {
                    writer.end(lengthMillis);
                }
                byte[] payload = new byte[4];
                writer.write(payload, 0);
                packets.add(new Packet(payload, writer.timestamp(), atMillis * 1_000_000));
                atMillis += 20;
            }
            atMillis += gapMillis - 40;
        }
        return packets;
    }

    private TelephoneEventRelay run(List<Packet> arriving, int inClockHz, int outClockHz) {
        var reader = new TelephoneEventReader(inClockHz);
        var relay = new TelephoneEventRelay(outClockHz, 20, outcome);
        var far = new TelephoneEventReader(outClockHz);
        long end = arriving.getLast().sentNanos() + 20_000_000_000L;
        byte[] out = new byte[4];
        int next = 0;
        long ts = 77_000;
        for (long now = 0; now < end; now += TICK_NANOS, ts += outClockHz / 50) {
            while (next < arriving.size() && arriving.get(next).sentNanos() <= now) {
                Packet packet = arriving.get(next++);
                reader.onPacket(packet.payload(), 0, 4, packet.timestamp(), now, relay);
            }
            reader.onTime(now, relay);
            if (relay.write(out, 0, ts) == 0) {
                continue;
            }
            note(relay, out, now / 1_000_000);
            far.onPacket(out, 0, 4, relay.timestamp(), now, heard);
        }
        return relay;
    }

    private void note(TelephoneEventRelay relay, byte[] out, long nowMillis) {
        if (relay.marker()) {
            startsMillis.add(nowMillis);
        }
        if (TelephoneEvent.end(out, 0) && endsMillis.size() < startsMillis.size()) {
            endsMillis.add(nowMillis);
        }
    }

    @Test
    void whereThePeerKnowsNoOtherClockOnlyDurationsCountInIt() {
        var relay = new TelephoneEventRelay(8_000, 20, outcome);
        relay.clocks(48_000, 8_000);
        relay.press(5, 9_000, 0);
        byte[] out = new byte[4];
        List<Long> timestamps = new ArrayList<>();
        int last = 0;
        for (long ts = 96_000; relay.pending() > 0; ts += 960) {
            assertEquals(4, relay.write(out, 0, ts));
            last = TelephoneEvent.duration(out, 0);
            if (timestamps.isEmpty() || timestamps.getLast() != relay.timestamp()) {
                timestamps.add(relay.timestamp());
            }
        }
        assertEquals(List.of(96_000L, 96_000 + 65_535L * 6), timestamps, "a full segment is 65535 units of 1/8000 s");
        assertEquals(72_000 - 65_535, last);
    }

    @Test
    void anotherClockEndsThePressThatIsPlayed() {
        var relay = new TelephoneEventRelay(8_000, 20, outcome);
        relay.started(5, 0);
        byte[] out = new byte[4];
        relay.write(out, 0, 160);
        relay.clocks(48_000, 48_000);
        relay.ended(5, 300);
        relay.press(6, 40, 0);
        relay.write(out, 0, 1_920);
        assertEquals(1_920, relay.timestamp());
        assertEquals(960, TelephoneEvent.duration(out, 0));
        assertEquals(List.of("5=20"), outcome.told);
    }

    @Test
    void liveDigitsPassWithTheirLengthAndWithoutDelay() {
        run(keypad(ALL, 48_000, 100, 80), 48_000, 8000);
        assertEquals(ALL, heard.digits.toString());
        assertEquals(Collections.nCopies(16, 100), heard.lengthsMillis);
        assertEquals(ALL, outcome.digits.toString());
        assertEquals(1000L, startsMillis.getFirst());
        assertEquals(1000L + 15 * 180, startsMillis.getLast());
    }

    @Test
    void trunkDigitsPassToTheBrowsersClock() {
        run(keypad(ALL, 8000, 100, 80), 8000, 48_000);
        assertEquals(ALL, heard.digits.toString());
        assertEquals(Collections.nCopies(16, 100), heard.lengthsMillis);
    }

    @Test
    void sixteenDigitsSurviveThirtyPercentLoss() {
        for (int seed = 0; seed < 50; seed++) {
            outcome.digits.setLength(0);
            heard.digits.setLength(0);
            var random = new Random(seed);
            List<Packet> packets = keypad(ALL, 48_000, 100, 80);
            packets.removeIf(_ -> random.nextDouble() < 0.3);
            run(packets, 48_000, 8000);
            assertEquals(ALL, heard.digits.toString(), "seed " + seed);
            assertEquals(ALL, outcome.digits.toString(), "seed " + seed);
        }
    }

    @Test
    void longPressIsNotSplitByThirtyPercentLoss() {
        for (int seed = 0; seed < 20; seed++) {
            heard.told.clear();
            var random = new Random(seed);
            List<Packet> packets = keypad("5", 48_000, 5000, 80);
            packets.removeIf(_ -> random.nextDouble() < 0.3);
            run(packets, 48_000, 8000);
            assertEquals(2, heard.told.size(), "seed " + seed + " " + heard.told);
        }
    }

    @Test
    void burstIsPlayedOutInOrderWithToneAndPause() {
        String digits = "01234567890123456789";
        List<Packet> packets = keypad(digits, 48_000, 60, 60);
        List<Packet> burst = packets.stream()
                .map(p -> new Packet(p.payload(), p.timestamp(), 1_000_000_000L))
                .toList();
        var relay = run(burst, 48_000, 8000);
        assertEquals(digits, heard.digits.toString());
        assertEquals(Collections.nCopies(20, 60), heard.lengthsMillis);
        assertEquals(20, relay.sent());
        assertEquals(0, relay.pending());
        for (int i = 1; i < 20; i++) {
            long toneEnd = startsMillis.get(i - 1) + 60;
            assertTrue(startsMillis.get(i) - toneEnd >= 40, startsMillis.toString());
        }
    }

    @Test
    void digitsOfWhichOnlyOneEndPacketArrivedArePlayedInFull() {
        List<Packet> packets = new ArrayList<>(keypad("42", 48_000, 200, 100));
        List<Packet> ends = new ArrayList<>();
        for (int i = 11; i < packets.size(); i += 12) {
            ends.add(packets.get(i));
        }
        run(ends, 48_000, 8000);
        assertEquals(List.of("4+", "4-200", "2+", "2-200"), heard.told);
    }

    @Test
    void tooShortADigitIsStretched() {
        run(keypad("1", 8000, 20, 100), 8000, 8000);
        assertEquals(List.of("1+", "1-40"), heard.told);
    }

    @Test
    void reportsThatComeLateLengthenNoPress() {
        for (int late = 20; late <= 100; late += 20) {
            heard.told.clear();
            long from = 1_000_000_000L + 2 * TICK_NANOS;
            long delay = late * 1_000_000L;
            List<Packet> packets = keypad("5", 48_000, 100, 80).stream()
                    .map(p -> p.sentNanos() < from ? p : new Packet(p.payload(), p.timestamp(), p.sentNanos() + delay))
                    .toList();
            run(packets, 48_000, 8000);
            assertEquals(List.of("5+", "5-100"), heard.told, "a break of " + late + " ms");
        }
    }

    @Test
    void lengthThatComesLateIsNotShorterThanWhatWasReported() {
        var relay = new TelephoneEventRelay(8000, 20, outcome);
        byte[] out = new byte[4];
        long ts = 77_000;
        relay.started(5, 0);
        for (int i = 0; i < 6; i++, ts += 160) {
            relay.write(out, 0, ts);
        }
        relay.ended(5, 80);
        for (int i = 0; i < 3; i++, ts += 160) {
            relay.write(out, 0, ts);
            assertTrue(TelephoneEvent.end(out, 0));
            assertEquals(120 * 8, TelephoneEvent.duration(out, 0));
        }
        assertEquals(List.of("5=120"), outcome.told);
    }

    @Test
    void fullQueueRefusesAndCounts() {
        var relay = new TelephoneEventRelay(8000, 20, outcome);
        for (int i = 0; i < 70; i++) {
            relay.press(i % 16, 40, 0);
        }
        assertEquals(64, relay.pending());
        assertEquals(6, relay.dropped());
        byte[] out = new byte[4];
        for (long ts = 0; relay.pending() > 0; ts += 160) {
            relay.write(out, 0, ts);
        }
        assertEquals(64, relay.sent());
        assertEquals(70, outcome.told.size());
    }

    @Test
    void reorderedPacketsMakeNoDifference() {
        List<Packet> packets = new ArrayList<>(keypad(ALL, 48_000, 100, 80));
        for (int i = 0; i + 1 < packets.size(); i += 3) {
            Packet a = packets.get(i);
            Packet b = packets.get(i + 1);
            packets.set(i, new Packet(b.payload(), b.timestamp(), b.sentNanos()));
            packets.set(i + 1, new Packet(a.payload(), a.timestamp(), b.sentNanos()));
        }
        run(packets, 48_000, 8000);
        assertEquals(ALL, heard.digits.toString());
        assertEquals(Collections.nCopies(16, 100), heard.lengthsMillis);
    }
}
