package io.copperline.webrtc.dtls;

import io.copperline.codecs.sdp.SdpException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A certificate's hash, as in {@code a=fingerprint} (RFC 8122 section 5). */
public record Fingerprint(String algorithm, String hex) {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    /** The hashes that still prove something; sha-1 and md5 do not (RFC 8122 section 5). */
    private static final Map<String, String> USABLE =
            Map.of("sha-256", "SHA-256", "sha-384", "SHA-384", "sha-512", "SHA-512");

    private static final Pattern VALUE = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2})*");
    private static final int CHARS_PER_BYTE = 3;

    private static final Map<String, Integer> BYTES = Map.of("sha-256", 32, "sha-384", 48, "sha-512", 64);

    /** Reads the attribute's value. */
    public static Fingerprint parse(String value) throws SdpException {
        String[] parts = value.trim().split(" +");
        if (parts.length != 2) {
            throw new SdpException("a=fingerprint needs a hash function and a value");
        }
        int bytes = BYTES.getOrDefault(parts[0].toLowerCase(Locale.ROOT), (parts[1].length() + 1) / CHARS_PER_BYTE);
        if (parts[1].length() != CHARS_PER_BYTE * bytes - 1
                || !VALUE.matcher(parts[1]).matches()) {
            throw new SdpException("the value of a=fingerprint is not a hash of its function");
        }
        return new Fingerprint(parts[0].toLowerCase(Locale.ROOT), parts[1].toUpperCase(Locale.ROOT));
    }

    /** The hash of a DER certificate. */
    static Fingerprint of(String algorithm, byte[] certificate) {
        try {
            byte[] digest = MessageDigest.getInstance(USABLE.get(algorithm)).digest(certificate);
            return new Fingerprint(algorithm, COLONS.formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-2", e);
        }
    }

    /** Whether its hash still proves something: SHA-2 does, SHA-1 and MD5 do not. */
    public boolean usable() {
        return USABLE.containsKey(algorithm);
    }

    /** The attribute's value. */
    public String write() {
        return algorithm + " " + hex;
    }

    /**
     * Whether a certificate is the announced one. Every usable hash function that was announced must have a fingerprint
     * that matches; several of one function are alternatives (RFC 8122 section 5.1).
     */
    static boolean match(List<Fingerprint> announced, byte[] certificate) {
        List<String> algorithms = announced.stream()
                .filter(Fingerprint::usable)
                .map(Fingerprint::algorithm)
                .distinct()
                .toList();
        return !algorithms.isEmpty()
                && algorithms.stream().allMatch(algorithm -> announced.contains(of(algorithm, certificate)));
    }
}
