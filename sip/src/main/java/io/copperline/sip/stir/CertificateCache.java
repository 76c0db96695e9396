package io.copperline.sip.stir;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps fetched certificates for as long as their server lets it, and for a short time that there were none: a call with each
 * address must not fetch it each time. What is not kept is fetched for each call.
 */
final class CertificateCache implements CertificateSource {
    private static final int MAX_ENTRIES = 512;
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(30);

    private record Kept(CertificateFile file, String failure, Instant until) {}

    private static final CertificateFile NOTHING = new CertificateFile(new byte[0], Duration.ZERO);

    private final CertificateSource source;
    private final Map<String, Kept> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    CertificateCache(CertificateSource source) {
        this.source = source;
    }

    @Override
    public CertificateFile fetch(String x5u, Instant now) throws BadIdentity {
        Kept known;
        synchronized (entries) {
            known = entries.get(x5u);
        }
        if (known == null || !known.until().isAfter(now)) {
            known = look(x5u, now);
            keep(x5u, known, now);
        }
        if (!known.failure().isEmpty()) {
            throw new BadIdentity(BadIdentity.BAD_INFO, known.failure());
        }
        return known.file();
    }

    private void keep(String x5u, Kept found, Instant now) {
        synchronized (entries) {
            if (found.until().isAfter(now)) {
                entries.put(x5u, found);
            } else {
                entries.remove(x5u);
            }
        }
    }

    private Kept look(String x5u, Instant now) {
        try {
            CertificateFile file = source.fetch(x5u, now);
            return new Kept(file, "", now.plus(file.freshFor()));
        } catch (BadIdentity e) {
            return new Kept(NOTHING, e.getMessage(), now.plus(FAILURE_KEPT));
        }
    }
}
