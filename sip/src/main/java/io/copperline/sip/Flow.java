package io.copperline.sip;

import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.PingListener;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way between us and a carrier, kept open and watched (RFC 5626 sections 3.5 and 4.4). Owned by its trunk's executor.
 *
 * <pre>
 *   over          every                              no pong in      then
 *   TCP, TLS      95 to 120 s, or 80 to 100 % of     10 s            the connection is dropped, and we register anew
 *   UDP, STUN     24 to 29 s    the Flow-Timer       4 x 2.5 s       we register anew
 *   UDP, CRLF     24 to 29 s                         -
 *
 *   lost again and again: 0, 5, 10, 20 ... 300 s pass before we register anew, and half of that to all of it at random
 * </pre>
 */
final class Flow {
    private static final Logger LOG = LoggerFactory.getLogger(Flow.class);

    private static final Duration PONG = Duration.ofSeconds(10);
    private static final Duration STUN_PONG = Duration.ofMillis(2500);
    private static final int STUN_SENDS = 4;
    private static final Duration CONNECTION = Duration.ofMinutes(2);
    private static final Duration DATAGRAM = Duration.ofSeconds(29);
    /** One that has lived for so long was a good one. */
    private static final Duration LONG_LIVED = Duration.ofSeconds(60);

    private final LegParts parts;
    private final Supplier<Line> lines;
    private final Executor owner;
    private final InstantSource clock;
    private final Runnable lost;
    private final KeepAlive settings;
    private final String trunk;
    private NextHop hop;
    private Optional<Duration> flowTimer = Optional.empty();
    private Timers.Timer timer = () -> {};
    private boolean open;
    private boolean ponged;
    private boolean noStun;
    private int sends;
    private long round;
    private Optional<InetSocketAddress> mapped = Optional.empty();
    private Instant opened = Instant.MIN;
    private boolean brokenBefore;
    private final GrowingPause pauses = new GrowingPause();

    /** @param lost runs when the carrier cannot reach us this way any longer, after a while where that happens often */
    Flow(LegParts parts, Supplier<Line> lines, Executor owner, InstantSource clock, Runnable lost) {
        this.parts = parts;
        this.lines = lines;
        this.owner = owner;
        this.clock = clock;
        this.lost = lost;
        Line line = lines.get();
        this.hop = line.hop();
        this.settings = line.settings().carriage().keepAlive();
        this.trunk = line.settings().name();
    }

    /**
     * The carrier reaches us from now on.
     *
     * @param timer how soon it forgets us without a sign of life, where it said so (Flow-Timer, RFC 5626 section 10)
     */
    void open(Optional<Duration> timer) {
        NextHop now = lines.get().hop();
        if (!now.equals(hop)) {
            hop = now;
            ponged = false;
            noStun = false;
            mapped = Optional.empty();
        }
        flowTimer = timer;
        open = true;
        opened = clock.instant();
        rest();
    }

    /** Opens it for the first time: where nobody registers, the carrier reaches us from the beginning. */
    void begin() {
        if (opened.equals(Instant.MIN)) {
            open(Optional.empty());
        }
    }

    /** Whether it is open and leads there. */
    boolean leadsTo(InetSocketAddress peer, SipTransport transport) {
        return open && to(hop, peer, transport);
    }

    /** Whether that hop is there. */
    static boolean to(NextHop hop, InetSocketAddress peer, SipTransport transport) {
        return hop.transport() == transport
                && hop.port() == peer.getPort()
                && hop.host().equals(peer.getAddress().getHostAddress());
    }

