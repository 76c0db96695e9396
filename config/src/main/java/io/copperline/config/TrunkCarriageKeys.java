package io.copperline.config;

import io.copperline.sip.Carriage;
import io.copperline.sip.KeepAlive;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TrunkSettings;
import io.copperline.sip.TrunkTls;
import java.time.Duration;
import java.util.Optional;

/** The keys of a trunk that say how bytes travel. */
final class TrunkCarriageKeys {
    static final Key<Integer> LARGEST_DATAGRAM = Key.of(
            "largest-datagram",
            Types.whole(0, 16_000),
            "1300",
            "With udp, requests of more bytes go by TCP, where sip.tcp-port is on: the path's MTU less 200; 0: none does.");

    static final Key<KeepAlive.Kind> KEEP_ALIVE = Key.of(
            "keep-alive",
            Types.oneOf(KeepAlive.Kind.class),
            "auto",
            "What keeps the way open: auto (where we register), crlf (empty lines), stun (udp only) or off.");
    static final Key<Duration> KEEP_ALIVE_INTERVAL = Key.open(
            "keep-alive-interval",
            Types.duration(Duration.ofSeconds(5), Duration.ofHours(1), ""),
            "30s",
            "How often. Default: as the carrier says in Flow-Timer, else 24 to 29 s with udp, 95 to 120 s with tcp and tls.");

    private TrunkCarriageKeys() {}

    static Carriage read(Fields trunk) {
        return new Carriage(
                trunk.one(LARGEST_DATAGRAM),
                new KeepAlive(
                        trunk.one(KEEP_ALIVE), trunk.maybe(KEEP_ALIVE_INTERVAL).orElse(Duration.ZERO)),
                Optional.empty(),
                Optional.empty(),
                TrunkTls.USUAL);
    }

    static void check(Fields trunk, TrunkSettings settings) {
        KeepAlive.Kind kind = settings.carriage().keepAlive().kind();
        if (kind == KeepAlive.Kind.STUN && settings.transport() != SipTransport.UDP) {
            // RFC 5626 section 3.5: over connections, empty lines.
            trunk.problem(
                    KEEP_ALIVE,
                    "transport udp with keep-alive stun",
                    "transport " + settings.transport().wireName(),
                    "write keep-alive: crlf");
        }
        if (kind == KeepAlive.Kind.OFF && trunk.has(KEEP_ALIVE_INTERVAL)) {
            trunk.problem(KEEP_ALIVE_INTERVAL, "no interval beside keep-alive: off", "one", "remove one of the two");
        }
    }
}
