package io.copperline.sip.stir;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Whether a caller's Identity headers hold (RFC 8224 section 6.2, RFC 8588). It fetches certificates, so it runs on an errand's
 * thread. Cheap checks come first: nothing is fetched for a header that cannot hold anyway.
 */
public final class StirVerifier {
    /** RFC 8224 section 6.2 step 4. */
    private static final Duration FRESH = Duration.ofSeconds(60);

    private static final int MAX_HEADERS = 4;

    private final CertificateSource certificates;
    private final CertificateChains chains;

    StirVerifier(CertificateSource certificates, Collection<X509Certificate> anchors) {
        this.certificates = certificates;
        chains = new CertificateChains(anchors);
    }

    /** One that fetches certificates over HTTPS. */
    public static StirVerifier overHttps(Collection<X509Certificate> anchors, boolean privateAddresses) {
        return new StirVerifier(new CertificateCache(new HttpsCertificates(privateAddresses)), anchors);
    }

    /**
     * Looks at all of them; one that holds is enough.
     *
     * @param headers the values of the Identity headers
     * @param from the caller's number, as the SIP headers have it
     * @param to the called numbers, likewise: those of Request-URI and To
     */
    public Verdict verify(List<String> headers, String from, List<String> to, Instant now) {
        if (headers.isEmpty()) {
            return Verdict.unsigned();
        }
        BadIdentity first = null;
        for (String header : headers.subList(0, Math.min(headers.size(), MAX_HEADERS))) {
            try {
                return Verdict.passed(check(IdentityHeader.parse(header), from, to, now));
            } catch (BadIdentity e) {
                first = first == null ? e : first;
            }
        }
        return Verdict.failed(first);
    }

    private Passport check(IdentityHeader identity, String from, List<String> to, Instant now) throws BadIdentity {
        Passport passport = identity.passport();
        if (Duration.between(passport.iat(), now).abs().compareTo(FRESH) > 0) {
            throw new BadIdentity(BadIdentity.STALE_DATE, "signed at another time");
        }
        String caller = CanonicalNumber.of(from).orElse("");
        Optional<String> signed = CanonicalNumber.of(passport.orig());
        if (signed.isEmpty() || !signed.get().equals(caller)) {
            throw BadIdentity.invalid("signed for another caller");
        }
        List<String> called = to.stream()
                .flatMap(number -> CanonicalNumber.of(number).stream())
                .toList();
        if (passport.destNumbers().stream()
                .flatMap(number -> CanonicalNumber.of(number).stream())
                .noneMatch(called::contains)) {
            throw BadIdentity.invalid("signed for another called number");
        }
        byte[] file = certificates.fetch(passport.x5u(), now).bytes();
        X509Certificate signer = chains.check(CertificateChains.read(file), now);
        if (!Es256.verify(identity.signingInput(), identity.signature(), signer.getPublicKey())) {
            throw BadIdentity.invalid("the signature does not hold");
        }
        Optional<TnAuthList> allowed = TnAuthList.of(signer);
        if (allowed.isEmpty() || !allowed.get().covers(caller)) {
            throw new BadIdentity(BadIdentity.UNSUPPORTED_CREDENTIAL, "the certificate is not for this number");
        }
        return passport;
    }
}
