package io.copperline.sip;

import io.copperline.codecs.Secret;
import io.copperline.codecs.audio.AudioCodec;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ServerExchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Legs on a fake wire in fake time, all on the test's own thread. */
final class Bench {
    final FakeWire wire = new FakeWire();
    final FakeTimers timers = new FakeTimers();
    final Legs legs = new Legs();
    final Drops drops = new Drops(() -> Instant.EPOCH);
    final LegParts parts = new LegParts(wire, timers, legs, new Tokens(new Random(1)), drops, Stir.NONE);
    final Events events = new Events();
    TrunkSettings settings = Sample.trunk("carrier", 5070);
    long peerCseq = 100;

    /** What we answer to a request of the peer. */
    static final class Answers implements ServerExchange {
        final List<Response> all = new ArrayList<>();

        @Override
        public void respond(Response response) {
            all.add(response);
        }

        Response last() {
            return all.getLast();
        }

        int status() {
            return last().status();
        }
    }

    Line line() {
        return line(new NextHop(settings.host(), settings.effectivePort(), settings.transport(), settings.host()));
    }

    Line line(NextHop hop) {
        return line(hop, settings.allAccounts().stream().findFirst());
    }

    Line line(NextHop hop, Optional<Account> account) {
        return new Line(settings, new OwnName("198.51.100.1", 5060, hop.transport(), "test"), hop, account);
    }

    void credentials(String user, String password) {
        settings = settings.but()
                .host("sip.example.net")
                .account(user, new Secret(password))
                .register(true)
                .build();
    }

    /** The same trunk, on which calls go out so. */
    void identity(TrunkIdentity identity) {
        settings = settings.but().identity(identity).build();
    }

    Leg call() {
        return call(Sample.call("+12025550100"));
    }

    Leg call(OutgoingCall call) {
        return Leg.outgoing(
                parts, line(), Runnable::run, events, call, Sample.audio(30000, AudioCodec.PCMU, AudioCodec.PCMA));
    }

    /** A leg that we have called and that has answered. */
    Leg talking() {
        Leg leg = call();
        wire.last().answer(200, "far", sdp(40000));
        return leg;
    }

    Leg incoming(String sdp, Answers answers) {
        Leg leg = Leg.incoming(parts, line(), Runnable::run, invite(sdp), answers);
        leg.heardBy(events);
        legs.addIncoming(leg, "theirs");
        return leg;
    }

    static Request invite(String sdp) {
        Headers headers = new Headers(List.of(
                new Header("Via", "SIP/2.0/UDP 192.0.2.9:5080;branch=z9hG4bKin"),
                new Header("From", "\"Bob\" <sip:+12025550151@192.0.2.9>;tag=theirs"),
                new Header("To", "<sip:+12025550100@198.51.100.1>"),
                new Header("Call-ID", "their-call"),
                new Header("CSeq", "7 INVITE"),
                new Header("Contact", "<sip:bob@192.0.2.9:5080>")));
        Headers typed = sdp.isEmpty() ? headers : headers.with("Content-Type", "application/sdp");
        return new Request("INVITE", "sip:+12025550100@198.51.100.1", typed, sdp);
    }

    /** A request of the peer in the dialog of our call. */
    Request inDialog(Leg leg, String method, String contentType, String body) {
        peerCseq++;
        Headers headers = new Headers(List.of(
                new Header("Via", "SIP/2.0/UDP 192.0.2.9:5080;branch=z9hG4bK" + peerCseq),
                new Header("From", "<sip:+12025550100@127.0.0.1>;tag=far"),
                new Header("To", "<sip:+12025550150@198.51.100.1>;tag=" + leg.localTag()),
                new Header("Call-ID", leg.sipCallId()),
                new Header("CSeq", peerCseq + " " + method),
                new Header("Contact", "<sip:far@192.0.2.10:5081>")));
        Headers typed = body.isEmpty() ? headers : headers.with("Content-Type", contentType);
        return new Request(method, "sip:us@198.51.100.1", typed, body);
    }

    Answers asks(Leg leg, String method, String contentType, String body) {
        Answers answers = new Answers();
        leg.onRequest(inDialog(leg, method, contentType, body), answers);
        return answers;
    }

    Answers reinvites(Leg leg, String sdp) {
        return asks(leg, "INVITE", "application/sdp", sdp);
    }

    /** The peer's ACK for the request it sent last. */
    void acks(Leg leg, String sdp) {
        peerCseq--;
        leg.onAck(inDialog(leg, "ACK", "application/sdp", sdp));
    }

    static String sdp(int port) {
        return sdp(port, 1, "192.0.2.9", "sendrecv", "0");
    }

    static String sdp(int port, int version, String address, String direction, String payloadType) {
        String codec = payloadType.equals("8") ? "PCMA" : "PCMU";
        return "v=0\r\no=- 77 " + version + " IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 " + address + "\r\nt=0 0\r\nm=audio "
                + port + " RTP/AVP " + payloadType + " 101\r\na=rtpmap:" + payloadType + " " + codec
                + "/8000\r\na=rtpmap:101 telephone-event/8000\r\na=" + direction + "\r\n";
    }
}
