package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.SipStartException;
import io.copperline.sip.SipTransport;
import io.copperline.sip.Trunk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections to a carrier a good way off: by which transport they are made, and what becomes of them when the way breaks. */
class FarConnectionsIT {
    private static final String NUMBER = "+1404555010";
    private static final Duration SOON = Duration.ofSeconds(4);

    @RegisterExtension
    static final FarCarrier CARRIER = new FarCarrier();

    @Test
    void naptrsBestTransportIsTakenAndItsCertificateLookedAt() throws IOException, SipStartException {
        SippServer well = CARRIER.tcp(5260, "answers");
        tlsInFrontOf(5260, 5261);
        CARRIER.dns()
                .naptr(30, "SIP+D2U", "_sip._udp.carrier.test")
                .naptr(10, "SIPS+D2T", "_sips._tcp.carrier.test")
                .naptr(20, "SIP+D2T", "_sip._tcp.carrier.test")
                .srv("_sips._tcp.carrier.test", "one.carrier.test", 5261, 10, 0)
                .srv("_sip._tcp.carrier.test", "one.carrier.test", 5269, 10, 0)
                .srv("_sip._udp.carrier.test", "one.carrier.test", 5269, 10, 0)
                .host("one.carrier.test", CARRIER.network().there());
        Trunk trunk = CARRIER.trunk(SipTransport.UDP, true, CARRIER.network().here(), 3);
        CARRIER.cable().stretch(FarCarrier.DELAY_MILLIS, 2);
        CARRIER.talk(trunk, NUMBER + 0);
        assertTrue(well.messages().contains("Via: SIP/2.0/TLS "), well::messages);
    }

    /** {@code socat} with the carrier's certificate. */
    private void tlsInFrontOf(int port, int tlsPort) throws IOException {
        Process front = new ProcessBuilder(CARRIER.network()
                        .inside(
                                "socat",
                                "OPENSSL-LISTEN:" + tlsPort
                                        + ",fork,reuseaddr,verify=0,cert=carrier.pem,key=carrier.key",
                                "TCP:" + CARRIER.network().there() + ":" + port))
                .directory(CARRIER.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(CARRIER.directory().resolve("socat.log").toFile())
                .start();
        Carrier.at(tlsPort).at(CARRIER.network().there()).byTcp().awaitListening();
        CARRIER.keep(() -> {
            front.descendants().forEach(ProcessHandle::destroy);
            front.destroy();
        });
    }

    @Test
    void aCallComesByUdpWhereTlsIsSilentAndTcpBusy() throws SipStartException {
        SippServer busy = CARRIER.tcp(5361, "is-overloaded");
        SippServer well = CARRIER.udp(5362, "answers");
        CARRIER.dns()
                .naptr(10, "SIPS+D2T", "_sips._tcp.carrier.test")
                .naptr(20, "SIP+D2T", "_sip._tcp.carrier.test")
                .naptr(30, "SIP+D2U", "_sip._udp.carrier.test")
                .srv("_sips._tcp.carrier.test", "one.carrier.test", 5360, 10, 0)
                .srv("_sip._tcp.carrier.test", "one.carrier.test", 5361, 10, 0)
                .srv("_sip._udp.carrier.test", "one.carrier.test", 5362, 10, 0)
                .host("one.carrier.test", CARRIER.network().there());
        Trunk trunk = CARRIER.trunk(SipTransport.UDP, true, CARRIER.network().here(), 3);
        CARRIER.cable().silence(5360);
        Instant begun = Instant.now();
        CARRIER.talk(trunk, NUMBER + 0);
        assertSoon(begun, busy.invitedAt());
        assertSoon(busy.invitedAt(), well.invitedAt());
    }

    private static void assertSoon(Instant one, Instant next) {
        Duration between = Duration.between(one, next);
        assertTrue(between.compareTo(SOON) < 0, () -> "the next server was asked after " + between);
    }

    @Test
    void aConnectionThatTheServerHasCutIsOpenedAnew() throws SipStartException {
        CARRIER.dns()
                .srv("_sip._tcp.carrier.test", "one.carrier.test", 5660, 10, 0)
                .host("one.carrier.test", CARRIER.network().there());
        String there = CARRIER.network().there();
        SippServer before = SippServer.tcp(CARRIER.network(), there, CARRIER.directory(), 5660, "answers");
        Trunk trunk = CARRIER.trunk(SipTransport.TCP, false, CARRIER.network().here(), 1);
        CARRIER.talk(trunk, NUMBER + 0);
        before.close();
        CARRIER.tcp(5660, "answers");
        CARRIER.talk(trunk, NUMBER + 1);
    }

    /** A firewall has forgotten it: neither side hears of that. */
    @Test
    void aConnectionThatHasGoneSilentIsOpenedAnew() throws IOException, SipStartException {
        CARRIER.dns()
                .srv("_sip._tcp.carrier.test", "one.carrier.test", 5760, 10, 0)
                .srv("_sip._tcp.carrier.test", "one.carrier.test", 5761, 20, 0)
                .host("one.carrier.test", CARRIER.network().there());
        SippServer first = CARRIER.tcp(5760, "answers");
        SippServer second = CARRIER.tcp(5761, "answers");
        Trunk trunk = CARRIER.trunk(SipTransport.TCP, false, CARRIER.network().here(), 2);
        CARRIER.talk(trunk, NUMBER + 0);
        CARRIER.cable().forget(portOfOursAt(5760));
        Instant cut = Instant.now();
        CARRIER.talk(trunk, NUMBER + 1);
        assertSoon(cut, second.invitedAt(NUMBER + 1));
        int heard = first.invites();
        Await.until("the first server is called again", FarCarrier.LONGEST, () -> {
            CARRIER.talk(trunk, NUMBER + 2);
            return first.messages()
                            .lines()
                            .filter(line -> line.startsWith("INVITE sip:" + NUMBER + 2))
                            .count()
                    > 0;
        });
        assertTrue(first.invites() > heard);
    }

    /** The other end of the one connection to a port inside. */
    private static int portOfOursAt(int port) throws IOException {
        Process ss = new ProcessBuilder(
                        CARRIER.network().inside("ss", "-Htn", "state", "established", "sport", "=", ":" + port))
                .start();
        String line = new String(ss.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).strip());
    }
}
