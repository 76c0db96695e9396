package io.copperline.sip.locate;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

/**
 * The machine's hosts file, which is asked before DNS. Safe from any thread: dnsjava's reader (3.7.1) tells those who ask while
 * another thread reads the file that it holds nothing.
 */
final class HostsFile {
    /** A change counts for the next look-up after that. */
    private static final Duration VALID = Duration.ofMinutes(1);

    private final HostsFileParser parser;

    HostsFile(HostsFileParser parser) {
        this.parser = parser;
    }

    /**
     * What it says; empty where it does not hold the name, or the question is not for addresses. A name that it holds with an
     * address of one family has none of the other: DNS is not asked for it, which may not know the name, or not be there.
     */
    synchronized Optional<DnsAnswer> ask(DnsQuestion question) throws IOException {
        if (question.type() != DnsQuestion.Type.A && question.type() != DnsQuestion.Type.AAAA) {
            return Optional.empty();
        }
        Name name = Name.fromString(question.name(), Name.root);
        Optional<InetAddress> ipv4 = parser.getAddressForHost(name, Type.A);
        Optional<InetAddress> ipv6 = parser.getAddressForHost(name, Type.AAAA);
        if (ipv4.isEmpty() && ipv6.isEmpty()) {
            return Optional.empty();
        }
        Optional<InetAddress> wanted = question.type() == DnsQuestion.Type.A ? ipv4 : ipv6;
        return Optional.of(wanted.map(address -> DnsAnswer.of(List.of(new DnsRecord.Address(address)), VALID))
                .orElseGet(() -> DnsAnswer.none(VALID)));
    }
}
