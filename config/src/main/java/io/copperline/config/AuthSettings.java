package io.copperline.config;

import io.copperline.codecs.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * Whose tokens are taken. Exactly one of the two keys is set, except in the lab, where both may be missing: it then makes
 * a secret of its own at each start.
 *
 * @param hs256Secret the shared secret of HS256 tokens, at least 32 bytes
 * @param jwksUrl where the public keys of RS256 and ES256 tokens are read
 * @param issuer the {@code iss} a token must have
 * @param audience the {@code aud} a token must have
 */
public record AuthSettings(
        Optional<Secret> hs256Secret, Optional<URI> jwksUrl, Optional<String> issuer, Optional<String> audience) {}
