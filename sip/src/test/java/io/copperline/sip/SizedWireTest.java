package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.wire.ClientExchange;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizedWireTest {
    private static final NextHop HOP = new NextHop("192.0.2.9", 5080, SipTransport.UDP, "carrier.test");

    private final FakeWire network = new FakeWire();
    private final List<String> heard = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final SizedWire wire = new SizedWire(network, Carriage.USUAL_DATAGRAM, () -> now);

    private static Request request(String method, int bodyBytes) {
        List<Header> headers = List.of(
                new Header("Via", "SIP/2.0/UDP 192.0.2.1:5060;rport"),
                new Header("Contact", "<sip:alice@192.0.2.1:5060>"),
                new Header("Call-ID", "one"),
                new Header("CSeq", "1 " + method));
        return new Request(method, "sip:100@carrier.test", new Headers(headers), "v".repeat(bodyBytes));
    }

    private ClientExchange send(Request request) {
        return wire.request(request, HOP, new ResponseListener() {
            @Override
            public void onResponse(Response response) {
                heard.add("" + response.status());
            }

            @Override
            public void onFailure(WireFailure failure, String what) {
                heard.add("" + failure);
            }
        });
    }

    @Test
    void leavesAShortRequestAsItIs() {
        Request request = request("INVITE", 600);
        send(request);
        assertEquals(request, network.last().request);
        assertEquals(HOP, network.last().hop);
    }

    @Test
    void sendsALongRequestByTcpAndSaysSo() {
        send(request("INVITE", 1300));
        assertEquals(new NextHop("192.0.2.9", 5080, SipTransport.TCP, "carrier.test"), network.last().hop);
        Headers headers = network.last().request.headers();
        assertEquals("SIP/2.0/TCP 192.0.2.1:5060;rport", headers.first("Via").orElseThrow());
        assertEquals(
                "<sip:alice@192.0.2.1:5060;transport=tcp>",
                headers.first("Contact").orElseThrow());
        network.last().answer(200, "far");
        assertEquals(List.of("200"), heard);
    }

    @Test
    void registersTheSameContactHoweverTheRequestTravels() {
        send(request("REGISTER", 1300));
        Headers headers = network.last().request.headers();
        assertTrue(headers.first("Via").orElseThrow().startsWith("SIP/2.0/TCP "));
        assertEquals("<sip:alice@192.0.2.1:5060>", headers.first("Contact").orElseThrow());
    }

    @Test
    void sendsByUdpWhereThereIsNoTcp() {
        Request request = request("INVITE", 1300);
        ClientExchange exchange = send(request);
        network.last().listener.onFailure(WireFailure.UNREACHABLE, "refused");
        assertEquals(request, network.last().request);
        assertEquals(HOP, network.last().hop);
        network.last().answer(180, "far");
        exchange.cancel(List.of());
        assertEquals(1, network.last().cancels.size());
        network.last().answer(487, "far");
        assertEquals(List.of("180", "487"), heard);
    }

    @Test
    void doesNotAskAPeerWithoutTcpForItEachTime() {
        send(request("INVITE", 1300));
        network.last().listener.onFailure(WireFailure.UNREACHABLE, "refused");
        send(request("INFO", 1300));
        assertEquals(SipTransport.UDP, network.last().hop.transport());
        now = now.plus(Duration.ofMinutes(6));
        send(request("INFO", 1300));
        assertEquals(SipTransport.TCP, network.last().hop.transport());
    }

    @Test
    void toldOfSilenceOverTcpItDoesNotRepeat() {
        send(request("INVITE", 1300));
        network.last().listener.onFailure(WireFailure.TIMEOUT, "");
        assertEquals(1, network.sent.size());
        assertEquals(List.of("TIMEOUT"), heard);
    }

    @Test
    void zeroMeansThatAllGoesByUdp() {
        new SizedWire(network, 0, () -> now).request(request("INVITE", 9000), HOP, null);
        assertEquals(HOP, network.last().hop);
        assertFalse(network.last().request.headers().first("Via").orElseThrow().contains("TCP"));
    }
}
