package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.copperline.codecs.sdp.MediaDirection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two endpoints over real sockets on loopback. */
class TwoEndpointsTest {
    private int gatewayPort;
    private Party gateway;
    private Party carrier;
    private final Events out = new Events();
    private final Events in = new Events();

    @BeforeEach
    void start() throws Exception {
        gatewayPort = Party.freePort();
        carrier = new Party(
                Sample.settings(),
                Sample.trunk("gateway", gatewayPort)
                        .but()
                        .headers(new PassedHeaders(List.of("X-Customer"), List.of()))
                        .build());
        SipSettings settings = new SipSettings("127.0.0.1", "", gatewayPort, 0, 0, Optional.empty(), "test", List.of());
        gateway = new Party(settings, Sample.trunk("carrier", carrier.endpoint.udpPort()));
    }

    @AfterEach
    void stop() {
        gateway.close();
        carrier.close();
    }

    private SipLeg call() {
        return gateway.call("carrier", Sample.call("+12025550100"), Sample.audio(30000), out);
    }

    @Test
    void aNewCallTakesThePlaceOfTheOld() throws Exception {
        SipLeg leg = call();
        SipLeg far = carrier.take(carrier.nextCall(), in, 40000);
        carrier.owner.execute(far::answer);
        out.await("answered");
        in.await("answered");
        ReferTarget.Dialog place = carrier.owner.submit(far::replaceable).get().orElseThrow();
        Events again = new Events();
        replace(place, again);
        out.await("replaced");
        Events taken = new Events();
        SipLeg next = gateway.take(out.replacement, taken, 30002);
        gateway.owner.execute(next::answer);
        again.await("answered");
        taken.await("answered");
        gateway.owner.execute(() -> leg.hangUp(16));
        in.await("ended REMOTE HANGUP");

        Events late = new Events();
        replace(place, late);
        late.await("ended REMOTE REJECTED 603");
        Events lost = new Events();
        replace(new ReferTarget.Dialog(place.uri(), new Replaces("nobody", "t", "f", false)), lost);
        lost.await("ended REMOTE REJECTED 481");
    }

    private void replace(ReferTarget.Dialog place, Events events) {
        Onward onward = new Onward(Optional.of(place.uri()), Optional.of(place.replaces()), Optional.empty());
        OutgoingCall call = new OutgoingCall("", "+12025550150", Optional.empty()).sentOn(onward);
        carrier.call("gateway", call, Sample.audio(40002), events);
    }

    @Test
    void callsAnswersHoldsAndHangsUp() throws Exception {
        SipLeg leg = call();
        IncomingCall arrived = carrier.nextCall();
        assertEquals("+12025550100", arrived.to());
        assertEquals("+12025550150", arrived.from());
        assertEquals(Optional.of("Alice"), arrived.displayName());
        assertEquals("gateway", arrived.trunk());
        SipLeg far = carrier.take(arrived, in, 40000);
        carrier.owner.execute(far::ring);
        out.await("trying");
        out.await("ringing");
        carrier.owner.execute(far::answer);
        out.await("audio PCMU SENDRECV");
        out.await("answered");
        in.await("early PCMU");
        in.await("answered");
        assertEquals(40000, out.audio.remoteRtp().orElseThrow().getPort());
        assertEquals(30000, in.audio.remoteRtp().orElseThrow().getPort());
        assertEquals(1, gateway.endpoint.openLegs());

        carrier.owner.execute(() -> far.hold(true));
        out.await("audio PCMU RECVONLY");
        in.await("audio PCMU SENDONLY");
        carrier.owner.execute(() -> far.hold(false));
        out.await("audio PCMU SENDRECV");
        in.await("audio PCMU SENDRECV");
        gateway.owner.execute(() -> leg.sendInfoDtmf('7', 120));
        in.await("dtmf 7 120");

        gateway.owner.execute(() -> leg.hangUp(16));
        out.await("ended LOCAL HANGUP");
        in.await("ended REMOTE HANGUP");
        assertEquals(16, in.end.q850());
        assertEquals(0, gateway.endpoint.openLegs());
        assertEquals(0, carrier.endpoint.openLegs());
        assertEquals(MediaDirection.SENDRECV, out.audio.direction());
    }