    /** It is broken. */
    void broken(String why) {
        if (!open) {
            return;
        }
        boolean longLived = Duration.between(opened, clock.instant()).compareTo(LONG_LIVED) >= 0;
        boolean atOnce = longLived || !brokenBefore;
        if (atOnce) {
            pauses.reset();
        }
        Duration pause = atOnce ? Duration.ZERO : pauses.next();
        brokenBefore = true;
        LOG.info(
                "Trunk {}: {}; registering anew{}",
                trunk,
                why,
                pause.isZero() ? "" : " in " + pause.toSeconds() + " s at most");
        close();
        if (pause.isZero()) {
            lost.run();
        } else {
            timer = later(part(pause, 50), lost);
        }
    }

    /** Nobody is to reach us any longer. */
    void close() {
        open = false;
        round++;
        timer.stop();
    }

    private void rest() {
        round++;
        timer.stop();
        sends = 0;
        if (settings.kind() != KeepAlive.Kind.OFF) {
            timer = later(interval(), this::ask);
        }
    }

    private Duration interval() {
        if (!settings.interval().isZero()) {
            return settings.interval();
        }
        Duration usual = isUdp() ? DATAGRAM : CONNECTION;
        Duration longest = flowTimer
                .filter(asked -> asked.compareTo(usual) < 0 || !isUdp())
                .orElse(usual);
        return part(longest, isUdp() ? 83 : 80); // RFC 5626 section 4.4
    }

    private boolean isUdp() {
        return hop.transport() == SipTransport.UDP;
    }

    private Duration part(Duration whole, int leastPercent) {
        return whole.multipliedBy(leastPercent + parts.tokens().below(101 - leastPercent))
                .dividedBy(100);
    }

    private void ask() {
        round++;
        sends++;
        boolean stun = isUdp() && !noStun && settings.kind() != KeepAlive.Kind.CRLF;
        PingListener listener = new Heard(round);
        if (stun) {
            byte[] transaction = new byte[12];
            parts.tokens().fill(transaction);
            parts.wire().binding(hop, HexFormat.of().formatHex(transaction), listener);
            timer = later(STUN_PONG, this::noStunAnswer);
        } else {
            parts.wire().emptyLine(hop, listener);
            if (isUdp()) {
                rest();
            } else {
                timer = later(PONG, this::noPong);
            }
        }
    }

    private void noStunAnswer() {
        if (sends < STUN_SENDS) {
            ask();
        } else if (ponged || settings.kind() == KeepAlive.Kind.STUN) {
            broken("STUN is not answered");
        } else {
            LOG.debug("Trunk {} does not speak STUN", trunk);
            noStun = true;
            ask();
        }
    }

    // Unless it has shown that it knows of pongs, a carrier that sends none may be well (RFC 5626 section 4.4).
    private void noPong() {
        if (ponged || flowTimer.isPresent() || settings.kind() == KeepAlive.Kind.CRLF) {
            parts.wire().drop(hop);
            broken("no pong came in " + PONG.toSeconds() + " s, and the connection was dropped");
        } else {
            rest();
        }
    }

    private void pong(Optional<InetSocketAddress> seenAt) {
        ponged = true;
        boolean moved = mapped.isPresent() && seenAt.isPresent() && !mapped.equals(seenAt);
        mapped = seenAt.or(() -> mapped);
        if (moved) {
            broken("our public address has changed"); // RFC 5626 section 4.4.2
        } else {
            rest();
        }
    }

    private Timers.Timer later(Duration delay, Runnable task) {
        long when = round;
        return parts.timers()
                .after(
                        delay,
                        () -> owner.execute(() -> {
                            if (when == round) {
                                task.run();
                            }
                        }));
    }

    /** What becomes of one ping. */
    private final class Heard implements PingListener {
        private final long asked;

        Heard(long asked) {
            this.asked = asked;
        }

        @Override
        public void onPong(Optional<InetSocketAddress> seenAt) {
            current(() -> pong(seenAt));
        }

        @Override
        public void onNothingSent() {
            current(Flow.this::rest); // a connection that has ended tells so itself
        }

        private void current(Runnable what) {
            owner.execute(() -> {
                if (open && asked == round) {
                    what.run();
                }
            });
        }
    }
}
