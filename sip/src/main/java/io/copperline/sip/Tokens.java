package io.copperline.sip;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes tags, Call-IDs and their kin. Safe from any thread, whatever the generator is. */
final class Tokens {
    private final RandomGenerator random;

    Tokens(RandomGenerator random) {
        this.random = random;
    }

    /** A token that nobody guesses (RFC 3261 section 19.3 asks for 32 bits at least). */
    String token() {
        byte[] bytes = new byte[10];
        fill(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    long sessionId() {
        synchronized (random) {
            return random.nextLong(1L << 53); // some peers read it as a double
        }
    }

    /** Fills it with bytes that nobody guesses, where the generator is a secure one: a key. */
    void fill(byte[] bytes) {
        synchronized (random) {
            random.nextBytes(bytes);
        }
    }

    /** A number from 0 to below the bound. */
    int below(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }
}
