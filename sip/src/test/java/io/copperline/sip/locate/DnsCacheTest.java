package io.copperline.sip.locate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.SipTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsCacheTest {
    private static final DnsQuestion QUESTION = new DnsQuestion("example.com", DnsQuestion.Type.A);

    private final FakeDns dns = new FakeDns();
    private Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private final DnsCache cache = new DnsCache(dns, () -> now);

    private DnsAnswer after(Duration time) {
        now = now.plus(time);
        return cache.ask(QUESTION);
    }

    @Test
    void asksAgainWhenTheTimeToLiveIsOver() {
        dns.address("example.com", "192.0.2.1");
        after(Duration.ZERO);
        assertEquals(Duration.ofMinutes(1), after(Duration.ofMinutes(4)).validFor());
        assertEquals(1, dns.asked.size());
        after(Duration.ofMinutes(2));
        assertEquals(2, dns.asked.size());
    }

    @Test
    void believesANegativeAnswerBriefly() {
        assertTrue(after(Duration.ZERO).records().isEmpty());
        dns.address("example.com", "192.0.2.1");
        assertTrue(after(Duration.ofSeconds(29)).records().isEmpty());
        assertEquals(1, after(Duration.ofSeconds(2)).records().size());
    }

    @Test
    void keepsWhatItKnewWhileDnsFails() {
        dns.address("example.com", "192.0.2.1");
        after(Duration.ZERO);
        dns.fails = true;
        DnsAnswer stale = after(Duration.ofHours(1));
        assertEquals(1, stale.records().size());
        assertEquals("no answer", stale.failure().orElseThrow());
        after(Duration.ofSeconds(10));
        assertEquals(2, dns.asked.size(), "a failure is not tried again at once");
        assertEquals(1, after(Duration.ofHours(5)).records().size(), "nor forgotten after another");
        dns.fails = false;
        assertTrue(after(Duration.ofMinutes(1)).failure().isEmpty());
    }

    /** A dead name server costs seconds for each question. */
    @Test
    void asksOneQuestionOfALookUpWhileDnsFails() {
        dns.naptr("example.com", 10, 10, "SIP+D2U", "_sip._udp.example.com")
                .srv("_sip._udp.example.com", 10, 0, 5060, "a.example.com")
                .address("a.example.com", "192.0.2.1");
        assertEquals(1, servers());
        int before = dns.asked.size();
        dns.fails = true;
        now = now.plus(FakeDns.TTL).plusSeconds(10);
        assertEquals(1, servers());
        assertEquals(before + 1, dns.asked.size());
        now = now.plus(Duration.ofMinutes(6));
        assertEquals(1, servers());
        assertEquals(before + 5, dns.asked.size(), "each in the end, since it may be one type of record that fails");
        dns.fails = false;
        now = now.plus(Duration.ofMinutes(1));
        servers();
        assertEquals(before + 9, dns.asked.size());
    }

    private int servers() {
        Wanted wanted = new Wanted("example.com", 0, List.of(SipTransport.UDP, SipTransport.TCP));
        return Locator.locate(cache, wanted).targets().size();
    }

    @Test
    void isBounded() {
        for (int i = 0; i < 2_000; i++) {
            cache.ask(new DnsQuestion("host" + i, DnsQuestion.Type.A));
            now = now.plusMillis(1);
        }
        int before = dns.asked.size();
        cache.ask(new DnsQuestion("host1999", DnsQuestion.Type.A));
        assertEquals(before, dns.asked.size());
        cache.ask(new DnsQuestion("host0", DnsQuestion.Type.A));
        assertEquals(before + 1, dns.asked.size());
    }
}
