package io.copperline.sip;

import io.copperline.sip.wire.Source;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where a trunk's carrier is: who may send calls on it, and by which of our addresses we reach it. */
final class TrunkAddresses {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final TrunkSettings settings;
    private final List<AddressRange> allowed;
    private volatile List<InetAddress> carrier = List.of();
    private volatile InetAddress facing;
    private Instant resolvedAt = Instant.EPOCH;

    /** @throws IllegalArgumentException where an allowed source is no address */
    TrunkAddresses(TrunkSettings settings) {
        this.settings = settings;
        this.allowed =
                settings.allowedSources().stream().map(AddressRange::parse).toList();
        try {
            carrier = List.of(InetAddress.ofLiteral(settings.host()));
        } catch (IllegalArgumentException e) {
            carrier = List.of(); // a name, looked up on time
        }
        // Until the name is looked up, the default route will do (RFC 5737: an address that nobody has).
        facing = LocalAddress.towards(carrier.isEmpty() ? InetAddress.ofLiteral("192.0.2.1") : carrier.getFirst());
    }

    /** Looks the host up, where that is due. Blocks. */
    void refresh(Instant now) {
        if (resolvedAt.plus(FRESH).isAfter(now)) {
            return;
        }
        resolvedAt = now;
        try {
            carrier = List.of(InetAddress.getAllByName(settings.host()));
            facing = LocalAddress.towards(carrier.getFirst());
        } catch (UnknownHostException e) {
            // What was known before is better than nothing.
        }
    }

    /** How well a source fits: 0 not at all, more is better. */
    int match(Source source) {
        InetAddress address = source.address().getAddress();
        boolean known = carrier.contains(address) || allowed.stream().anyMatch(range -> range.contains(address));
        if (!known) {
            return 0;
        }
        int port = source.address().getPort() == settings.effectivePort() ? 2 : 0;
        int transport = source.transport() == settings.transport() ? 1 : 0;
        return 1 + port + transport;
    }

    /** The address of ours that faces the carrier. */
    InetAddress facing() {
        return facing;
    }
}
