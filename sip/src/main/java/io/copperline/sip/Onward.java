package io.copperline.sip;

import java.util.Optional;

/**
 * What a call owes to whoever has sent it there.
 *
 * @param uri the Request-URI to use as it is; empty: the number on the trunk
 * @param replaces the dialog that it is to replace at the far end (RFC 3891)
 * @param referredBy who has asked for it, as a Referred-By (RFC 3892)
 * @param maxForwards how many more may send it on
 */
public record Onward(Optional<String> uri, Optional<Replaces> replaces, Optional<String> referredBy, int maxForwards) {
    /** RFC 3261 section 8.1.1.6. */
    public static final int MAX_FORWARDS = 70;

    /** A call that nobody has sent on. */
    public static final Onward NONE = new Onward(Optional.empty(), Optional.empty(), Optional.empty());

    /** A call that begins here. */
    public Onward(Optional<String> uri, Optional<Replaces> replaces, Optional<String> referredBy) {
        this(uri, replaces, referredBy, MAX_FORWARDS);
    }

    /** The same of a call that came in, and goes on. */
    public Onward forwarded(int hopsLeft) {
        return new Onward(uri, replaces, referredBy, hopsLeft);
    }

    /** A redirected call. */
    public static Onward to(String uri) {
        return new Onward(Optional.of(uri), Optional.empty(), Optional.empty());
    }
}
