package io.copperline.sip;

/** How SIP messages travel on a trunk (RFC 3261 section 18). */
public enum SipTransport {
    UDP,
    TCP,
    TLS;

    /** The value of {@code ;transport=} and of the Via's protocol, in lower case. */
    public String wireName() {
        return switch (this) {
            case UDP -> "udp";
            case TCP -> "tcp";
            case TLS -> "tls";
        };
    }

    /** Where a peer listens when no port is written: 5060, or 5061 with TLS (RFC 3261 section 19.1.2). */
    public int defaultPort() {
        return this == TLS ? 5061 : 5060;
    }
}
