package io.copperline.sip.stir;

import java.util.Optional;

/**
 * What became of the caller's Identity headers.
 *
 * @param verstat the outcome in the words of ATIS-1000074
 * @param attest what the signer vouches for, where it holds
 * @param origid the name of the call's origin, where it holds
 * @param status the SIP status that RFC 8224 section 6.2.2 has for a failure; 428 where there was no header; otherwise 0
 * @param reason for people: why it does not hold
 */
public record Verdict(Verstat verstat, Optional<Attestation> attest, String origid, int status, String reason) {
    /** The outcome. */
    public enum Verstat {
        PASSED("TN-Validation-Passed"),
        FAILED("TN-Validation-Failed"),
        /** Nobody has signed, or nobody could say in time whether it holds. */
        NONE("No-TN-Validation");

        private final String word;

        Verstat(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    private static final int USE_IDENTITY = 428;

    static Verdict unsigned() {
        return new Verdict(Verstat.NONE, Optional.empty(), "", USE_IDENTITY, "no Identity header");
    }

    /** Nobody could say whether it holds. */
    public static Verdict unknown(String why) {
        return new Verdict(Verstat.NONE, Optional.empty(), "", 0, why);
    }

    static Verdict failed(BadIdentity why) {
        return new Verdict(Verstat.FAILED, Optional.empty(), "", why.status(), why.getMessage());
    }

    /** The word, and behind it the attestation: {@code TN-Validation-Passed-A}. */
    public String text() {
        return verstat.word() + attest.map(letter -> "-" + letter).orElse("");
    }

    static Verdict passed(Passport passport) {
        return new Verdict(Verstat.PASSED, passport.attest(), passport.origid(), 0, "");
    }
}
