package io.copperline.sip;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Message;
import java.util.List;

/** The telephone network's cause in a Reason header (RFC 3326). */
final class Q850 {
    private static final int MAX_CAUSE = 127;

    private Q850() {}

    /** The cause that the message names, or 0. */
    static int of(Message message) {
        for (String value : message.headers().all("Reason")) {
            String[] parts = value.split(";");
            if (!parts[0].strip().equalsIgnoreCase("Q.850")) {
                continue;
            }
            for (String part : parts) {
                String[] pair = part.strip().split("=", 2);
                if (pair.length == 2 && pair[0].strip().equalsIgnoreCase("cause")) {
                    return cause(pair[1].strip());
                }
            }
        }
        return 0;
    }

    /** The header for this cause; none for 0. */
    static List<Header> header(int cause) {
        return cause <= 0 || cause > MAX_CAUSE ? List.of() : List.of(new Header("Reason", "Q.850;cause=" + cause));
    }

    private static int cause(String text) {
        try {
            int cause = Integer.parseInt(text);
            return cause > 0 && cause <= MAX_CAUSE ? cause : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
