package io.copperline.sip.wire;

import io.copperline.sip.SipTransport;
import java.time.Duration;

/** Sends and receives SIP messages. No method blocks, and all may be called from any thread. */
public interface SipWire extends AutoCloseable {
    /** The port that this transport is bound to, or 0 where it is off. */
    int port(SipTransport transport);

    /** Sends a request in a client transaction. The request's Via names no branch: the wire adds it. */
    ClientExchange request(Request request, NextHop hop, ResponseListener listener);

    /** Sends the ACK of a 2xx, which belongs to no transaction. */
    void ack(Request ack, NextHop hop);

    /** Sends an empty line on the connection to there, or in a datagram, which nobody answers (RFC 5626 section 3.5). */
    void emptyLine(NextHop hop, PingListener listener);

    /**
     * Sends a STUN Binding request from the UDP port (RFC 5626 section 3.5.2).
     *
     * @param transaction 12 bytes that nobody guesses, in hexadecimal digits
     */
    void binding(NextHop hop, String transaction, PingListener listener);

    /** Closes the connection to there, where there is one. The next request opens another one. */
    void drop(NextHop hop);

    /**
     * A request to there has had no answer for so long. A connection over which nothing at all has come meanwhile leads nowhere:
     * firewalls and address translators forget connections and tell nobody. It is closed, and the next request opens another one.
     */
    void doubt(NextHop hop, Duration unanswered);

    /** Frees every socket and thread. What is still under way is dropped. */
    @Override
    void close();
}