    @Test
    void namesForwardersAndTelNumbersArriveAsTheyWereSent() throws Exception {
        gateway.close();
        TrunkSettings trunk = Sample.trunk("carrier", carrier.endpoint.udpPort());
        PassedHeaders passed = new PassedHeaders(List.of("X-Customer"), List.of("X-Customer"));
        gateway = new Party(
                new SipSettings("127.0.0.1", "", gatewayPort, 0, 0, Optional.empty(), "test", List.of()),
                trunk.but()
                        .identity(TrunkIdentity.DEFAULT
                                .with(TrunkIdentity.UriScheme.TEL)
                                .with(TrunkIdentity.Diverting.BOTH))
                        .headers(passed)
                        .build());
        OutgoingCall wanted = new OutgoingCall("+12025550100", "+12025550150", Optional.of("J\u00f6rg \"\u5f20\" \\"))
                .divertedBy(new Diversion("+12025550177", Diversion.Reason.USER_BUSY, false))
                .withHeaders(Map.of("X-Customer", "M\u00fcller; \"42\", <7>"))
                .sentOn(Onward.NONE.forwarded(42));
        SipLeg leg = gateway.call("carrier", wanted, Sample.audio(30000), out);
        IncomingCall arrived = carrier.nextCall();
        assertEquals("+12025550100", arrived.to());
        assertEquals("+12025550150", arrived.from());
        assertEquals(Optional.of("J\u00f6rg \"\u5f20\" \\"), arrived.displayName());
        assertEquals(
                Optional.of(new Diversion("+12025550177", Diversion.Reason.USER_BUSY, false)), arrived.diversion());
        assertEquals(List.of("+12025550177"), arrived.forwardedBy());
        assertEquals(42, arrived.maxForwards());
        assertEquals(Map.of("X-Customer", "M\u00fcller; \"42\", <7>"), arrived.headers());
        SipLeg far = carrier.take(arrived, in, 40000);
        carrier.owner.execute(far::answer);
        out.await("answered");
        gateway.owner.execute(() -> leg.hangUp(16));
        in.await("ended REMOTE HANGUP");
    }

    @Test
    void hearsEarlyMediaThenTheFarSideHangsUp() throws Exception {
        call();
        SipLeg far = carrier.take(carrier.nextCall(), in, 40000);
        carrier.owner.execute(far::earlyMedia);
        out.await("early PCMU SENDRECV");
        carrier.owner.execute(far::answer);
        out.await("answered");
        carrier.owner.execute(() -> far.hangUp(31));
        out.await("ended REMOTE HANGUP");
        assertEquals(31, out.end.q850());
        assertEquals(0, out.count("audio"), "the answer brought nothing new");
    }

    @Test
    void isRefusedWithStatusAndCause() throws Exception {
        call();
        carrier.nextCall().refuse(486, 17);
        out.await("ended REMOTE REJECTED 486");
        assertEquals(17, out.end.q850());
        assertEquals(0, carrier.endpoint.openLegs());
    }

    @Test
    void cancelsWhileItRings() throws Exception {
        SipLeg leg = call();
        SipLeg far = carrier.take(carrier.nextCall(), in, 40000);
        carrier.owner.execute(far::ring);
        out.await("ringing");
        gateway.owner.execute(() -> leg.hangUp(0));
        out.await("ended LOCAL CANCELLED");
        in.await("ended REMOTE CANCELLED");
        assertEquals(0, gateway.endpoint.openLegs());
        assertEquals(0, carrier.endpoint.openLegs());
    }

    @Test
    void probesTheCarrier() throws Exception {
        Trunk trunk = gateway.endpoint.trunk("carrier");
        trunk.probe();
        Await.until("it is up", () -> trunk.state().health() == TrunkState.Health.UP);
        assertTrue(trunk.state().roundTrip().isPresent());
    }

    @Test
    void saysWhichPortIsTaken() {
        int taken = gateway.endpoint.udpPort();
        SipSettings same = new SipSettings("127.0.0.1", "", taken, 0, 0, Optional.empty(), "test", List.of());
        SipStartException refused = assertThrows(SipStartException.class, () -> new Party(same));
        assertTrue(refused.getMessage().contains("127.0.0.1 port " + taken), refused.getMessage());
    }

    @Test
    void startsAgainOnTheSamePortAtOnce() throws Exception {
        int port = gateway.endpoint.udpPort();
        gateway.close();
        SipSettings same = new SipSettings("127.0.0.1", "", port, 0, 0, Optional.empty(), "test", List.of());
        gateway = new Party(same, Sample.trunk("carrier", carrier.endpoint.udpPort()));
        call();
        carrier.nextCall().refuse(404, 0);
        out.await("ended REMOTE REJECTED 404");
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        gateway.close();
        carrier.close();
        awaitThreads(java.util.Set.of());
        java.util.Set<Thread> before = platformThreads();
        try (Party one = new Party(Sample.settings(), Sample.trunk("self", 5060));
                Party other =
                        new Party(Sample.settings(), Sample.trunk("one", one.endpoint.tcpPort(), SipTransport.TCP))) {
            assertTrue(RawSip.livesOnTcp(one.endpoint.tcpPort()));
            other.call("one", Sample.call("100"), Sample.audio(30000), out);
            one.nextCall().refuse(404, 0);
            out.await("ended REMOTE REJECTED 404");
        }
        awaitThreads(before);
    }

