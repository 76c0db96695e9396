package io.copperline.sip.jain;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many messages each address may send: a bucket of tokens per address, for so many addresses and no more. The last
 * quarter of a bucket is for what belongs to calls there are. Safe from any thread: connections are read by one each.
 */
final class SourceRates {
    private static final int MAX_SOURCES = 4096;
    private static final double RESERVED = 0.25;

    private static final class Bucket {
        double tokens;
        long filledAtMillis;

        Bucket(double tokens, long nowMillis) {
            this.tokens = tokens;
            filledAtMillis = nowMillis;
        }
    }

    private final double perSecond;
    private final double most;
    private final Map<InetAddress, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Bucket> eldest) {
            return size() > MAX_SOURCES;
        }
    };

    /** @param perSecond messages of one address; twice as many may come at once */
    SourceRates(int perSecond) {
        this.perSecond = perSecond;
        most = 2.0 * perSecond;
    }

    /**
     * Whether one more may come in.
     *
     * @param ofACall whether it belongs to a call that there may be already
     */
    synchronized boolean take(InetAddress from, boolean ofACall, long nowMillis) {
        Bucket bucket = buckets.computeIfAbsent(from, _ -> new Bucket(most, nowMillis));
        double gained = perSecond * Math.max(0, nowMillis - bucket.filledAtMillis) / 1000;
        bucket.tokens = Math.min(most, bucket.tokens + gained);
        bucket.filledAtMillis = nowMillis;
        double needed = ofACall ? 1 : Math.max(1, RESERVED * most);
        if (bucket.tokens < needed) {
            return false;
        }
        bucket.tokens -= 1;
        return true;
    }

    /** Addresses remembered. */
    synchronized int size() {
        return buckets.size();
    }
}
