package io.copperline.gateway;

import io.copperline.webrtc.dtls.DtlsCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the DTLS certificate on disk, so that browsers' view of us survives a restart. */
final class CertificateFile {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateFile.class);
    /** Renewed within this time before its end. */
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    private CertificateFile() {}

    /** @throws StartFailed where the file is there and is no certificate, or cannot be written */
    static DtlsCertificate loadOrCreate(Path file, SecureRandom random, Instant now) {
        try {
            if (Files.exists(file)) {
                DtlsCertificate kept = DtlsCertificate.parse(Files.readString(file));
                return renewed(kept, file, random, now);
            }
            return create(file, random, now);
        } catch (IllegalArgumentException e) {
            throw new StartFailed(file + " holds no certificate and key (" + e.getMessage()
                    + "); move it away and a new one is made, or name another by media.certificate-file");
        } catch (IOException e) {
            throw notKept(file, e);
        }
    }

    /**
     * The same certificate, or a new one where this one ends soon.
     *
     * @throws StartFailed where the new one cannot be written
     */
    static DtlsCertificate renewed(DtlsCertificate kept, Path file, SecureRandom random, Instant now) {
        if (kept.expires().minus(RENEWED_BEFORE).isAfter(now)) {
            return kept;
        }
        LOG.info("The DTLS certificate in {} ends soon; a new one is made", file);
        return create(file, random, now);
    }

    private static DtlsCertificate create(Path file, SecureRandom random, Instant now) {
        DtlsCertificate created = DtlsCertificate.create(random, now);
        try {
            write(file, created.pem());
        } catch (IOException e) {
            throw notKept(file, e);
        }
        return created;
    }

    private static StartFailed notKept(Path file, IOException e) {
        return new StartFailed("the DTLS certificate cannot be kept in " + file + " (" + e
                + "); make the directory writable, or name another file by media.certificate-file");
    }

    /** Complete or not at all, and for our eyes only. */
    private static void write(Path file, String pem) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path fresh = Files.createTempFile(
                directory,
                "certificate",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, pem);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
