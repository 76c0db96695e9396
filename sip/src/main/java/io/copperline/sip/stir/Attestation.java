package io.copperline.sip.stir;

import java.util.Optional;

/** What the signer vouches for (RFC 8588 section 4, ATIS-1000074). */
public enum Attestation {
    /** The customer is known and may use the number. */
    A,
    /** The customer is known; of the number nothing is known. */
    B,
    /** The call came from somewhere else and was let through. */
    C;

    static Optional<Attestation> parse(String text) {
        return switch (text) {
            case "A" -> Optional.of(A);
            case "B" -> Optional.of(B);
            case "C" -> Optional.of(C);
            default -> Optional.empty();
        };
    }
}
