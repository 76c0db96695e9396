package io.copperline.sip.stir;

import java.time.Instant;

/** Where certificates come from. It may wait for the network. */
@FunctionalInterface
interface CertificateSource {
    /** The file at that address, at most so many bytes as anyone needs; {@code BadIdentity} says why there is none. */
    CertificateFile fetch(String x5u, Instant now) throws BadIdentity;
}
