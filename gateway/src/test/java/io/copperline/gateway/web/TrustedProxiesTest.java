package io.copperline.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {
    private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/32"));

    @Test
    void believesNobodyElse() {
        assertEquals(
                new Peer("203.0.113.9", "http", "gw:8080"),
                proxies.peer("203.0.113.9", "http", "gw:8080", "198.51.100.1", "https", "phone.example"));
        assertEquals(
                "10.1.2.3",
                new TrustedProxies(List.of())
                        .peer("10.1.2.3", "http", "gw", "1.2.3.4", "", "")
                        .address());
    }

    @Test
    void takesTheHopThatOurProxySaw() {
        assertEquals(
                new Peer("198.51.100.1", "https", "phone.example"),
                proxies.peer("10.1.2.3", "http", "gw:8080", "6.6.6.6, 198.51.100.1", "https", "phone.example"));
    }

    @Test
    void goesBackOverOurProxiesOnly() {
        assertEquals("198.51.100.1", client("6.6.6.6, 198.51.100.1, 192.0.2.7, 10.9.9.9"));
        assertEquals("2001:db9:0:0:0:0:0:1", client("2001:db9::1, 2001:db8::5"));
    }

    @Test
    void stopsAtWhatIsNoAddress() {
        assertEquals("10.9.9.9", client("6.6.6.6, unknown, 10.9.9.9"));
        assertEquals("10.1.2.3", client("localhost"));
        assertEquals("10.1.2.3", client(""));
        assertEquals("10.1.2.3", client(",,,"));
        assertEquals("10.0.0.1", client("10.0.0.1,".repeat(5000) + "10.0.0.1"));
    }

    @Test
    void matchesPartsOfBytes() {
        var narrow = new TrustedProxies(List.of("172.16.0.0/12"));
        assertEquals(
                "1.1.1.1",
                narrow.peer("172.31.255.255", "http", "", "1.1.1.1", "", "").address());
        assertEquals(
                "172.32.0.0",
                narrow.peer("172.32.0.0", "http", "", "1.1.1.1", "", "").address());
        var all = new TrustedProxies(List.of("0.0.0.0/0"));
        assertEquals("::1", all.peer("::1", "http", "", "1.1.1.1", "", "").address());
    }

    @Test
    void refusesWhatIsNoNetwork() {
        assertThrows(IllegalArgumentException.class, () -> new TrustedProxies(List.of("10.0.0.0/33")));
        assertThrows(IllegalArgumentException.class, () -> new TrustedProxies(List.of("proxy.example")));
    }

    @Test
    void countsIpv6ByItsNetwork() {
        assertEquals(
                new Peer("2001:db8:1:2::a", "http", "").rateKey(),
                new Peer("2001:db8:1:2:ffff::b", "http", "").rateKey());
        assertEquals("203.0.113.9", new Peer("203.0.113.9", "http", "").rateKey());
    }

    private String client(String forwardedFor) {
        return proxies.peer("10.1.2.3", "http", "gw", forwardedFor, "", "").address();
    }
}
