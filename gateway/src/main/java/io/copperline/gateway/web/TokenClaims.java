package io.copperline.gateway.web;

import com.nimbusds.jwt.JWTClaimsSet;
import io.copperline.gateway.call.PlaceCall;
import java.util.List;
import java.util.OptionalInt;

/**
 * Our claims: {@code numbers}, {@code to}, {@code max_seconds}, {@code max_calls}, {@code names}, {@code operator}. A claim that is
 * there must be right.
 */
final class TokenClaims {
    private static final int MAX_ENTRIES = 100;
    private static final int MAX_ENTRY_CHARS = 64;
    private static final int MAX_NAME_CHARS = 128;

    private TokenClaims() {}

    static WebUser user(JWTClaimsSet claims) {
        String name = claims.getSubject();
        if (name.isBlank() || name.length() > MAX_NAME_CHARS || name.chars().anyMatch(Character::isISOControl)) {
            throw TokenVerifier.unauthorized("its sub must be a name of up to " + MAX_NAME_CHARS + " characters");
        }
        var limits = new PlaceCall.Limits(
                texts(claims, "numbers"),
                texts(claims, "to"),
                count(claims, "max_seconds"),
                count(claims, "max_calls"),
                texts(claims, "names"));
        return new WebUser(name, limits, claims.getExpirationTime().toInstant(), yes(claims, "operator"));
    }

    private static List<String> texts(JWTClaimsSet claims, String name) {
        Object claim = claims.getClaim(name);
        if (claim == null) {
            return List.of();
        }
        List<?> entries = claim instanceof List<?> list ? list : List.of(claim);
        // An empty list would read as "no limit" further on, where its author meant "nothing".
        if (entries.isEmpty()
                || entries.size() > MAX_ENTRIES
                || !entries.stream().allMatch(TokenClaims::isEntry)) {
            throw TokenVerifier.unauthorized("its " + name + " must be one to " + MAX_ENTRIES + " short texts");
        }
        return entries.stream().map(String.class::cast).toList();
    }

    private static boolean isEntry(Object entry) {
        return entry instanceof String text && !text.isBlank() && text.length() <= MAX_ENTRY_CHARS;
    }

    private static boolean yes(JWTClaimsSet claims, String name) {
        Object claim = claims.getClaim(name);
        if (claim == null || claim instanceof Boolean) {
            return Boolean.TRUE.equals(claim);
        }
        throw TokenVerifier.unauthorized("its " + name + " must be true or false");
    }

    private static OptionalInt count(JWTClaimsSet claims, String name) {
        Object claim = claims.getClaim(name);
        if (claim == null) {
            return OptionalInt.empty();
        }
        if (claim instanceof Long number && number >= 1 && number <= Integer.MAX_VALUE) {
            return OptionalInt.of(number.intValue());
        }
        throw TokenVerifier.unauthorized("its " + name + " must be a whole number from 1");
    }
}
