package io.copperline.gateway.web;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket per key: a minute's worth at once, then one every 60/n s. Owned by the web loop. The table is bounded;
 * the key that was quiet longest is forgotten first.
 */
final class RateLimiter {
    private static final int MAX_KEYS = 10_000;

    private final int perMinute;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_KEYS;
        }
    };

    RateLimiter(int perMinute) {
        this.perMinute = perMinute;
    }

    /**
     * Takes one.
     *
     * @return 0 if there was one, else the seconds until there is
     */
    int take(String key, long nowMillis) {
        Bucket bucket = buckets.computeIfAbsent(key, _ -> new Bucket(perMinute, nowMillis));
        long elapsedMillis = Math.max(0, nowMillis - bucket.filledAtMillis);
        bucket.level = Math.min(perMinute, bucket.level + elapsedMillis * perMinute / 60_000.0);
        bucket.filledAtMillis = nowMillis;
        if (bucket.level >= 1) {
            bucket.level -= 1;
            return 0;
        }
        return (int) Math.max(1, Math.ceil((1 - bucket.level) * 60.0 / perMinute - 1e-6));
    }

    int size() {
        return buckets.size();
    }

    private static final class Bucket {
        double level;
        long filledAtMillis;

        Bucket(double level, long filledAtMillis) {
            this.level = level;
            this.filledAtMillis = filledAtMillis;
        }
    }
}
