package io.copperline.sip.wire;

import io.copperline.sip.SipTransport;
import java.net.InetSocketAddress;

/** Who hears what comes in unasked. Called on the stack's threads: it must neither block nor throw. */
public interface WireListener {
    /** Whether requests from there are heard at all; the others are refused without any state. */
    boolean knows(Source source);

    /** A new request other than ACK. Retransmissions are not told. */
    void onRequest(Source source, Request request, ServerExchange exchange);

    /** The ACK of a 2xx. It may come more than once. */
    void onAck(Source source, Request ack);

    /** A response that no transaction waits for: a repeated 2xx, or that of another fork. */
    void onStrayResponse(Source source, Response response);

    /** A connection that we had opened has ended, and we did not want that. Another one can be opened to the same place. */
    void onConnectionEnded(InetSocketAddress peer, SipTransport transport);
}
