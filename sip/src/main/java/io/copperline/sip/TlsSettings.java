package io.copperline.sip;

import io.copperline.sip.jain.JainWire;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;

/**
 * SIP over TLS: its PEM files, and what else is said in the handshake.
 *
 * @param certificate our certificate, followed by its chain
 * @param key our private key, PKCS #8
 * @param trust the authorities that trunks must be signed by; empty: those of the Java runtime
 * @param protocols what ALPN offers where we connect (RFC 7301), best first; nothing where empty
 * @param mutual whether whoever connects to us must show a certificate of these authorities, too
 */
public record TlsSettings(Path certificate, Path key, Optional<Path> trust, List<String> protocols, boolean mutual) {
    public TlsSettings {
        protocols = List.copyOf(protocols);
    }

    /** Without ALPN, and for whoever is let in. */
    public TlsSettings(Path certificate, Path key, Optional<Path> trust) {
        this(certificate, key, trust, List.of(), false);
    }

    /**
     * Reads the files once.
     *
     * @throws SipStartException where they cannot be used, with the file and the fix
     */
    public void check() throws SipStartException {
        JainWire.check(this);
    }

    /**
     * What shows our certificate to whoever asks for it.
     *
     * @throws SipStartException as {@link #check}
     */
    public KeyManager[] keyManagers() throws SipStartException {
        return JainWire.keyManagers(this);
    }
}
