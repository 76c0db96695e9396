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

    /** At an address of this machine, beside loopback, where trunks are. */
    static Family at(String address) {
        return new Family("0.0.0.0", address, address);
    }
}
