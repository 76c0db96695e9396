package io.copperline.sip;

import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ServerExchange;
import java.time.Duration;

/**
 * A 2xx to an INVITE, repeated until its ACK arrives (RFC 3261 section 13.3.1.4): after 500 ms, then at twice the last interval up to 4 s,
 * for 32 s.
 */
final class UnackedOk {
    private static final Duration T1 = Duration.ofMillis(500);
    private static final Duration T2 = Duration.ofSeconds(4);

    private final Leg leg;
    private final LegState during;
    private final ServerExchange exchange;
    private final Response ok;
    private final Runnable abandoned;
    private final Timers.Timer patience;
    private Timers.Timer next = () -> {};
    private Duration interval = T1;

    private UnackedOk(Leg leg, LegState during, ServerExchange exchange, Response ok, Runnable abandoned) {
        this.leg = leg;
        this.during = during;
        this.exchange = exchange;
        this.ok = ok;
        this.abandoned = abandoned;
        this.patience = leg.after(during, Over.LINGER, this::giveUp);
    }

    /**
     * Sends a 2xx.
     *
     * @param during the state in which it is repeated
     * @param abandoned what to do if no ACK ever comes
     */
    static UnackedOk send(Leg leg, LegState during, ServerExchange exchange, Response ok, Runnable abandoned) {
        UnackedOk sent = new UnackedOk(leg, during, exchange, ok, abandoned);
        exchange.respond(ok);
        sent.arm();
        return sent;
    }

    /** Whether this ACK is for it; then it is not repeated any more. */
    boolean acknowledgedBy(Request ack) {
        if (ack.cseq() != ok.cseq()) {
            return false;
        }
        stop();
        return true;
    }

    void stop() {
        next.stop();
        patience.stop();
    }

    private void arm() {
        next = leg.after(during, interval, this::repeat);
    }

    private void repeat() {
        exchange.respond(ok);
        Duration doubled = interval.multipliedBy(2);
        interval = doubled.compareTo(T2) > 0 ? T2 : doubled;
        arm();
    }

    private void giveUp() {
        next.stop();
        abandoned.run();
    }
}
