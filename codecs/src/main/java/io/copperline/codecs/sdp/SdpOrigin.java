package io.copperline.codecs.sdp;

/**
 * The {@code o=} line (RFC 8866 section 5.2). Identifier and version stay text: peers send numbers beyond 64 bits, and all
 * we ever do is compare them.
 */
public record SdpOrigin(String username, String sessionId, String version, String address) {
    static SdpOrigin parse(String text) throws SdpException {
        String[] parts = text.split(" ", 4);
        if (parts.length < 4) {
            throw new SdpException("o= needs a user, a session id, a version and an address");
        }
        return new SdpOrigin(parts[0], parts[1], parts[2], parts[3]);
    }

    @Override
    public String toString() {
        return username + " " + sessionId + " " + version + " " + address;
    }
}
