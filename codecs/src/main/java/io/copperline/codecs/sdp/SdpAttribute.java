package io.copperline.codecs.sdp;

/**
 * One {@code a=} line (RFC 8866 section 5.13).
 *
 * @param value what follows the colon; empty for a property attribute
 */
public record SdpAttribute(String name, String value) {
    /** A property attribute such as {@code a=rtcp-mux}. */
    public static SdpAttribute of(String name) {
        return new SdpAttribute(name, "");
    }

    /** Reads what follows {@code a=}. */
    static SdpAttribute parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? of(text) : new SdpAttribute(text.substring(0, colon), text.substring(colon + 1));
    }

    /** For logs and messages: a key does not show itself (RFC 4568 section 8). {@link #write} has it. */
    @Override
    public String toString() {
        return "a=" + name + (value.isEmpty() ? "" : ":" + (name.equals(CryptoAttribute.NAME) ? "***" : value));
    }

    void write(StringBuilder out) {
        out.append("a=").append(name);
        if (!value.isEmpty()) {
            out.append(':').append(value);
        }
        out.append("\r\n");
    }
}
