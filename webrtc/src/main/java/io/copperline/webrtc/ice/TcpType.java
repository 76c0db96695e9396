package io.copperline.webrtc.ice;

import java.util.Locale;
import java.util.Optional;

/** Who opens the connection of a TCP candidate (RFC 6544 section 3). */
public enum TcpType {
    /** It connects; the port it names is 9, which nobody can reach (section 4.1). */
    ACTIVE,
    /** It waits. */
    PASSIVE,
    /** Both connect at the same time. */
    SO;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<TcpType> of(String word) {
        for (TcpType type : values()) {
            if (type.word().equalsIgnoreCase(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
