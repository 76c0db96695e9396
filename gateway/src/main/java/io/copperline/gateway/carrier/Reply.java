package io.copperline.gateway.carrier;

import java.net.InetSocketAddress;

/** The way back to whoever sent a request: the connection that it came on, or the address (RFC 3581). */
interface Reply {
    /** Sends a whole response, without waiting; where nobody is left there, nothing happens. */
    void send(String response);

    InetSocketAddress peer();

    /** Whether it is a connection, where each message must say how long it is. */
    boolean stream();
}
