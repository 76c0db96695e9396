package io.copperline.sip.locate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.SipTransport;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 3263 section 4, rule by rule. */
class LocatorTest {
    private static final List<SipTransport> ANY = List.of(SipTransport.UDP, SipTransport.TCP, SipTransport.TLS);

    private final FakeDns dns = new FakeDns();

    private List<String> locate(String host, int port, List<SipTransport> transports) {
        return Locator.locate(dns, new Wanted(host, port, transports)).order(new Random(1)).stream()
                .map(target ->
                        target.transport().wireName() + " " + target.address().getHostAddress() + " " + target.port())
                .toList();
    }

    @Test
    void aNumericHostIsNotLookedUp() {
        assertEquals(List.of("udp 192.0.2.1 5060"), locate("192.0.2.1", 0, ANY));
        assertEquals(List.of("tls 192.0.2.1 5061"), locate("192.0.2.1", 0, List.of(SipTransport.TLS)));
        assertEquals(List.of("tcp 2001:db8:0:0:0:0:0:1 5080"), locate("2001:db8::1", 5080, List.of(SipTransport.TCP)));
        assertEquals(List.of(), dns.asked);
    }

    @Test
    void anExplicitPortSkipsNaptrAndSrv() {
        dns.srv("_sip._udp.example.com", 1, 1, 5090, "a.example.com")
                .address("a.example.com", "192.0.2.9")
                .address("example.com", "192.0.2.1");
        assertEquals(List.of("udp 192.0.2.1 5070"), locate("example.com", 5070, ANY));
        assertTrue(dns.asked.stream().noneMatch(question -> question.type() == DnsQuestion.Type.SRV));
    }

    @Test
    void aFixedTransportAsksForItsOwnSrvOnly() {
        dns.srv("_sips._tcp.example.com", 1, 1, 5071, "a.example.com").address("a.example.com", "192.0.2.9");
        assertEquals(List.of("tls 192.0.2.9 5071"), locate("example.com", 0, List.of(SipTransport.TLS)));
        assertEquals(new DnsQuestion("_sips._tcp.example.com", DnsQuestion.Type.SRV), dns.asked.getFirst());
    }

    @Test
    void naptrChoosesTheTransportByOrderThenPreference() {
        dns.naptr("example.com", 50, 50, "SIPS+D2T", "_sips._tcp.example.com")
                .naptr("example.com", 50, 40, "SIP+D2T", "_sip._tcp.example.com")
                .naptr("example.com", 90, 10, "SIP+D2U", "_sip._udp.example.com")
                .srv("_sips._tcp.example.com", 1, 1, 5061, "a.example.com")
                .srv("_sip._tcp.example.com", 1, 1, 5060, "a.example.com")
                .srv("_sip._udp.example.com", 1, 1, 5060, "a.example.com")
                .address("a.example.com", "192.0.2.9");
        assertEquals(List.of("tcp 192.0.2.9 5060", "tls 192.0.2.9 5061"), locate("example.com", 0, ANY));
        assertEquals(
                List.of("tls 192.0.2.9 5061"),
                locate("example.com", 0, List.of(SipTransport.UDP, SipTransport.TLS)),
                "what we cannot speak does not decide");
    }

    @Test
    void withoutNaptrEachTransportsSrvIsAsked() {
        dns.srv("_sip._tcp.example.com", 1, 1, 5062, "a.example.com").address("a.example.com", "192.0.2.9");
        assertEquals(List.of("tcp 192.0.2.9 5062"), locate("example.com", 0, ANY));
    }

    @Test
    void withoutAnyRecordTheHostsOwnAddressesAreTried() {
        dns.address("example.com", "2001:db8::1").address("example.com", "192.0.2.1");
        assertEquals(List.of("udp 192.0.2.1 5060", "udp 2001:db8:0:0:0:0:0:1 5060"), locate("Example.com.", 0, ANY));
    }

    @Test
    void aTargetThatIsADotMeansThatThereIsNone() {
        dns.srv("_sip._udp.example.com", 0, 0, 0, ".").address("example.com", "192.0.2.1");
        assertEquals(List.of("udp 192.0.2.1 5060"), locate("example.com", 0, List.of(SipTransport.UDP)));
    }

    @Test
    void nothingAtAllIsTroubleInWords() {
        Located none = Locator.locate(dns, new Wanted("example.com", 0, ANY));
        assertEquals(List.of(), none.targets());
        assertEquals(
                "DNS has no servers and no address for example.com",
                none.trouble().orElseThrow());
    }

    @Test
    void lowerPriorityFirstAndWeightsShareTheLoad() {
        dns.srv("_sip._udp.example.com", 20, 100, 5060, "backup.example.com")
                .srv("_sip._udp.example.com", 10, 75, 5060, "big.example.com")
                .srv("_sip._udp.example.com", 10, 25, 5060, "small.example.com")
                .srv("_sip._udp.example.com", 10, 0, 5060, "zero.example.com")
                .address("backup.example.com", "192.0.2.20")
                .address("big.example.com", "192.0.2.1")
                .address("small.example.com", "192.0.2.2")
                .address("zero.example.com", "192.0.2.3");
        Located located = Locator.locate(dns, new Wanted("example.com", 0, List.of(SipTransport.UDP)));
        Random random = new Random(7);
        int big = 0;
        int small = 0;
        int zero = 0;
        for (int i = 0; i < 10_000; i++) {
            List<Target> order = located.order(random);
            assertEquals(4, order.size());
            assertEquals("192.0.2.20", order.getLast().address().getHostAddress());
            switch (order.getFirst().address().getHostAddress()) {
                case "192.0.2.1" -> big++;
                case "192.0.2.2" -> small++;
                default -> zero++;
            }
        }
        assertEquals(7500, big, 200);
        assertEquals(2400, small, 200);
        assertEquals(100, zero, 60);
    }
}
