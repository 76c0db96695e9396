package io.copperline.sip;

import io.copperline.sip.locate.Dns;
import io.copperline.sip.locate.Located;
import io.copperline.sip.locate.Locator;
import io.copperline.sip.locate.Target;
import io.copperline.sip.locate.Wanted;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.Source;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a trunk's carrier is: its servers, who may send calls, and by which of our addresses each is reached. Looked up on the
 * trunk's errands, read from any thread.
 */
final class TrunkAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(TrunkAddresses.class);
    /** A time to live of 0 does not make us ask without a pause. */
    private static final Duration LEAST_VALID = Duration.ofSeconds(5);

    /** @param facing by the carrier's address, our own that a packet to it leaves by */
    private record Known(Located located, List<Target> targets, Map<String, InetAddress> facing) {}

    private final TrunkSettings settings;
    private final Wanted wanted;
    private final Dns dns;
    private final List<AddressRange> allowed;
    private final InetAddress outward;
    private volatile Known known;
    private volatile Optional<TrunkFailure> trouble = Optional.empty();
    private Instant due = Instant.MIN;

    /**
     * @param transports the trunk's own, and others that DNS may choose
     * @throws IllegalArgumentException where an allowed source is no address
     */
    TrunkAddresses(TrunkSettings settings, List<SipTransport> transports, Dns dns) {
        this.settings = settings;
        // RFC 3263 section 4: what is looked up is the next hop, which is the outbound proxy where there is one.
        InetSocketAddress next = settings.reaching()
                .outboundProxy()
                .orElseGet(() -> InetSocketAddress.createUnresolved(settings.host(), settings.port()));
        this.wanted = new Wanted(next.getHostString(), next.getPort(), transports);
        this.dns = dns;
        this.allowed =
                settings.allowedSources().stream().map(AddressRange::parse).toList();
        // Until the name is looked up, the default route will do (RFC 5737: an address that nobody has).
        this.outward = LocalAddress.towards(InetAddress.ofLiteral("192.0.2.1"));
        this.known = known(new Located(List.of(), Duration.ZERO, Optional.empty()));
        if (wanted.isNumeric()) {
            known = known(Locator.locate(dns, wanted)); // nobody is asked
        }
    }

    /** Looks the carrier up, where that is due. Blocks. */
    void refresh(Instant now) {
        if (now.isBefore(due)) {
            return;
        }
        Located located = Locator.locate(dns, wanted);
        due = now.plus(located.validFor().compareTo(LEAST_VALID) < 0 ? LEAST_VALID : located.validFor());
        if (!located.services().isEmpty()) {
            known = known(located);
        } // else: what was known before is better than nothing
        note(located.trouble(), now);
    }

    private void note(Optional<String> what, Instant now) {
        Optional<TrunkFailure> before = trouble;
        String fix = "check the trunk's server and the name servers; what was known before is used meanwhile";
        trouble = what.map(text ->
                new TrunkFailure(0, text, fix, before.map(TrunkFailure::since).orElse(now)));
        if (before.isEmpty() && what.isPresent()) {
            LOG.warn("Trunk {} could not be looked up: {}; {}", settings.name(), what.get(), fix);
        } else if (before.isPresent() && what.isEmpty()) {
            LOG.info("Trunk {} is found again", settings.name());
        }
    }

    /** Why the last look-up failed. */
    Optional<TrunkFailure> trouble() {
        return trouble;
    }

    /** How many servers are known. */
    int servers() {
        return known.targets().size();
    }

    /** The servers in the order in which to try them. Never empty: an unknown one goes by its name. */
    List<NextHop> hops(RandomGenerator random) {
        List<NextHop> hops =
                known.located().order(random).stream().map(this::hop).toList();
        return hops.isEmpty()
                ? List.of(new NextHop(settings.host(), settings.effectivePort(), settings.transport(), settings.host()))
                : hops;
    }

    private int port() {
        return wanted.port() == 0 ? settings.transport().defaultPort() : wanted.port();
    }

    // RFC 5922 section 7.1: the certificate is for the name that the operator wrote, wherever DNS has led us.
    private NextHop hop(Target target) {
        return new NextHop(text(target.address()), target.port(), target.transport(), wanted.host());
    }

    /** How well a source fits: 0 not at all, more is better. */
    int match(Source source) {
        InetAddress address = source.address().getAddress();
        List<Target> there = known.targets().stream()
                .filter(target -> target.address().equals(address))
                .toList();
        if (there.isEmpty() && allowed.stream().noneMatch(range -> range.contains(address))) {
            return 0;
        }
        int sourcePort = source.address().getPort();
        boolean port = sourcePort == port() || there.stream().anyMatch(t -> t.port() == sourcePort);
        boolean transport = source.transport() == settings.transport()
                || there.stream().anyMatch(t -> t.transport() == source.transport());
        return 1 + (port ? 2 : 0) + (transport ? 1 : 0);
    }

    /** The address of ours that faces this server. */
    InetAddress facing(NextHop hop) {
        return known.facing().getOrDefault(hop.host(), outward);
    }

    private static Known known(Located located) {
        List<Target> targets = located.targets();
        Map<String, InetAddress> facing = targets.stream()
                .map(Target::address)
                .distinct()
                .collect(Collectors.toMap(TrunkAddresses::text, LocalAddress::towards));
        return new Known(located, targets, facing);
    }

    private static String text(InetAddress address) {
        return address.getHostAddress();
    }
}
