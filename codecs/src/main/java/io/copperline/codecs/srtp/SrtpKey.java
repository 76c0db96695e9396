package io.copperline.codecs.srtp;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The master key and salt of one direction (RFC 3711 section 3.2.1). Its text never shows itself. */
public final class SrtpKey {
    private final SrtpProfile profile;
    private final byte[] key;
    private final byte[] salt;

    /** @throws IllegalArgumentException where key or salt have not the profile's length */
    public SrtpKey(SrtpProfile profile, byte[] key, byte[] salt) {
        if (key.length != profile.keyBytes() || salt.length != profile.saltBytes()) {
            throw new IllegalArgumentException("key and salt do not have the lengths of " + profile);
        }
        this.profile = profile;
        this.key = key.clone();
        this.salt = salt.clone();
    }

    /** The key and salt of an {@code inline:} value (RFC 4568 section 6.1); empty where they are not those of this profile. */
    public static Optional<SrtpKey> ofInline(SrtpProfile profile, String base64) {
        byte[] material;
        try {
            material = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return material.length == profile.keyBytes() + profile.saltBytes()
                ? Optional.of(of(profile, material))
                : Optional.empty();
    }

    /** @param material the key, and behind it the salt */
    public static SrtpKey of(SrtpProfile profile, byte[] material) {
        return new SrtpKey(
                profile,
                Arrays.copyOf(material, profile.keyBytes()),
                Arrays.copyOfRange(material, profile.keyBytes(), material.length));
    }

    /** Key and salt in clear, as {@code inline:} has them: for the one place that tells them to the peer. */
    public String revealInline() {
        byte[] material = Arrays.copyOf(key, key.length + salt.length);
        System.arraycopy(salt, 0, material, key.length, salt.length);
        return Base64.getEncoder().encodeToString(material);
    }

    /** What the key is for. */
    public SrtpProfile profile() {
        return profile;
    }

    byte[] key() {
        return key;
    }

    byte[] salt() {
        return salt;
    }

    /** Forgets the key material. Contexts made from it go on working. */
    public void wipe() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(salt, (byte) 0);
    }

    /** In constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SrtpKey that
                && profile == that.profile
                && MessageDigest.isEqual(key, that.key)
                && MessageDigest.isEqual(salt, that.salt);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }

    @Override
    public String toString() {
        return "SrtpKey[" + profile + "]";
    }
}
