package io.copperline.sip.stir;

import java.util.Base64;
import java.util.Locale;

/**
 * An Identity header (RFC 8224 section 4) with a PASSporT in its full form. The compact form, which leaves header and
 * claims out, is for PASSporTs without extensions, so not for SHAKEN; it is refused.
 *
 * @param signingInput header and claims as they were signed
 * @param info the certificate's address in the header, which is x5u once more
 */
record IdentityHeader(Passport passport, String signingInput, byte[] signature, String info) {
    private static final int MAX_LENGTH = 8 * 1024;
    private static final int SIGNATURE_BYTES = 64;

    static IdentityHeader parse(String value) throws BadIdentity {
        if (value.length() > MAX_LENGTH) {
            throw BadIdentity.invalid("too long");
        }
        String[] parts = value.strip().split(";", 16);
        String token = unquoted(parts[0].strip());
        String info = "";
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            String content = pair.length == 2 ? unquoted(pair[1].strip()) : "";
            switch (pair[0].strip().toLowerCase(Locale.ROOT)) {
                case "info" -> info = content;
                case "alg" -> needs(content.equals("ES256"), "alg " + content);
                case "ppt" -> needs(content.equals("shaken"), "ppt " + content);
                default -> {
                    // RFC 8224 section 4: unknown parameters do not matter
                }
            }
        }
        needs(info.startsWith("<") && info.endsWith(">"), "no info");
        return of(token, info.substring(1, info.length() - 1));
    }

    private static IdentityHeader of(String token, String info) throws BadIdentity {
        String[] three = token.split("\\.", -1);
        needs(three.length == 3 && !three[0].isEmpty(), "not a full PASSporT");
        Passport passport = Passport.parse(three[0], three[1]);
        needs(passport.x5u().equals(info), "info is not x5u"); // RFC 8224 section 4.1.1
        try {
            byte[] signature = Base64.getUrlDecoder().decode(three[2]);
            needs(signature.length == SIGNATURE_BYTES, "not an ES256 signature");
            return new IdentityHeader(passport, three[0] + "." + three[1], signature, info);
        } catch (IllegalArgumentException e) {
            throw BadIdentity.invalid("the signature cannot be read");
        }
    }

    private static void needs(boolean holds, String orElse) throws BadIdentity {
        if (!holds) {
            throw BadIdentity.invalid(orElse);
        }
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
