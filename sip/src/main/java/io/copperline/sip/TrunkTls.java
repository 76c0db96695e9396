package io.copperline.sip;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is special about TLS towards one carrier; what is empty is as for all.
 *
 * @param certificate our certificate for this carrier, PEM, followed by its chain; with {@code key}, or neither
 * @param key its private key, PKCS #8
 * @param authorities who must have signed the carrier's certificate, PEM
 * @param protocols what ALPN offers (RFC 7301), best first; nothing where empty
 */
public record TrunkTls(
        Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities, List<String> protocols) {
    public static final TrunkTls USUAL = new TrunkTls(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public TrunkTls {
        protocols = List.copyOf(protocols);
    }

    /** The settings of all, but for what is said here. */
    public TlsSettings over(TlsSettings general) {
        return new TlsSettings(
                certificate.orElse(general.certificate()),
                key.orElse(general.key()),
                authorities.or(general::trust),
                protocols,
                general.mutual());
    }
}
