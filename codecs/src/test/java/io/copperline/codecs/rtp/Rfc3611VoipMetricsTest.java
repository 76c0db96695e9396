package io.copperline.codecs.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3611VoipMetricsTest {
    private static final VoipMetrics METRICS = new VoipMetrics(3, 1, 128, 2, 400, 5_000, 40, 60, 88, 42, 30, 50);
    /** Section 4.7, field by field. */
    private static final String BLOCK =
            "07000008 00000009 03018002 01901388 0028003c 7f7f7f10 587f7f2a b000001e 00320190";

    private final List<String> heard = new ArrayList<>();

    private Rtcp.Result read(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return Rtcp.read(bytes, 0, bytes.length, new Rtcp.Visitor() {
            @Override
            public void voipMetrics(long ssrc, VoipMetrics metrics) {
                heard.add(ssrc + " " + metrics);
            }
        });
    }

    @Test
    void isWrittenAsTheRfcDrawsItAndReadBack() {
        byte[] out = new byte[RtcpWriter.MAX_BYTES];
        int len = new RtcpWriter(1, "c").extendedReport(out, 0, METRICS, 9);
        assertEquals(
                "80cf000a 00000001 ".replace(" ", "") + BLOCK.replace(" ", ""),
                HexFormat.of().formatHex(out, 0, len));
        assertEquals(Rtcp.Result.READ, Rtcp.read(out, 0, len, new Rtcp.Visitor() {
            @Override
            public void voipMetrics(long ssrc, VoipMetrics metrics) {
                heard.add(ssrc + " " + metrics);
            }
        }));
        assertEquals(List.of("9 " + METRICS), heard);
    }

    @Test
    void otherBlocksArePassedOver() {
        String receiverTime = "04000002 1122334455667788";
        assertEquals(Rtcp.Result.READ, read("80cf000d 00000001" + receiverTime + BLOCK));
        assertEquals(List.of("9 " + METRICS), heard);
        assertEquals(Rtcp.Result.READ, read("80cf0003 00000001 07000001 00000009"), "one that is too short");
        assertEquals(1, heard.size());
    }

    /** Nothing of the datagram counts, the report before it neither. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "80cf0000", // no SSRC
                "80cf0002 00000001 07000008", // a block that ends behind its packet
                "80cf000a 00000001 07000009 00000009 03018002 01901388 0028003c 7f7f7f10 587f7f2a b000001e 00320190"
            })
    void blocksThatDoNotFitAreMalformed(String hex) {
        assertEquals(Rtcp.Result.MALFORMED, read("80c90001 00000001" + hex));
        assertEquals(List.of(), heard);
    }

    @Test
    void aReportSaysOnceHowTheOtherEndIsHeard() {
        RtcpSession ours = new RtcpSession(1, "ours", new Random(1), 0, 0);
        RtcpSession theirs = new RtcpSession(9, "theirs", new Random(2), 0, 0);
        byte[] packet = new byte[RtpHeader.FIXED_BYTES + 160];
        RtpHeader.write(packet, 0, 0, false, 1, 160, 9);
        ours.onRtp(packet, 0, packet.length, 1);
        ours.heard(METRICS);
        byte[] report = new byte[RtcpWriter.MAX_BYTES];
        int len = ours.report(report, 0, 2);
        assertEquals(Rtcp.Result.READ, theirs.onRtcp(report, 0, len, 3));
        assertEquals(METRICS, theirs.remote().voipMetrics().orElseThrow());
        assertEquals(3, theirs.remote().voipMetricsNanos());
        RtpHeader.write(packet, 0, 0, false, 2, 320, 9);
        ours.onRtp(packet, 0, packet.length, 4);
        assertEquals(len - 44, ours.report(report, 0, 5));
    }
}
