package io.copperline.sip.stir;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

/** Signs calls without a line of the code that it tests: text, DER signatures taken apart by hand, keys made by OpenSSL. */
public final class ForeignPassport {
    private static final Path FILES = Path.of("src/test/resources/stir");
    private static final String URL = "https://certs.example.com/shaken.pem";

    String header;
    String claims;
    String parameters;
    String key = "provider";

    ForeignPassport(String orig, String dest, Instant iat) {
        this(orig, dest, iat, URL);
    }

    public ForeignPassport(String orig, String dest, Instant iat, String url) {
        header = "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"" + url + "\"}";
        parameters = ";info=<" + url + ">;alg=ES256;ppt=shaken";
        claims = "{\"attest\":\"A\",\"dest\":{\"tn\":[\"" + dest + "\"]},\"iat\":" + iat.getEpochSecond()
                + ",\"orig\":{\"tn\":\"" + orig + "\"},\"origid\":\"123e4567-e89b-12d3-a456-426655440000\"}";
    }

    static byte[] file(String name) {
        try {
            return Files.readAllBytes(FILES.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As from a web server that says nothing of caches. */
    static CertificateFile fetched(String name) {
        return new CertificateFile(file(name), Freshness.USUAL);
    }

    static Path path(String name) {
        return FILES.resolve(name);
    }

    /** The header's value. */
    public String sign() throws GeneralSecurityException {
        String input =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(privateKey());
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + base64(raw(signature.sign())) + parameters;
    }

    private PrivateKey privateKey() throws GeneralSecurityException {
        String pem =
                new String(file(key + ".key.pem"), StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    }

    /** SEQUENCE { r INTEGER, s INTEGER } as r and s of 32 bytes each. */
    private static byte[] raw(byte[] der) {
        byte[] raw = new byte[64];
        int at = 2;
        for (int half = 0; half < 2; half++) {
            int length = der[at + 1];
            byte[] number = new BigInteger(java.util.Arrays.copyOfRange(der, at + 2, at + 2 + length)).toByteArray();
            int from = Math.max(0, number.length - 32);
            int size = number.length - from;
            System.arraycopy(number, from, raw, half * 32 + 32 - size, size);
            at += 2 + length;
        }
        return raw;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
