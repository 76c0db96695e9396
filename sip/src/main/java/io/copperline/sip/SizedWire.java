package io.copperline.sip;

import io.copperline.sip.wire.ClientExchange;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.PingListener;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.SipWire;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends by TCP what is too long for one datagram (RFC 3261 section 18.1.1), and by UDP after all where no TCP connection comes
 * about. Each request is judged by itself: the next one, shorter, goes by UDP again.
 */
final class SizedWire implements SipWire {
    /** A peer without TCP is not asked for it before each long request: a firewall that drops costs seconds. */
    private static final Duration WITHOUT_TCP = Duration.ofMinutes(5);

    private static final int KEPT = 64;

    private final SipWire wire;
    private final int largestDatagram;
    private final InstantSource clock;
    private final Map<NextHop, Instant> withoutTcp = new ConcurrentHashMap<>();

    /** @param largestDatagram in bytes; 0: there is no limit */
    SizedWire(SipWire wire, int largestDatagram, InstantSource clock) {
        this.wire = wire;
        this.largestDatagram = largestDatagram;
        this.clock = clock;
    }

    @Override
    public int port(SipTransport transport) {
        return wire.port(transport);
    }

    @Override
    public ClientExchange request(Request request, NextHop hop, ResponseListener listener) {
        boolean tooLong =
                hop.transport() == SipTransport.UDP && largestDatagram > 0 && request.lengthBytes() > largestDatagram;
        if (!tooLong || wire.port(SipTransport.TCP) == 0 || isWithoutTcp(hop)) {
            return wire.request(request, hop, listener);
        }
        ByTcp byTcp = new ByTcp(request, hop, listener);
        byTcp.send();
        return byTcp;
    }

    // The ACK of a 2xx has no body of ours, and nobody would tell whether its connection came about: it goes by UDP.
    @Override
    public void ack(Request ack, NextHop hop) {
        wire.ack(ack, hop);
    }

    @Override
    public void emptyLine(NextHop hop, PingListener listener) {
        wire.emptyLine(hop, listener);
    }

    @Override
    public void binding(NextHop hop, String transaction, PingListener listener) {
        wire.binding(hop, transaction, listener);
    }

    @Override
    public void drop(NextHop hop) {
        wire.drop(hop);
    }

    @Override
    public void doubt(NextHop hop, Duration unanswered) {
        wire.doubt(hop, unanswered);
    }

    @Override
    public void close() {
        wire.close();
    }

    private boolean isWithoutTcp(NextHop hop) {
        Instant until = withoutTcp.get(hop);
        return until != null && clock.instant().isBefore(until);
    }

    private void noteWithoutTcp(NextHop hop) {
        if (withoutTcp.size() >= KEPT) {
            withoutTcp.clear();
        }
        withoutTcp.put(hop, clock.instant().plus(WITHOUT_TCP));
    }

    /** The same request as TCP names it. */
    private Request overTcp(Request request) {
        boolean registers =
                request.is("REGISTER"); // its Contact says where calls come to, however this request travels
        List<Header> headers = request.headers().list().stream()
                .map(header -> header.is("Via") ? new Header("Via", via(header.value())) : header)
                .map(header ->
                        header.is("Contact") && !registers ? new Header("Contact", contact(header.value())) : header)
                .toList();
        return new Request(request.method(), request.uri(), new Headers(headers), request.body());
    }

    private String via(String value) {
        return onTcpPort(value.replaceFirst("^SIP/2.0/UDP ", "SIP/2.0/TCP "), value.indexOf(';'));
    }

    private String contact(String value) {
        int end = value.indexOf('>');
        return end < 0 ? value : onTcpPort(value.substring(0, end) + ";transport=tcp" + value.substring(end), end);
    }

    // What stands before that index ends in host:port, perhaps with parameters.
    private String onTcpPort(String value, int end) {
        String udp = ":" + wire.port(SipTransport.UDP);
        int at = value.lastIndexOf(udp, end);
        return at < 0
                ? value
                : value.substring(0, at) + ":" + wire.port(SipTransport.TCP) + value.substring(at + udp.length());
    }

    private final class ByTcp implements ClientExchange, ResponseListener {
        private final Request request;
        private final NextHop hop;
        private final ResponseListener listener;
        private final AtomicReference<ClientExchange> current = new AtomicReference<>();

        ByTcp(Request request, NextHop hop, ResponseListener listener) {
            this.request = request;
            this.hop = hop;
            this.listener = listener;
        }

        void send() {
            NextHop tcp = new NextHop(hop.host(), hop.port(), SipTransport.TCP, hop.certificateName());
            // The failure may be told before this returns; what has been sent then stays.
            current.compareAndSet(null, wire.request(overTcp(request), tcp, this));
        }

        @Override
        public void cancel(List<Header> headers) {
            current.get().cancel(headers);
        }

        @Override
        public void onResponse(Response response) {
            listener.onResponse(response);
        }

        @Override
        public void onFailure(WireFailure failure, String what) {
            if (failure == WireFailure.UNREACHABLE) {
                noteWithoutTcp(hop);
                current.set(wire.request(request, hop, listener));
            } else {
                listener.onFailure(failure, what);
            }
        }
    }
}
