package io.copperline.sip;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The PEM files of SIP over TLS.
 *
 * @param certificate our certificate, followed by its chain
 * @param key our private key, PKCS #8
 * @param trust the authorities that trunks must be signed by; empty: those of the Java runtime
 */
public record TlsSettings(Path certificate, Path key, Optional<Path> trust) {}
