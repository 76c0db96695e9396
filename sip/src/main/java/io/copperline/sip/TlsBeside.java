package io.copperline.sip;

import io.copperline.sip.wire.ClientExchange;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.PingListener;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.SipWire;
import java.time.Duration;

/** A wire of a trunk that is somebody of its own over TLS: those connections are made by another one. Closes neither. */
record TlsBeside(SipWire plain, SipWire tls) implements SipWire {

    private SipWire by(NextHop hop) {
        return hop.transport() == SipTransport.TLS ? tls : plain;
    }

    @Override
    public int port(SipTransport transport) {
        return plain.port(transport);
    }

    @Override
    public ClientExchange request(Request request, NextHop hop, ResponseListener listener) {
        return by(hop).request(request, hop, listener);
    }

    @Override
    public void ack(Request ack, NextHop hop) {
        by(hop).ack(ack, hop);
    }

    @Override
    public void emptyLine(NextHop hop, PingListener listener) {
        by(hop).emptyLine(hop, listener);
    }

    @Override
    public void binding(NextHop hop, String transaction, PingListener listener) {
        by(hop).binding(hop, transaction, listener);
    }

    @Override
    public void drop(NextHop hop) {
        by(hop).drop(hop);
    }

    @Override
    public void doubt(NextHop hop, Duration unanswered) {
        by(hop).doubt(hop, unanswered);
    }

    @Override
    public void close() {}
}
