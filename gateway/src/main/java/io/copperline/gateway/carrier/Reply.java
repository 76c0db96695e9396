package io.copperline.gateway.carrier;

import java.net.InetSocketAddress;

/** The way to a peer: the connection that its request came on, or its address (RFC 3581); or one that was opened to it. */
interface Reply {
    /** Sends a whole message, without waiting; where nobody is left there, nothing happens. */
    void send(String message);

    InetSocketAddress peer();

    /** Whether it is a connection, where each message must say how long it is. */
    boolean stream();
}
