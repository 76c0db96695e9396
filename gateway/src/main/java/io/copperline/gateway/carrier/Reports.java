package io.copperline.gateway.carrier;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The carrier's side of RTCP for one phone: sender and receiver reports (RFC 3550 sections 6.4.1 and 6.4.2) with the name of their source,
 * every 2.5 to 7.5 s. Owned by the phone's thread; what the other side reports may come from another one.
 *
 * <pre>
 *   V=2 P=0 RC  PT=200 or 201  length | SSRC | (NTP time, RTP time, packets, octets) | report block | SDES: CNAME
 * </pre>
 */
final class Reports {
    /** What the other side has told of our audio. */
    record Told(int reports, boolean ofOurs, int lost) {
        static final Told NOTHING = new Told(0, false, 0);
    }

    private record LastSender(int middleNtp, long nanos) {}

    static final int LARGEST = 128;
    private static final int SENDER = 200;
    private static final int RECEIVER = 201;
    private static final int SOURCE_DESCRIPTION = 202;
    private static final int BLOCK_BYTES = 24;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long INTERVAL_NANOS = 5 * SECOND_NANOS;
    private static final byte[] CNAME = "carrier@carrier.test".getBytes(StandardCharsets.US_ASCII);

    private final int ssrc;
    private final int clockRateHz;
    private final Reception reception;
    private final double share;
    private long dueNanos;
    private boolean begun;
    private int packets;
    private int octets;
    private int packetsBefore;
    private int lastTimestamp;
    private long lastSentNanos;
    private volatile LastSender lastSender = new LastSender(0, 0);
    private volatile Told told = Told.NOTHING;

    /** @param share of the interval that its reports are early or late by, from -0.5 to 0.5 (RFC 3550 section 6.2) */
    Reports(int ssrc, int clockRateHz, double share) {
        this.ssrc = ssrc;
        this.clockRateHz = clockRateHz;
        this.share = share;
        reception = new Reception(clockRateHz);
    }

    void onReceived(byte[] rtp, long nowNanos) {
        reception.onPacket(rtp, nowNanos);
    }

    void onSent(byte[] rtp, int length, long nowNanos) {
        packets++;
        octets += length - RtpDoor.RTP_HEADER_BYTES;
        lastTimestamp = Wire32.read(rtp, 4);
        lastSentNanos = nowNanos;
    }

    Told told() {
        return told;
    }

    /** Whether a report must go out; RFC 3550 section 6.2: the first one after half the time. */
    boolean due(long nowNanos) {
        if (!begun) {
            begun = true;
            dueNanos = nowNanos + INTERVAL_NANOS / 2;
        }
        return nowNanos - dueNanos >= 0;
    }

    /** Writes a compound packet, up to {@link #LARGEST} bytes; its length. */
    int write(byte[] out, long nowNanos) {
        dueNanos = nowNanos + (long) (INTERVAL_NANOS * (1 + share));
        boolean sender = packets != packetsBefore;
        packetsBefore = packets;
        int at = 8;
        if (sender) {
            at = sender(out, at, nowNanos);
        }
        boolean block = reception.begun();
        if (block) {
            reception.write(out, at);
            LastSender last = lastSender;
            Wire32.write(out, at + 16, last.middleNtp());
            Wire32.write(out, at + 20, last.middleNtp() == 0 ? 0 : ntp(nowNanos - last.nanos()));
            at += BLOCK_BYTES;
        }
        head(out, 0, block ? 1 : 0, sender ? SENDER : RECEIVER, at);
        Wire32.write(out, 4, ssrc);
        return description(out, at);
    }

    private int sender(byte[] out, int off, long nowNanos) {
        // RFC 3550 section 6.4.1: whoever knows no wall-clock time may count from another one.
        Wire32.write(out, off, (int) Math.floorDiv(nowNanos, SECOND_NANOS));
        Wire32.write(out, off + 4, (int) ((Math.floorMod(nowNanos, SECOND_NANOS) << 32) / SECOND_NANOS));
        long sinceMicros = TimeUnit.NANOSECONDS.toMicros(nowNanos - lastSentNanos);
        Wire32.write(out, off + 8, lastTimestamp + (int) (sinceMicros * clockRateHz / 1_000_000));
        Wire32.write(out, off + 12, packets);
        Wire32.write(out, off + 16, octets);
        return off + 20;
    }

    /** In units of 1/65536 s. */
    private static int ntp(long nanos) {
        return (int) (TimeUnit.NANOSECONDS.toMicros(nanos) * 65_536 / 1_000_000);
    }

    /** RFC 3550 section 6.5.1; ends with one to four zeros. */
    private int description(byte[] out, int off) {
        Wire32.write(out, off + 4, ssrc);
        out[off + 8] = 1;
        out[off + 9] = (byte) CNAME.length;
        System.arraycopy(CNAME, 0, out, off + 10, CNAME.length);
        int end = off + 10 + CNAME.length;
        do {
            out[end++] = 0;
        } while ((end - off) % 4 != 0);
        head(out, off, 1, SOURCE_DESCRIPTION, end);
        return end;
    }

    private static void head(byte[] out, int off, int count, int type, int end) {
        Wire32.write(out, off, 0x8000_0000 | count << 24 | type << 16 | (end - off) / 4 - 1);
    }

    /** Whether the second byte is RTCP's, on a port that both share (RFC 5761 section 4). */
    static boolean looksLike(byte[] bytes, int length) {
        return length >= 8 && (bytes[1] & 0xff) >= 192 && (bytes[1] & 0xff) <= 223;
    }

    /**
     * Takes a compound packet, decrypted.
     *
     * @return whether it was one (RFC 3550 appendix A.2)
     */
    boolean onReports(byte[] in, int length, long nowNanos) {
        int at = 0;
        Told next = told;
        while (at < length) {
            int bytes = length - at < 4 ? 0 : 4 + 4 * ((in[at + 2] & 0xff) << 8 | in[at + 3] & 0xff);
            int type = bytes == 0 ? 0 : in[at + 1] & 0xff;
            boolean report = type == SENDER || type == RECEIVER;
            int first = at + (type == SENDER ? 28 : 8);
            int count = bytes == 0 ? 0 : in[at] & 0x1f;
            if (bytes == 0 || at + bytes > length || in[at] >> 6 != -2 || at == 0 && !report) {
                return false;
            }
            if (report && first + count * BLOCK_BYTES > at + bytes) {
                return false;
            }
            if (type == SENDER) {
                int middle = Wire32.read(in, at + 8) << 16 | Wire32.read(in, at + 12) >>> 16;
                lastSender = new LastSender(middle, nowNanos);
            }
            for (int i = 0; report && i < count; i++) {
                int block = first + i * BLOCK_BYTES;
                if (Wire32.read(in, block) == ssrc) {
                    next = new Told(next.reports(), true, Wire32.read(in, block + 4) << 8 >> 8);
                }
            }
            at += bytes;
        }
        told = new Told(next.reports() + 1, next.ofOurs(), next.lost());
        return true;
    }
}
