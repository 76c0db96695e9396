package io.copperline.gateway.web;

import io.copperline.codecs.Secret;
import io.copperline.config.IceServerSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The STUN and TURN servers of the configuration, with what a user needs for them. Passwords are made by the scheme that
 * coturn calls {@code use-auth-secret} (draft-uberti-behave-turn-rest-00): the name says until when it holds, and the
 * password proves that somebody who knows the secret wrote the name. So nothing is kept here or told to the TURN server.
 */
final class IceServers {
    /** RFC 8489 section 14.3: a USERNAME has less than 509 bytes; ten digits and a colon stand before ours. */
    private static final int MAX_NAME_CHARS = 480;

    private final List<IceServerSettings> settings;

    IceServers(List<IceServerSettings> settings) {
        this.settings = List.copyOf(settings);
    }

    /** What a page of this user may use from {@code now} on. */
    IceServerList forUser(String user, Instant now) {
        Optional<Instant> expiresAt =
                shortestTtl().map(ttl -> Instant.ofEpochSecond(now.plus(ttl).getEpochSecond()));
        return new IceServerList(
                settings.stream().map(server -> issue(server, user, now)).toList(), expiresAt);
    }

    /** How long the first password to end holds; empty where none ever ends. */
    private Optional<Duration> shortestTtl() {
        return settings.stream()
                .flatMap(server -> server.login().stream())
                .filter(IceServerSettings.SharedSecret.class::isInstance)
                .map(login -> ((IceServerSettings.SharedSecret) login).ttl())
                .min(Comparator.naturalOrder());
    }

    /** After how long a page is given new ones: what it holds then lasts as long again. */
    Optional<Duration> renewedAfter() {
        return shortestTtl().map(ttl -> ttl.dividedBy(2));
    }

    private static IceServer issue(IceServerSettings server, String user, Instant now) {
        return switch (server.login().orElse(null)) {
            case null -> new IceServer(server.urls(), Optional.empty());
            case IceServerSettings.Account account ->
                new IceServer(
                        server.urls(), Optional.of(new IceServer.Login(account.username(), account.credential())));
            case IceServerSettings.SharedSecret shared -> {
                String username = now.plus(shared.ttl()).getEpochSecond() + ":" + name(user);
                yield new IceServer(
                        server.urls(),
                        Optional.of(new IceServer.Login(username, credential(shared.secret(), username))));
            }
        };
    }

    /** The user in plain characters, without the colon that ends the time before it. coturn counts quotas by this name. */
    private static String name(String user) {
        String plain = URLEncoder.encode(user, StandardCharsets.UTF_8);
        return plain.length() <= MAX_NAME_CHARS ? plain : plain.substring(0, MAX_NAME_CHARS);
    }

    private static Secret credential(Secret secret, String username) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            byte[] proof = mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
            return new Secret(Base64.getEncoder().encodeToString(proof));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA1", e);
        }
    }
}
