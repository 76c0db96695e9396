package io.copperline.gateway.it;

/**
 * How browsers reach the gateway's media port. Trunks are IPv4 in any case.
 *
 * @param host what their addresses of web pages name
 */
record Family(String bind, String advertised, String host) {
    static final Family IPV4 = new Family("127.0.0.1", "127.0.0.1", "localhost");
    static final Family IPV6 = new Family("::", "::1", "localhost");
    /** They are told an address that leads nowhere, as the inner one of a NAT. */
    static final Family HIDDEN = new Family("127.0.0.1", "127.0.0.99", "localhost");

    /** RFC 5737: an address of nobody's. A namespace lets nothing out that goes there. */
    private static final String NOBODY = "198.51.100.1";

    /** For those in a namespace: media by this family, web pages by IPv4. Bound to loopback, too, where trunks are. */
    Family reachedFrom(Namespace namespace) {
        if (equals(IPV6)) {
            return new Family("::", namespace.here6(), namespace.here());
        }
        return new Family("0.0.0.0", equals(HIDDEN) ? NOBODY : namespace.here(), namespace.here());
    }
}
