package io.copperline.config;

import io.copperline.sip.StirSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The keys of a trunk on signed callers: STIR/SHAKEN. */
final class TrunkStirKeys {
    private static final Type<URI> HTTPS = Type.of("an https:// address", text -> {
        try {
            URI uri = URI.create(text);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new Mismatch();
    });

    /** What becomes of a call. */
    enum Policy {
        ACCEPT,
        REJECT
    }

    static final Key<URI> CERTIFICATE_URL = Key.open(
            "stir-certificate-url",
            HTTPS,
            "https://certs.example.com/shaken.pem",
            "Signs calls out: where anyone can fetch our certificate for signing and its chain.");
    static final Key<Path> KEY =
            Key.open("stir-key", Types.PATH, "stir/key.pem", "PEM file: its private key, P-256, PKCS #8.");
    static final Key<String> OWN_NUMBERS = Key.list(
            "stir-own-numbers",
            Types.WORD_TEXT,
            "[]",
            "[\"+12025550\"]",
            "Numbers or their beginnings that we may show: those are attested A, others B.");
    static final Key<Path> ANCHORS = Key.open(
            "stir-anchors",
            Types.PATH,
            "stir/authorities.pem",
            "Checks calls in: PEM file with the authorities whose certificates may sign calls.");
    static final Key<Policy> FAILED = Key.of(
            "stir-failed",
            Types.oneOf(Policy.class),
            "accept",
            "A call whose signature does not hold: accept (its verdict is told) or reject.");
    static final Key<Policy> UNSIGNED = Key.of(
            "stir-unsigned",
            Types.oneOf(Policy.class),
            "accept",
            "A call without a signature: accept (its verdict is told) or reject, by 428.");
    static final Key<Boolean> PRIVATE_ADDRESSES = Key.of(
            "stir-private-addresses",
            Types.YES_OR_NO,
            "false",
            "Whether certificates may be fetched from addresses of private networks.");

    private TrunkStirKeys() {}

    static StirSettings read(Fields trunk) {
        Optional<URI> url = trunk.maybe(CERTIFICATE_URL);
        Optional<Path> key = trunk.file(KEY);
        List<String> own = trunk.many(OWN_NUMBERS);
        boolean rejectFailed = trunk.one(FAILED) == Policy.REJECT;
        boolean rejectUnsigned = trunk.one(UNSIGNED) == Policy.REJECT;
        boolean privateAddresses = trunk.one(PRIVATE_ADDRESSES);
        return new StirSettings(
                url.flatMap(address -> key.map(file -> new StirSettings.Signing(address, file, own))),
                trunk.file(ANCHORS)
                        .map(file -> new StirSettings.Checking(file, rejectFailed, rejectUnsigned, privateAddresses)));
    }

    static void check(Fields trunk) {
        if (trunk.has(CERTIFICATE_URL) && !trunk.has(KEY)) {
            trunk.problem(CERTIFICATE_URL, "stir-key beside it", "none", "add stir-key: with the certificate's key");
        }
        boolean own = !trunk.many(OWN_NUMBERS).isEmpty();
        if ((trunk.has(KEY) || own) && !trunk.has(CERTIFICATE_URL)) {
            Key<?> key = own ? OWN_NUMBERS : KEY;
            trunk.problem(key, "stir-certificate-url beside it", "none", "add stir-certificate-url:");
        }
        if (!trunk.has(ANCHORS)) {
            needsAnchors(trunk, FAILED, trunk.one(FAILED) == Policy.REJECT);
            needsAnchors(trunk, UNSIGNED, trunk.one(UNSIGNED) == Policy.REJECT);
            needsAnchors(trunk, PRIVATE_ADDRESSES, trunk.one(PRIVATE_ADDRESSES));
        }
    }

    private static void needsAnchors(Fields trunk, Key<?> key, boolean used) {
        if (used) {
            trunk.problem(key, "stir-anchors beside it", "none", "add stir-anchors:, or remove " + key.name());
        }
    }
}
