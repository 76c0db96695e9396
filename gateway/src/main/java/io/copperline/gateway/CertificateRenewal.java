package io.copperline.gateway;

import io.copperline.webrtc.dtls.DtlsCertificate;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives new calls a new DTLS certificate before the last one ends. A call that is up goes on with the one whose fingerprint its
 * browser was told.
 */
final class CertificateRenewal implements Runnable {
    static final Duration INTERVAL = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);

    private final Path file;
    private final Supplier<DtlsCertificate> inUse;
    private final Consumer<DtlsCertificate> successor;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * @param inUse what new calls are given at the moment
     * @param successor told of what they are given from now on
     */
    CertificateRenewal(
            Path file,
            Supplier<DtlsCertificate> inUse,
            Consumer<DtlsCertificate> successor,
            SecureRandom random,
            InstantSource clock) {
        this.file = file;
        this.inUse = inUse;
        this.successor = successor;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public void run() {
        DtlsCertificate old = inUse.get();
        try {
            DtlsCertificate current = CertificateFile.renewed(old, file, random, clock.instant());
            if (!current.equals(old)) {
                successor.accept(current);
            }
        } catch (StartFailed e) {
            LOG.warn("{}. The old one is used meanwhile; it ends at {}", e.getMessage(), old.expires());
        }
    }
}
