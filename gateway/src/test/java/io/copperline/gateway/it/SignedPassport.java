package io.copperline.gateway.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PASSporT (RFC 8225) that OpenSSL signs, or looks at. Nothing of the gateway's takes part. */
final class SignedPassport {
    private static final int HALF_DIGITS = 64;
    private static final Pattern IDENTITY = Pattern.compile(
            "\r?\nIdentity: ([\\w-]+)\\.([\\w-]+)\\.([\\w-]+);info=<([^>]*)>;alg=ES256;ppt=shaken\r?\n");
    private static final Pattern INTEGER = Pattern.compile("INTEGER\\s*:([0-9A-F]+)");

    private final String header;
    private final String claims;
    private final String signature;

    private SignedPassport(String header, String claims, String signature) {
        this.header = header;
        this.claims = claims;
        this.signature = signature;
    }

    /** The value of an Identity header, signed with {@code KEY.key}. */
    static String sign(Path directory, String key, String url, String from, String to, Instant at) throws IOException {
        String input = base64("{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"" + url + "\"}")
                + "."
                + base64("{\"attest\":\"A\",\"dest\":{\"tn\":[\"" + to + "\"]},\"iat\":" + at.getEpochSecond()
                        + ",\"orig\":{\"tn\":\"" + from + "\"},\"origid\":\"123e4567-e89b-12d3-a456-426655440000\"}");
        Files.writeString(directory.resolve("passport.txt"), input);
        Openssl.run(
                directory,
                List.of("openssl", "dgst", "-sha256", "-sign", key + ".key", "-out", "passport.der", "passport.txt"));
        String numbers =
                Openssl.run(directory, List.of("openssl", "asn1parse", "-inform", "DER", "-in", "passport.der"));
        StringBuilder digits = new StringBuilder();
        for (MatchResult number : INTEGER.matcher(numbers).results().toList()) {
            digits.append("0".repeat(HALF_DIGITS - number.group(1).length())).append(number.group(1));
        }
        String signature = base64(HexFormat.of().parseHex(digits));
        return input + "." + signature + ";info=<" + url + ">;alg=ES256;ppt=shaken";
    }

    /** That of an INVITE. */
    static SignedPassport of(String invite) {
        Matcher matcher = IDENTITY.matcher(invite);
        if (!matcher.find()) {
            throw new AssertionError("no Identity in " + invite);
        }
        return new SignedPassport(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    String header() {
        return text(header);
    }

    String claims() {
        return text(claims);
    }

    /** Fails where the signature is not of the key of {@code CERTIFICATE.pem}. */
    void verify(Path directory, String certificate) throws IOException {
        String digits = HexFormat.of().formatHex(Base64.getUrlDecoder().decode(signature));
        Files.write(
                directory.resolve("signature.cnf"),
                List.of(
                        "asn1=SEQUENCE:pair",
                        "[pair]",
                        "r=INTEGER:0x" + digits.substring(0, HALF_DIGITS),
                        "s=INTEGER:0x" + digits.substring(HALF_DIGITS)));
        Files.writeString(directory.resolve("passport.txt"), header + "." + claims);
        Openssl.run(
                directory,
                List.of("openssl", "asn1parse", "-genconf", "signature.cnf", "-noout", "-out", "signature.der"));
        Files.writeString(
                directory.resolve("public.pem"),
                Openssl.run(directory, List.of("openssl", "x509", "-in", certificate + ".pem", "-noout", "-pubkey")));
        Openssl.run(
                directory,
                List.of(
                        "openssl",
                        "dgst",
                        "-sha256",
                        "-verify",
                        "public.pem",
                        "-signature",
                        "signature.der",
                        "passport.txt"));
    }

    private static String text(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
