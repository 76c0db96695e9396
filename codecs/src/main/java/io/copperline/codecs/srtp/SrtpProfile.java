package io.copperline.codecs.srtp;

import java.util.Optional;

/**
 * The protection profiles we speak, with their numbers in the {@code use_srtp} extension (RFC 5764 section 4.1.2, RFC 7714
 * section 14.2). Their names are those of the crypto suites in {@code a=crypto} (RFC 4568 section 6.2, RFC 7714 section 14.1).
 */
public enum SrtpProfile {
    AES_CM_128_HMAC_SHA1_80(0x0001, 16, 14, 10),
    /** The short tag stands on RTP only; SRTCP keeps 80 bits (RFC 3711 section 5.2). */
    AES_CM_128_HMAC_SHA1_32(0x0002, 16, 14, 4),
    AEAD_AES_128_GCM(0x0007, 16, 12, 16),
    AEAD_AES_256_GCM(0x0008, 32, 12, 16);

    /** What a protected packet may grow by: the longest tag and the SRTCP index. */
    public static final int MAX_TRAILER_BYTES = 20;

    private final int dtlsId;
    private final int keyBytes;
    private final int saltBytes;
    private final int tagBytes;

    SrtpProfile(int dtlsId, int keyBytes, int saltBytes, int tagBytes) {
        this.dtlsId = dtlsId;
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
    }

    /** The number in {@code use_srtp}. */
    public int dtlsId() {
        return dtlsId;
    }

    /** The master key's length. */
    public int keyBytes() {
        return keyBytes;
    }

    /** The master salt's length. */
    public int saltBytes() {
        return saltBytes;
    }

    /** By how much an RTP packet grows; SRTCP adds four bytes of index. */
    public int tagBytes() {
        return tagBytes;
    }

    boolean isGcm() {
        return this == AEAD_AES_128_GCM || this == AEAD_AES_256_GCM;
    }

    /** The profile of a crypto suite's name in {@code a=crypto}. */
    public static Optional<SrtpProfile> ofSuite(String name) {
        for (SrtpProfile profile : values()) {
            if (profile.name().equals(name)) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    /** The profile of a {@code use_srtp} number. */
    public static Optional<SrtpProfile> ofDtlsId(int id) {
        for (SrtpProfile profile : values()) {
            if (profile.dtlsId == id) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }
}
