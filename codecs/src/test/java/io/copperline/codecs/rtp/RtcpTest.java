package io.copperline.codecs.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtcpTest {
    private final Notes notes = new Notes();

    private static final class Notes implements Rtcp.Visitor {
        final List<String> heard = new ArrayList<>();

        @Override
        public void senderReport(long ssrc, long ntp, long rtp, long packets, long octets) {
            heard.add("sr %x %x %d %d %d".formatted(ssrc, ntp, rtp, packets, octets));
        }

        @Override
        public void reportBlock(
                long reporter, long ssrc, int fraction, int lost, long highest, long jitter, long lsr, long dlsr) {
            heard.add("block %x %x %d %d %d %d %x %x"
                    .formatted(reporter, ssrc, fraction, lost, highest, jitter, lsr, dlsr));
        }

        @Override
        public void cname(long ssrc, byte[] buf, int off, int len) {
            heard.add("cname %x %s".formatted(ssrc, new String(buf, off, len, StandardCharsets.UTF_8)));
        }

        @Override
        public void bye(long ssrc) {
            heard.add("bye %x".formatted(ssrc));
        }

        @Override
        public void feedback(int type, int format, long sender, long media, byte[] buf, int off, int len) {
            heard.add("feedback %d %d %x %x %d".formatted(type, format, sender, media, len));
        }

        @Override
        public void other(int packetType) {
            heard.add("other " + packetType);
        }
    }

    private Rtcp.Result read(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] shifted = new byte[bytes.length + 7];
        System.arraycopy(bytes, 0, shifted, 7, bytes.length);
        return Rtcp.read(shifted, 7, bytes.length, notes);
    }

    @Test
    void senderReportIsReadAsWritten() {
        var sent = new SenderStatistics();
        sent.onPacket(160, 800);
        sent.onPacket(160, 960);
        var received = new ReceptionStatistics();
        for (int i = 0; i < 10; i++) {
            received.onPacket(i == 9 ? 12 : i, i * 160L, i * 160L);
        }
        received.onSenderReport(0x0001_2222_3333_4444L, 5_000_000_000L);
        byte[] out = new byte[RtcpWriter.MAX_BYTES + 3];
        var writer = new RtcpWriter(0xF000_0001L, "c@host");
        int length =
                writer.senderReport(out, 3, sent, 0xAABB_CCDD_1122_3344L, 1120, received, 0xF000_0002L, 6_000_000_000L);
        assertEquals(0, length % 4);
        assertTrue(Rtcp.looksLike(out, 3, length));
        assertEquals(Rtcp.Result.READ, Rtcp.read(out, 3, length, notes));
        assertEquals(
                List.of(
                        "sr f0000001 aabbccdd11223344 1120 2 320",
                        "block f0000001 f0000002 59 3 12 0 22223333 10000",
                        "cname f0000001 c@host"),
                notes.heard);
    }

    @Test
    void receiverReportWithoutASourceHasNoBlock() {
        byte[] out = new byte[RtcpWriter.MAX_BYTES];
        int length = new RtcpWriter(7, "abc").receiverReport(out, 0, new ReceptionStatistics(), 9, 0);
        assertEquals(Rtcp.Result.READ, Rtcp.read(out, 0, length, notes));
        assertEquals(List.of("cname 7 abc"), notes.heard);
    }

    @Test
    void goodbyeIsACompound() {
        byte[] out = new byte[RtcpWriter.MAX_BYTES];
        int length = new RtcpWriter(7, "x".repeat(255)).bye(out, 0);
        assertEquals(Rtcp.Result.READ, Rtcp.read(out, 0, length, notes));
        assertEquals(List.of("cname 7 " + "x".repeat(255), "bye 7"), notes.heard);
    }

    @Test
    void everyNameLengthIsPaddedWithAtLeastOneZero() {
        for (int n = 0; n <= 255; n++) {
            notes.heard.clear();
            byte[] out = new byte[RtcpWriter.MAX_BYTES];
            Arrays.fill(out, (byte) 0xFF);
            int length = new RtcpWriter(7, "n".repeat(n)).bye(out, 0);
            assertTrue(length <= RtcpWriter.MAX_BYTES);
            assertEquals(Rtcp.Result.READ, Rtcp.read(out, 0, length, notes), "length " + n);
        }
    }

    @Test
    void reducedSizeIsRead() {
        assertEquals(Rtcp.Result.READ, read("81 ce 0002 00000001 00000002"));
        assertEquals(List.of("feedback 206 1 1 2 0"), notes.heard);
    }

    @Test
    void extendedReportsAndUnknownTypesArePassedBy() {
        assertEquals(
                Rtcp.Result.READ,
                read("80 c9 0001 00000001  80 cf 0004 00000001 04000002 00000000 00000000  80 d0 0001 00000001"));
        assertEquals(List.of("other 208"), notes.heard);
    }

    @Test
    void negativeLossIsSigned() {
        read("81 c9 0007 00000001 00000002 00fffffe 00000005 00000000 00000000 00000000");
        assertEquals(List.of("block 1 2 0 -2 5 0 0 0"), notes.heard);
    }

    @Test
    void paddingOfTheLastPacketIsRemoved() {
        assertEquals(Rtcp.Result.READ, read("80 c9 0001 00000001  a1 cb 0002 00000001 00000004"));
        assertEquals(List.of("bye 1"), notes.heard);
    }

    @Test
    void malformedDatagramsHaveNoEffect() {
        for (String bad : List.of(
                "80",
                "80 c9 00",
                "80 c9 0002 00000001",
                "40 c9 0001 00000001",
                "81 c9 0001 00000001",
                "80 c8 0001 00000001",
                "80 c9 0001 00000001 80 cb",
                "82 cb 0001 00000001",
                "a0 c9 0001 00000001 80 c9 0001 00000001",
                "80 c9 0001 00000001 a1 cb 0001 00000003",
                "a1 cb 0001 000000fc",
                "a1 cb 0001 00000000",
                "81 ca 0002 00000001 01ff6162",
                "81 ca 0002 00000001 01026162",
                "82 ca 0002 00000001 01016100",
                "81 cd 0001 00000001")) {
            assertEquals(Rtcp.Result.MALFORMED, read(bad), bad);
        }
        assertEquals(List.of(), notes.heard);
    }

    @Test
    void rtpIsNotTakenForRtcp() {
        byte[] rtp = new byte[12];
        RtpHeader.write(rtp, 0, 111, true, 1, 2, 3);
        assertFalse(Rtcp.looksLike(rtp, 0, 12));
        RtpHeader.write(rtp, 0, 0, true, 1, 2, 3);
        assertFalse(Rtcp.looksLike(rtp, 0, 12));
    }
}
