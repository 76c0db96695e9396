package io.copperline.sip.locate;

import io.copperline.sip.SipTransport;
import io.copperline.sip.locate.Located.Server;
import io.copperline.sip.locate.Located.Service;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds a carrier's servers as RFC 3263 section 4 has it. One look-up; blocks while DNS does. */
public final class Locator {
    /** A carrier has a handful; whoever writes hundreds into DNS does not make us ask for each. */
    private static final int MAX_SERVERS = 32;

    private static final Duration NUMERIC = Duration.ofDays(1);

    private final Dns dns;
    private final Wanted wanted;
    private Duration validFor = NUMERIC;
    private Optional<String> failure = Optional.empty();

    private Locator(Dns dns, Wanted wanted) {
        this.dns = dns;
        this.wanted = wanted;
    }

    /** Looks for it. */
    public static Located locate(Dns dns, Wanted wanted) {
        return new Locator(dns, wanted).locate();
    }

    private Located locate() {
        List<Service> services = services();
        if (services.isEmpty() && failure.isEmpty()) {
            failure = Optional.of("DNS has no servers and no address for " + wanted.host());
        }
        return new Located(services, validFor, failure);
    }

    private List<Service> services() {
        SipTransport plain = wanted.plain();
        Optional<InetAddress> numeric = wanted.address();
        int port = wanted.port() == 0 ? plain.defaultPort() : wanted.port();
        if (numeric.isPresent()) {
            return List.of(new Service(plain, List.of(new Server(0, 0, port, List.of(numeric.get())))));
        }
        // Section 4.2: a port that is written means addresses, never SRV.
        List<Service> found = wanted.port() == 0 ? byRecords() : List.of();
        return found.isEmpty() ? byAddress(wanted.host(), port, plain) : found;
    }

    private List<Service> byRecords() {
        if (!wanted.transportFixed()) {
            List<Service> byNaptr = byNaptr();
            if (!byNaptr.isEmpty()) {
                return byNaptr;
            }
        }
        // Section 4.1: without NAPTR records, SRV records for each transport that we have.
        List<Service> found = new ArrayList<>();
        for (SipTransport transport : wanted.transports()) {
            found.addAll(bySrv(srvName(transport) + wanted.host(), transport));
        }
        return found;
    }

    /** RFC 3403 section 4.1: the lowest order of what we can use decides, and its preferences say what comes first. */
    private List<Service> byNaptr() {
        Map<DnsRecord.Naptr, SipTransport> usable = new LinkedHashMap<>();
        for (DnsRecord record : ask(wanted.host(), DnsQuestion.Type.NAPTR)) {
            if (record instanceof DnsRecord.Naptr naptr) {
                transport(naptr).filter(wanted.transports()::contains).ifPresent(t -> usable.put(naptr, t));
            }
        }
        int lowest =
                usable.keySet().stream().mapToInt(DnsRecord.Naptr::order).min().orElse(0);
        List<Service> found = new ArrayList<>();
        usable.keySet().stream()
                .filter(naptr -> naptr.order() == lowest)
                .sorted(Comparator.comparingInt(DnsRecord.Naptr::preference))
                .forEach(naptr -> found.addAll(bySrv(naptr.replacement(), usable.get(naptr))));
        return found;
    }

    private static Optional<SipTransport> transport(DnsRecord.Naptr naptr) {
        if (!naptr.flags().equalsIgnoreCase("s")) {
            return Optional.empty();
        }
        return switch (naptr.service().toUpperCase(java.util.Locale.ROOT)) {
            case "SIP+D2U" -> Optional.of(SipTransport.UDP);
            case "SIP+D2T" -> Optional.of(SipTransport.TCP);
            case "SIPS+D2T" -> Optional.of(SipTransport.TLS);
            default -> Optional.empty();
        };
    }

    private static String srvName(SipTransport transport) {
        return switch (transport) {
            case UDP -> "_sip._udp.";
            case TCP -> "_sip._tcp.";
            case TLS -> "_sips._tcp.";
        };
    }

    private List<Service> bySrv(String name, SipTransport transport) {
        // RFC 2782: a target of "." says that the service is decidedly not available here.
        List<DnsRecord.Srv> records = ask(name, DnsQuestion.Type.SRV).stream()
                .filter(DnsRecord.Srv.class::isInstance)
                .map(DnsRecord.Srv.class::cast)
                .filter(srv -> !srv.host().isEmpty() && !srv.host().equals("."))
                .sorted(Comparator.comparingInt(DnsRecord.Srv::priority))
                .limit(MAX_SERVERS)
                .toList();
        List<Server> servers = new ArrayList<>();
        for (DnsRecord.Srv srv : records) {
            List<InetAddress> addresses = addresses(srv.host());
            if (!addresses.isEmpty()) {
                servers.add(new Server(srv.priority(), srv.weight(), srv.port(), addresses));
            }
        }
        return servers.isEmpty() ? List.of() : List.of(new Service(transport, servers));
    }

    private List<Service> byAddress(String host, int port, SipTransport transport) {
        List<InetAddress> addresses = addresses(host);
        return addresses.isEmpty()
                ? List.of()
                : List.of(new Service(transport, List.of(new Server(0, 0, port, addresses))));
    }

    /** IPv4 first: a carrier that has both is reached by it from everywhere. */
    private List<InetAddress> addresses(String host) {
        List<DnsRecord> records = new ArrayList<>(ask(host, DnsQuestion.Type.A));
        records.addAll(ask(host, DnsQuestion.Type.AAAA));
        return records.stream()
                .filter(DnsRecord.Address.class::isInstance)
                .map(record -> ((DnsRecord.Address) record).address())
                .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                .toList();
    }

    private List<DnsRecord> ask(String name, DnsQuestion.Type type) {
        DnsQuestion question = new DnsQuestion(name, type);
        // Name servers that do not answer one question will hardly answer the next, and each costs seconds.
        Optional<DnsAnswer> old = failure.isPresent() ? dns.known(question) : Optional.empty();
        DnsAnswer answer = old.orElseGet(() -> dns.ask(question));
        if (answer.validFor().compareTo(validFor) < 0) {
            validFor = answer.validFor();
        }
        if (failure.isEmpty()) {
            failure = answer.failure();
        }
        return answer.records();
    }
}
