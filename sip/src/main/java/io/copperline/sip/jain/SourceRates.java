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
    /** No thread is held up for longer: the clock was set back. */
    private static final long HELD_UP_MILLIS = 10_000;

    private static final class Bucket {
        double tokens;
        long filledAtMillis;

        Bucket(double tokens, long nowMillis) {
            this.tokens = tokens;
            filledAtMillis = nowMillis;
        }

        /**
         * A thread may have been held up since it read the clock: its now is past, and to go back there and forth again would fill
         * the bucket twice for the same time.
         */
        void fill(double perSecond, double most, long nowMillis) {
            long passedMillis = nowMillis - filledAtMillis;
            if (passedMillis > 0) {
                tokens = Math.min(most, tokens + perSecond * passedMillis / 1000);
            }
            if (passedMillis > 0 || passedMillis < -HELD_UP_MILLIS) {
                filledAtMillis = nowMillis;
            }
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
        bucket.fill(perSecond, most, nowMillis);
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
