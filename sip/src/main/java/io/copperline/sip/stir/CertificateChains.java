package io.copperline.sip.stir;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a chain of certificates leads to an authority that we trust to say who may sign calls (RFC 8226). */
final class CertificateChains {
    private static final int MAX_LENGTH = 8;

    private final Set<TrustAnchor> anchors;

    CertificateChains(Collection<X509Certificate> anchors) {
        this.anchors = anchors.stream().map(one -> new TrustAnchor(one, null)).collect(Collectors.toSet());
    }

    /** Reads PEM or DER certificates, the signer's first. */
    static List<X509Certificate> read(byte[] file) throws BadIdentity {
        List<X509Certificate> chain = authorities(file);
        if (chain.size() > MAX_LENGTH) {
            throw new BadIdentity(BadIdentity.BAD_INFO, "too many certificates where info says");
        }
        return chain;
    }

    /** Reads any number of them. */
    static List<X509Certificate> authorities(byte[] file) throws BadIdentity {
        try {
            List<X509Certificate> chain = new ArrayList<>();
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(file))
                    .forEach(one -> chain.add((X509Certificate) one));
            if (!chain.isEmpty()) {
                return chain;
            }
        } catch (CertificateException e) {
            // said below
        }
        throw new BadIdentity(BadIdentity.BAD_INFO, "no certificates where info says");
    }

    /** The signer's certificate, once it has proved to be good at that time. */
    X509Certificate check(List<X509Certificate> chain, Instant at) throws BadIdentity {
        X509Certificate signer = chain.getFirst();
        List<X509Certificate> path =
                chain.stream().filter(one -> !isAnchor(one)).toList();
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false); // lists of revoked ones come by another way (ATIS-1000080)
            parameters.setDate(Date.from(at));
            if (path.isEmpty()) {
                throw new GeneralSecurityException("an authority signs no calls");
            }
            // Its TNAuthList may be marked critical, and is looked at by ourselves.
            parameters.addCertPathChecker(new TnAuthChecker());
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new BadIdentity(BadIdentity.UNSUPPORTED_CREDENTIAL, "the certificate leads to no authority of ours");
        }
        if (signer.getBasicConstraints() >= 0 || !Es256.isOnP256(signer.getPublicKey())) {
            throw new BadIdentity(BadIdentity.UNSUPPORTED_CREDENTIAL, "not a certificate for signing calls");
        }
        return signer;
    }

    private boolean isAnchor(X509Certificate certificate) {
        return anchors.stream().anyMatch(anchor -> anchor.getTrustedCert().equals(certificate));
    }
}
