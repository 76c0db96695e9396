package io.copperline.codecs.sdp;

import java.util.Locale;
import java.util.Optional;

/** Which way a stream flows, seen from whoever wrote the SDP (RFC 8866 section 6.7). */
public enum MediaDirection {
    SENDRECV(true, true),
    SENDONLY(true, false),
    RECVONLY(false, true),
    INACTIVE(false, false);

    private final boolean sends;
    private final boolean receives;

    MediaDirection(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    /** Whether the writer sends. */
    public boolean sends() {
        return sends;
    }

    /** Whether the writer receives. */
    public boolean receives() {
        return receives;
    }

    /** The same flow seen from the other side. */
    public MediaDirection reversed() {
        return of(receives, sends);
    }

    /** The direction of these two wishes. */
    public static MediaDirection of(boolean sends, boolean receives) {
        if (sends) {
            return receives ? SENDRECV : SENDONLY;
        }
        return receives ? RECVONLY : INACTIVE;
    }

    /** The attribute's name, which is all there is to it. */
    public String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The direction of this attribute name. */
    public static Optional<MediaDirection> of(String attribute) {
        for (MediaDirection direction : values()) {
            if (direction.attribute().equals(attribute)) {
                return Optional.of(direction);
            }
        }
        return Optional.empty();
    }
}
