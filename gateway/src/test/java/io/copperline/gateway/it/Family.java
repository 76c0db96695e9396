package io.copperline.gateway.it;

/** How browsers reach the gateway's media port. Trunks are IPv4 in any case. */
enum Family {
    IPV4("127.0.0.1", "127.0.0.1"),
    IPV6("::", "::1");

    private final String bind;
    private final String advertised;

    Family(String bind, String advertised) {
        this.bind = bind;
        this.advertised = advertised;
    }

    String bind() {
        return bind;
    }

    String advertised() {
        return advertised;
    }
}
