package io.copperline.sip.wire;

import io.copperline.sip.SipTransport;

/** Sends and receives SIP messages. No method blocks, and all may be called from any thread. */
public interface SipWire extends AutoCloseable {
    /** The port that this transport is bound to, or 0 where it is off. */
    int port(SipTransport transport);

    /** Sends a request in a client transaction. The request's Via names no branch: the wire adds it. */
    ClientExchange request(Request request, NextHop hop, ResponseListener listener);

    /** Sends the ACK of a 2xx, which belongs to no transaction. */
    void ack(Request ack, NextHop hop);

    /** Frees every socket and thread. What is still under way is dropped. */
    @Override
    void close();
}
