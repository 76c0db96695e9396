package io.copperline.webrtc;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Randomness for what wants a {@link SecureRandom}, the same in every run: no test of ours may fail once in 300 times. */
public final class SeededRandom {
    private SeededRandom() {}

    public static SecureRandom of(long seed) {
        try {
            // Only this one, seeded before its first use, gives nothing but its seed back.
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
