package io.copperline.sip.stir;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps fetched certificates, and for a short time that there were none: a call with each address must not fetch it each time. */
final class CertificateCache implements CertificateSource {
    private static final int MAX_ENTRIES = 512;
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(30);

    private record Kept(byte[] file, String failure, Instant until) {}

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
    public byte[] fetch(String x5u, Instant now) throws BadIdentity {
        Kept known;
        synchronized (entries) {
            known = entries.get(x5u);
        }
        if (known == null || !known.until().isAfter(now)) {
            known = look(x5u, now);
            synchronized (entries) {
                entries.put(x5u, known);
            }
        }
        if (!known.failure().isEmpty()) {
            throw new BadIdentity(BadIdentity.BAD_INFO, known.failure());
        }
        return known.file();
    }

    private Kept look(String x5u, Instant now) {
        try {
            return new Kept(source.fetch(x5u, now), "", now.plus(USUAL));
        } catch (BadIdentity e) {
            return new Kept(new byte[0], e.getMessage(), now.plus(FAILURE_KEPT));
        }
    }
}
