package io.copperline.codecs.sdp;

import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpProfile;
import java.util.List;
import java.util.Optional;

/**
 * One {@code a=crypto} line (RFC 4568 section 9.1).
 *
 * <pre>
 * a=crypto:tag suite inline:base64(key || salt)[|lifetime][|MKI:length] [session parameters]
 * </pre>
 *
 * @param tag by which an answer names the line of the offer
 */
record CryptoAttribute(int tag, SrtpKey key) {
    static final String NAME = "crypto";

    private static final String INLINE = "inline:";
    private static final int MAX_TAG = 999_999_999;

    /** The lines of a section that we can use, in its order. */
    static List<CryptoAttribute> usable(SdpMedia section) {
        return section.values(NAME)
                .flatMap(value -> parse(value).stream())
                .limit(SrtpProfile.values().length)
                .toList();
    }

    /** Empty for a line that we must not use: section 5.1.2 has it passed over, as if it were not there. */
    static Optional<CryptoAttribute> parse(String value) {
        String[] parts = value.trim().split(" +");
        if (parts.length < 3 || !sessionParametersAgree(parts)) {
            return Optional.empty();
        }
        Optional<SrtpKey> key = SrtpProfile.ofSuite(parts[1]).flatMap(profile -> key(profile, parts[2]));
        try {
            int tag = SdpReader.number(parts[0], MAX_TAG);
            return key.map(k -> new CryptoAttribute(tag, k));
        } catch (SdpException e) {
            return Optional.empty();
        }
    }

    /** Section 6.3: a window's size is advice, and what begins with a minus may be passed over; the rest changes the packets. */
    private static boolean sessionParametersAgree(String[] parts) {
        for (int i = 3; i < parts.length; i++) {
            if (!parts[i].startsWith("WSH=") && !parts[i].startsWith("-") && !parts[i].equals("KDR=0")) {
                return false;
            }
        }
        return true;
    }

    /** Several keys, or one with an MKI, would put the MKI in each packet (section 6.1), which we do not read. */
    private static Optional<SrtpKey> key(SrtpProfile profile, String parameters) {
        if (!parameters.startsWith(INLINE) || parameters.contains(";")) {
            return Optional.empty();
        }
        String[] fields = parameters.substring(INLINE.length()).split("\\|");
        // The lifetime, 2^31 for instance, counts the peer's packets, and it is the peer who sends a new key in time.
        boolean withMki = fields.length > 2 || fields.length == 2 && fields[1].contains(":");
        return withMki || fields.length == 0 ? Optional.empty() : SrtpKey.ofInline(profile, fields[0]);
    }

    /** The line with its key in clear. */
    SdpAttribute reveal() {
        return new SdpAttribute(NAME, tag + " " + key.profile() + " " + INLINE + key.revealInline());
    }
}
