package io.copperline.sip.stir;

import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.util.Collection;
import java.util.Set;

/** Tells the validator that somebody knows the TNAuthList, where it is marked critical. */
final class TnAuthChecker extends PKIXCertPathChecker {
    private static final String OID = "1.3.6.1.5.5.7.1.26";

    @Override
    public void init(boolean forward) {}

    @Override
    public boolean isForwardCheckingSupported() {
        return true;
    }

    @Override
    public Set<String> getSupportedExtensions() {
        return Set.of(OID);
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolved) {
        unresolved.remove(OID);
    }
}
