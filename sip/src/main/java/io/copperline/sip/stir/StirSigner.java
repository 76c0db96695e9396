package io.copperline.sip.stir;

import java.net.URI;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Signs calls (RFC 8224 section 6.1, RFC 8588): who calls whom, and what we vouch for. Safe from any thread. */
public final class StirSigner {
    private final URI x5u;
    private final PrivateKey key;
    private final List<String> ownPrefixes;

    /**
     * @param x5u where our certificate chain can be fetched by anyone
     * @param key its key, on P-256
     * @param ownNumbers beginnings of numbers that are ours to show, with or without the plus
     */
    public StirSigner(URI x5u, PrivateKey key, List<String> ownNumbers) {
        this.x5u = x5u;
        this.key = key;
        ownPrefixes = ownNumbers.stream()
                .flatMap(number -> CanonicalNumber.of(number).stream())
                .toList();
    }

    /**
     * The value of an Identity header; empty where one of the two is no number, so that there is nothing to sign.
     *
     * @param known whether the caller is a user of ours, and not a call that came from elsewhere
     * @param origid the name of this call's origin
     */
    public Optional<String> identity(String from, String to, boolean known, UUID origid, Instant now) {
        Optional<String> orig = CanonicalNumber.of(from);
        Optional<String> dest = CanonicalNumber.of(to);
        if (orig.isEmpty() || dest.isEmpty()) {
            return Optional.empty();
        }
        Passport passport = new Passport(
                x5u.toString(),
                true,
                Optional.of(attest(orig.get(), known)),
                orig.get(),
                List.of(dest.get()),
                List.of(),
                now,
                origid.toString());
        String input = passport.signingInput();
        String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(Es256.sign(input, key));
        return Optional.of(input + "." + signature + ";info=<" + x5u + ">;alg=ES256;ppt=shaken");
    }

    Attestation attest(String orig, boolean known) {
        if (!known) {
            return Attestation.C;
        }
        return ownPrefixes.stream().anyMatch(orig::startsWith) ? Attestation.A : Attestation.B;
    }
}
