package io.copperline.codecs.srtp;

import java.util.Arrays;

/** The master key and salt of one direction (RFC 3711 section 3.2.1). */
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

    @Override
    public String toString() {
        return "SrtpKey[" + profile + "]";
    }
}
