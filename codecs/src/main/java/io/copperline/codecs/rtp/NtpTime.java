package io.copperline.codecs.rtp;

import java.time.Instant;

/** NTP timestamps as RTCP has them (RFC 3550 section 4): seconds since 1900 in the upper 32 bits, the fraction below. */
public final class NtpTime {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    private NtpTime() {}

    /** The 64-bit timestamp of a wall time. */
    public static long of(Instant wall) {
        return of(wall.getEpochSecond(), wall.getNano());
    }

    /** The 64-bit timestamp of a wall time given as seconds since 1970 and nanoseconds. */
    public static long of(long epochSecond, int nano) {
        long fraction = ((long) nano << 32) / 1_000_000_000L;
        return epochSecond + SECONDS_1900_TO_1970 << 32 | fraction;
    }

    /** Milliseconds since 1970, with what is behind the point, of a 64-bit timestamp. */
    public static double epochMillis(long ntpTimestamp) {
        long seconds = (ntpTimestamp >>> 32) - SECONDS_1900_TO_1970;
        return seconds * 1e3 + (ntpTimestamp & 0xFFFF_FFFFL) * 1e3 / (1L << 32);
    }

    /** The middle 32 bits, as in LSR. */
    public static long middle32(long ntpTimestamp) {
        return ntpTimestamp >>> 16 & 0xFFFF_FFFFL;
    }

    /**
     * The round trip that a report block about our stream tells (RFC 3550 section 6.4.1): now - LSR - DLSR.
     *
     * @return nanoseconds; -1 where the other end has had no report from us, or its values cannot be
     */
    public static long roundTripNanos(long ntpNow, long lastSenderReport, long delaySinceLastSenderReport) {
        if (lastSenderReport == 0) {
            return -1;
        }
        int units = (int) (middle32(ntpNow) - lastSenderReport - delaySinceLastSenderReport);
        return units < 0 ? -1 : units * 1_000_000_000L >> 16;
    }
}
