package io.copperline.sip;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Signed caller identities on a trunk (RFC 8224, RFC 8588).
 *
 * @param signing how calls out are signed; empty: they are not
 * @param checking how calls in are checked; empty: they are not
 */
public record StirSettings(Optional<Signing> signing, Optional<Checking> checking) {
    public static final StirSettings NONE = new StirSettings(Optional.empty(), Optional.empty());

    /**
     * @param certificateUrl where anyone can fetch our certificate and its chain
     * @param key its private key: PEM, PKCS #8, P-256
     * @param ownNumbers beginnings of the numbers that we may show: those are attested A, others B
     */
    public record Signing(URI certificateUrl, Path key, List<String> ownNumbers) {
        public Signing {
            ownNumbers = List.copyOf(ownNumbers);
        }
    }

    /**
     * @param anchors PEM file: the authorities whose certificates may sign calls
     * @param rejectFailed whether a call whose signature does not hold is refused
     * @param rejectUnsigned whether a call without one is refused
     * @param privateAddresses whether certificates may be fetched from addresses of private networks
     */
    public record Checking(Path anchors, boolean rejectFailed, boolean rejectUnsigned, boolean privateAddresses) {}
}
