package io.copperline.gateway.media;

import io.copperline.codecs.rtp.RemoteReports;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Whether a browser receives what we send, by its own RTCP: deaf is who goes on reporting, twice or more in 16 s or longer,
 * while 150 packets of ours went out (3 s of sound), and never saw one of them.
 */
final class EarWatch {
    /**
     * Two of the longest intervals there are: 5 s and half as much again (RFC 3550 section 6.3.1). Chromium reports on what it sends and
     * on what it hears at times of their own, so that many of the one may come between two of the other.
     */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(16);

    private static final int PACKETS = 150;
    private static final int REPORTS = 2;

    private long highestSeen;
    private long sentThen;
    private long reportsThen;
    private long sinceNanos;
    private boolean begun;

    /**
     * Looks at its reports; to be called a few times a second.
     *
     * @return since when it hears nothing, in {@code nowNanos}; empty where it hears, or nobody knows
     */
    OptionalLong deafSince(RemoteReports reports, long packetsSent, long nowNanos) {
        boolean seesMore = reports.aboutUs() && reports.highestExtended() != highestSeen;
        if (!begun || seesMore) {
            begun = true;
            highestSeen = reports.highestExtended();
            sentThen = packetsSent;
            reportsThen = reports.reports();
            sinceNanos = nowNanos;
            return OptionalLong.empty();
        }
        boolean deaf = packetsSent - sentThen >= PACKETS
                && reports.reports() - reportsThen >= REPORTS
                && nowNanos - sinceNanos >= PATIENCE_NANOS;
        return deaf ? OptionalLong.of(sinceNanos) : OptionalLong.empty();
    }
}
