package io.copperline.codecs.rtp;

import java.nio.charset.StandardCharsets;

/**
 * Writes our reports about one pair of streams: compound packets that begin with SR or RR and hold the CNAME (RFC 3550
 * section 6.1). Owned by the leg.
 */
public final class RtcpWriter {
    /** No report is longer than this. */
    public static final int MAX_BYTES = 384;

    private static final int MAX_CNAME_BYTES = 255;

    private final long ssrc;
    private final byte[] description;

    /**
     * @param ssrc our stream's
     * @param cname steady for all streams of the leg and telling nothing about the host (RFC 7022)
     */
    public RtcpWriter(long ssrc, String cname) {
        byte[] name = cname.getBytes(StandardCharsets.UTF_8);
        if (name.length > MAX_CNAME_BYTES) {
            throw new IllegalArgumentException("CNAME over " + MAX_CNAME_BYTES + " bytes");
        }
        this.ssrc = ssrc;
        this.description = description(ssrc, name);
    }

    /**
     * SR, one block about the remote stream if any of it has come since the last report, SDES.
     *
     * @param ntpNow the wall time, see {@link NtpTime}
     * @param rtpNow what our stream's RTP clock shows at that time
     * @return bytes written
     */
    public int senderReport(
            byte[] out,
            int off,
            SenderStatistics sent,
            long ntpNow,
            long rtpNow,
            ReceptionStatistics received,
            long remoteSsrc,
            long nowNanos) {
        int at = off + Rtcp.HEADER_BYTES;
        Bytes.put32(out, at, ssrc);
        Bytes.put32(out, at + 4, ntpNow >>> 32);
        Bytes.put32(out, at + 8, ntpNow);
        Bytes.put32(out, at + 12, rtpNow);
        Bytes.put32(out, at + 16, sent.packets());
        Bytes.put32(out, at + 20, sent.octets());
        at += 4 + Rtcp.SENDER_INFO_BYTES;
        int blockBytes = block(out, at, received, remoteSsrc, nowNanos);
        header(out, off, blockBytes / Rtcp.BLOCK_BYTES, Rtcp.SENDER_REPORT, at + blockBytes - off);
        at += blockBytes;
        return append(out, at, description) - off;
    }

    /** RR and SDES, while we send nothing. Returns bytes written. */
    public int receiverReport(byte[] out, int off, ReceptionStatistics received, long remoteSsrc, long nowNanos) {
        int at = off + Rtcp.HEADER_BYTES;
        Bytes.put32(out, at, ssrc);
        at += 4;
        int blockBytes = block(out, at, received, remoteSsrc, nowNanos);
        header(out, off, blockBytes / Rtcp.BLOCK_BYTES, Rtcp.RECEIVER_REPORT, at + blockBytes - off);
        at += blockBytes;
        return append(out, at, description) - off;
    }

    /** What is put behind a report: how the remote stream is heard (RFC 3611). Returns bytes written. */
    public int extendedReport(byte[] out, int off, VoipMetrics metrics, long remoteSsrc) {
        Bytes.put32(out, off + Rtcp.HEADER_BYTES, ssrc);
        int end = metrics.write(out, off + Rtcp.HEADER_BYTES + 4, remoteSsrc);
        header(out, off, 0, Rtcp.EXTENDED_REPORT, end - off);
        return end - off;
    }

    /** An empty RR, SDES and BYE. Returns bytes written. */
    public int bye(byte[] out, int off) {
        header(out, off, 0, Rtcp.RECEIVER_REPORT, 8);
        Bytes.put32(out, off + 4, ssrc);
        int at = append(out, off + 8, description);
        header(out, at, 1, Rtcp.BYE, 8);
        Bytes.put32(out, at + 4, ssrc);
        return at + 8 - off;
    }

    /** RFC 3550 section 6.4: a block is for a source from which anything has come since the last report. */
    private static int block(byte[] out, int off, ReceptionStatistics received, long remoteSsrc, long nowNanos) {
        if (!received.anySinceReport()) {
            return 0;
        }
        long lost = Math.clamp(received.lost(), -0x80_0000L, 0x7F_FFFFL);
        Bytes.put32(out, off, remoteSsrc);
        Bytes.put32(out, off + 4, lost & 0xFF_FFFFL | (long) received.fractionLostAndReset() << 24);
        Bytes.put32(out, off + 8, received.highestExtended());
        Bytes.put32(out, off + 12, received.jitter());
        Bytes.put32(out, off + 16, received.lastSenderReport());
        Bytes.put32(out, off + 20, received.delaySinceLastSenderReport(nowNanos));
        return Rtcp.BLOCK_BYTES;
    }

    private static byte[] description(long ssrc, byte[] name) {
        // SSRC, type, length, text, and at least one zero, in whole words.
        int length = Rtcp.HEADER_BYTES + (4 + 2 + name.length + 1 + 3 & ~3);
        byte[] packet = new byte[length];
        header(packet, 0, 1, Rtcp.SOURCE_DESCRIPTION, length);
        Bytes.put32(packet, 4, ssrc);
        packet[8] = Rtcp.CNAME_ITEM;
        packet[9] = (byte) name.length;
        System.arraycopy(name, 0, packet, 10, name.length);
        return packet;
    }

    private static void header(byte[] out, int off, int count, int type, int lengthBytes) {
        out[off] = (byte) (0x80 | count);
        out[off + 1] = (byte) type;
        Bytes.put16(out, off + 2, lengthBytes / 4 - 1);
    }

    private static int append(byte[] out, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, out, at, bytes.length);
        return at + bytes.length;
    }
}
