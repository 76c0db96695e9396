package io.copperline.sip;

import io.copperline.sip.wire.ClientExchange;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.PingListener;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.SipWire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A wire that keeps what is sent, and lets the test answer. */
final class FakeWire implements SipWire {

    /** A request that was sent. */
    static final class Sent implements ClientExchange {
        final Request request;
        final NextHop hop;
        final ResponseListener listener;
        final List<List<Header>> cancels = new ArrayList<>();

        Sent(Request request, NextHop hop, ResponseListener listener) {
            this.request = request;
            this.hop = hop;
            this.listener = listener;
        }

        @Override
        public void cancel(List<Header> headers) {
            cancels.add(headers);
        }

        Response response(int status, String tag) {
            return Response.to(request, status, tag).with("Contact", "<sip:far@192.0.2.9:5080>");
        }

        void answer(int status, String tag) {
            listener.onResponse(response(status, tag));
        }

        void answer(int status, String tag, String sdp) {
            listener.onResponse(response(status, tag).withBody("application/sdp", sdp));
        }
    }

    final List<Sent> sent = new ArrayList<>();
    final List<Request> acks = new ArrayList<>();

    @Override
    public int port(SipTransport transport) {
        return 5060;
    }

    @Override
    public ClientExchange request(Request request, NextHop hop, ResponseListener listener) {
        Sent one = new Sent(request, hop, listener);
        sent.add(one);
        return one;
    }

    @Override
    public void ack(Request ack, NextHop hop) {
        acks.add(ack);
    }

    /** A ping that was sent: {@code empty line} or {@code binding}. */
    record Pinged(String kind, NextHop hop, PingListener listener) {}

    final List<Pinged> pings = new ArrayList<>();
    final List<NextHop> dropped = new ArrayList<>();

    @Override
    public void emptyLine(NextHop hop, PingListener listener) {
        pings.add(new Pinged("empty line", hop, listener));
    }

    @Override
    public void binding(NextHop hop, String transaction, PingListener listener) {
        pings.add(new Pinged("binding", hop, listener));
    }

    @Override
    public void drop(NextHop hop) {
        dropped.add(hop);
    }

    final List<NextHop> doubted = new ArrayList<>();

    @Override
    public void doubt(NextHop hop, Duration unanswered) {
        doubted.add(hop);
    }

    @Override
    public void close() {}

    Sent last() {
        return sent.getLast();
    }

    long count(String method) {
        return sent.stream().filter(one -> one.request.is(method)).count();
    }

    Sent only(String method) {
        List<Sent> found = sent.stream().filter(one -> one.request.is(method)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " times " + method);
        }
        return found.getFirst();
    }
}
