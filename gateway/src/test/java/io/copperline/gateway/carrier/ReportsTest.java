package io.copperline.gateway.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.rtp.Rtcp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** RFC 3550 section 6.4; what is written is read by the gateway's own reader. */
class ReportsTest {
    private static final int OURS = 0x0A0B0C0D;
    private static final int THEIRS = 0x01020304;

    private final Reports reports = new Reports(OURS, 8_000, 0);
    private final byte[] out = new byte[Reports.LARGEST];

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static byte[] rtp(int sequence, int timestamp, int ssrc) {
        byte[] bytes = new byte[172];
        bytes[2] = (byte) (sequence >> 8);
        bytes[3] = (byte) sequence;
        Wire32.write(bytes, 4, timestamp);
        Wire32.write(bytes, 8, ssrc);
        return bytes;
    }

    /** What a reader is told of a packet. */
    private static List<String> read(byte[] bytes, int length) {
        List<String> told = new ArrayList<>();
        Rtcp.Result result = Rtcp.read(bytes, 0, length, new Rtcp.Visitor() {
            @Override
            public void receiverReport(long source) {
                told.add("receiver " + source);
            }

            @Override
            public void senderReport(long source, long ntp, long timestamp, long packets, long octets) {
                told.add("sender " + source + " " + (ntp >>> 32) + " " + timestamp + " " + packets + " " + octets);
            }

            @Override
            public void reportBlock(
                    long reporter,
                    long source,
                    int fractionLost,
                    int lost,
                    long highest,
                    long jitter,
                    long last,
                    long delay) {
                told.add("block " + source + " " + fractionLost + " " + lost + " " + highest + " " + jitter + " " + last
                        + " " + delay);
            }
        });
        assertEquals(Rtcp.Result.READ, result);
        return told;
    }

    @Test
    void whoHasSentNothingSendsAReceiversReport() {
        assertEquals(List.of("receiver " + OURS), read(out, reports.write(out, millis(1_000))));
        assertEquals((byte) 202, out[9], "RFC 3550 section 6.1: with the name of its source");
    }

    @Test
    void whoHasSentSaysHowMuch() {
        reports.onSent(rtp(1, 160, OURS), 172, millis(3_000));
        reports.onSent(rtp(2, 320, OURS), 172, millis(3_020));
        assertEquals(
                List.of("sender " + OURS + " 4 " + (320 + 8 * 1_000) + " 2 320"),
                read(out, reports.write(out, millis(4_020))));
        assertEquals(List.of("receiver " + OURS), read(out, reports.write(out, millis(9_000))), "nothing since");
    }

    @Test
    void countsWhatIsLostAcrossTheTurnOfTheNumbers() {
        int[] sequences = {65_533, 65_534, 1, 2, 3};
        for (int sequence : sequences) {
            int sent = sequence < 100 ? sequence + 65_536 : sequence;
            reports.onReceived(rtp(sequence, sent * 160, THEIRS), millis(20L * sent));
        }
        // seven expected, five came: 2/7 of 256
        assertEquals(
                List.of("receiver " + OURS, "block " + THEIRS + " 73 2 " + (65_536 + 3) + " 0 0 0"),
                read(out, reports.write(out, millis(2_000_000))));
        reports.onReceived(rtp(4, (65_536 + 4) * 160, THEIRS), millis(20L * (65_536 + 4)));
        assertTrue(read(out, reports.write(out, millis(2_000_000))).getLast().startsWith("block " + THEIRS + " 0 2 "));
    }

    @Test
    void tellsHowLongAgoTheOtherSideReported() {
        Reports theirs = new Reports(THEIRS, 8_000, 0);
        theirs.onSent(rtp(1, 160, THEIRS), 172, millis(7_000));
        byte[] packet = new byte[Reports.LARGEST];
        assertTrue(reports.onReports(packet, theirs.write(packet, millis(7_500)), millis(1_000)));
        reports.onReceived(rtp(1, 160, THEIRS), millis(1_000));
        assertEquals(
                "block " + THEIRS + " 0 0 1 0 " + (7 << 16 | 0x8000) + " " + 65_536 / 2,
                read(out, reports.write(out, millis(1_500))).getLast());
    }

    @Test
    void hearsWhatTheOtherSideHasLost() {
        assertFalse(reports.told().ofOurs());
        Reports theirs = new Reports(THEIRS, 8_000, 0);
        theirs.onReceived(rtp(1, 0, OURS), 0);
        theirs.onReceived(rtp(5, 0, OURS), 0);
        byte[] packet = new byte[Reports.LARGEST];
        assertTrue(reports.onReports(packet, theirs.write(packet, 0), 0));
        assertEquals(new Reports.Told(1, true, 3), reports.told());
    }

    @Test
    void whatIsNoReportIsTold() {
        int length = reports.write(out, 0);
        assertFalse(reports.onReports(out, length - 1, 0));
        assertFalse(reports.onReports(out, 7, 0));
        byte[] description = Arrays.copyOfRange(out, 8, length);
        assertFalse(reports.onReports(description, description.length, 0), "RFC 3550 appendix A.2: a report is first");
        out[0] |= 3;
        assertFalse(reports.onReports(out, length, 0), "blocks that are not there");
        assertEquals(0, reports.told().reports());
    }

    @Test
    void theFirstReportIsDueAfterHalfTheTime() {
        assertFalse(reports.due(millis(100)));
        assertFalse(reports.due(millis(2_599)));
        assertTrue(reports.due(millis(2_600)));
        reports.write(out, millis(2_600));
        assertFalse(reports.due(millis(7_599)));
        assertTrue(reports.due(millis(7_600)));
    }
}
