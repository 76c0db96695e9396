package io.copperline.sip.locate;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A DNS of the test's own records. */
final class FakeDns implements Dns {
    static final Duration TTL = Duration.ofMinutes(5);

    final List<DnsQuestion> asked = new ArrayList<>();
    private final Map<DnsQuestion, List<DnsRecord>> zone = new HashMap<>();
    boolean fails;

    FakeDns naptr(String name, int order, int preference, String service, String replacement) {
        return add(name, DnsQuestion.Type.NAPTR, new DnsRecord.Naptr(order, preference, "s", service, replacement));
    }

    FakeDns srv(String name, int priority, int weight, int port, String host) {
        return add(name, DnsQuestion.Type.SRV, new DnsRecord.Srv(priority, weight, port, host));
    }

    FakeDns address(String name, String literal) {
        InetAddress address = InetAddress.ofLiteral(literal);
        DnsQuestion.Type type = literal.indexOf(':') >= 0 ? DnsQuestion.Type.AAAA : DnsQuestion.Type.A;
        return add(name, type, new DnsRecord.Address(address));
    }

    private FakeDns add(String name, DnsQuestion.Type type, DnsRecord record) {
        zone.computeIfAbsent(new DnsQuestion(name, type), question -> new ArrayList<>())
                .add(record);
        return this;
    }

    @Override
    public DnsAnswer ask(DnsQuestion question) {
        asked.add(question);
        if (fails) {
            return DnsAnswer.failed("no answer");
        }
        List<DnsRecord> records = zone.getOrDefault(question, List.of());
        return records.isEmpty() ? DnsAnswer.none(TTL) : DnsAnswer.of(records, TTL);
    }
}