    private static java.util.Set<Thread> platformThreads() {
        return new java.util.HashSet<>(Thread.getAllStackTraces().keySet());
    }

    /** Waits until SIP has no thread that was not there before. */
    private static void awaitThreads(java.util.Set<Thread> before) {
        Await.until(
                "every thread ends",
                () -> platformThreads().stream()
                        .filter(thread -> !before.contains(thread))
                        .noneMatch(thread ->
                                thread.getName().matches("(?i).*(sip|udp|tcp|tls|pipeline|eventscanner|auditor).*")));
    }

    @Test
    void callsOverTcp() throws Exception {
        try (Party far = new Party(Sample.settings(), Sample.trunk("near", 5060, SipTransport.TCP));
                Party near =
                        new Party(Sample.settings(), Sample.trunk("far", far.endpoint.tcpPort(), SipTransport.TCP))) {
            SipLeg leg = near.call("far", Sample.call("100"), Sample.audio(30000), out);
            SipLeg other = far.take(far.nextCall(), in, 40000);
            far.owner.execute(other::answer);
            out.await("answered");
            in.await("answered");
            near.owner.execute(() -> leg.hold(true));
            in.await("audio PCMU RECVONLY");
            far.owner.execute(() -> other.hangUp(16));
            out.await("ended REMOTE HANGUP");
            in.await("ended LOCAL HANGUP");
        }
    }

    @Test
    void aRefusedConnectionIsToldAtOnce() throws Exception {
        try (Party near = new Party(Sample.settings(), Sample.trunk("nobody", Party.freePort(), SipTransport.TCP))) {
            near.call("nobody", Sample.call("100"), Sample.audio(30000), out);
            out.await("ended STACK UNREACHABLE");
            assertTrue(out.end.retryable());
        }
    }

    @Test
    void closingHangsUpEveryCall() throws Exception {
        call();
        SipLeg far = carrier.take(carrier.nextCall(), in, 40000);
        carrier.owner.execute(far::answer);
        out.await("answered");
        gateway.endpoint.close();
        out.await("ended LOCAL HANGUP");
        in.await("ended REMOTE HANGUP");
    }

    @Test
    void offersAtTheAnswerWhereTheInviteDoesNot() throws Exception {
        try (RawSip raw = new RawSip(carrier.endpoint.udpPort())) {
            raw.send(raw.request("INVITE", "sip:100@127.0.0.1", "", ""));
            SipLeg far = carrier.take(carrier.nextCall(), in, 40000);
            carrier.owner.execute(far::answer);
            String ok = "";
            while (!ok.startsWith("SIP/2.0 200")) {
                ok = raw.receive().orElseThrow();
            }
            assertTrue(ok.contains("m=audio 40000 RTP/AVP 0 101"), ok);
            assertTrue(raw.receive().orElseThrow().startsWith("SIP/2.0 200"), "repeated until the ACK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::1", "::"})
    void callsFromWhereverItIsBound(String bind) throws Exception {
        String host = bind.equals("::1") ? "::1" : "127.0.0.1";
        assumeTrue(!bind.contains(":") || hasIpv6(), "no IPv6 here");
        SipSettings settings = new SipSettings(bind, "", 0, 0, 0, Optional.empty(), "test", List.of());
        TrunkSettings any = Sample.trunkTo("near", host, 5060);
        try (Party far = new Party(settings, any);
                Party near = new Party(settings, Sample.trunkTo("far", host, far.endpoint.udpPort()))) {
            SipLeg leg = near.call("far", Sample.call("100"), Sample.audio(30000), out);
            SipLeg other = far.take(far.nextCall(), in, 40000);
            far.owner.execute(other::answer);
            out.await("answered");
            in.await("answered");
            far.owner.execute(() -> other.hold(true));
            out.await("audio PCMU RECVONLY");
            near.owner.execute(() -> leg.hangUp(0));
            in.await("ended REMOTE HANGUP");
        }
    }

    private static boolean hasIpv6() {
        try (java.net.DatagramSocket socket =
                new java.net.DatagramSocket(new java.net.InetSocketAddress(java.net.InetAddress.ofLiteral("::1"), 0))) {
            return socket.getLocalPort() > 0;
        } catch (java.net.SocketException e) {
            return false;
        }
    }
}
