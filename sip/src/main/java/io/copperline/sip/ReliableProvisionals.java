package io.copperline.sip;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ServerExchange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Our reliable provisional responses to the peer's INVITE (RFC 3262 section 3), one at a time: each is repeated after 500 ms and then
 * at twice the last interval, until its PRACK comes or 32 s are over. Owned by {@link Offered}.
 */
final class ReliableProvisionals {
    private static final Duration T1 = Duration.ofMillis(500);

    private final Leg leg;
    private final LegState during;
    private final ServerExchange exchange;
    private final Runnable abandoned;
    private final Queue<Response> waiting = new ArrayDeque<>();
    private Optional<Response> outstanding = Optional.empty();
    private long rseq;
    private Duration interval = T1;
    private Timers.Timer next = () -> {};
    private Timers.Timer patience = () -> {};

    /**
     * @param during the state in which they are repeated
     * @param abandoned what to do if no PRACK ever comes
     */
    ReliableProvisionals(Leg leg, LegState during, ServerExchange exchange, Runnable abandoned) {
        this.leg = leg;
        this.during = during;
        this.exchange = exchange;
        this.abandoned = abandoned;
        this.rseq = leg.parts().tokens().below(Integer.MAX_VALUE - 1);
    }

    /** Sends a response as soon as the one before it is acknowledged. */
    void send(Response response) {
        waiting.add(response);
        if (outstanding.isEmpty()) {
            sendNext();
        }
    }

    /** Whether this PRACK is for what is outstanding, which is then not repeated any more. {@link #sendNext} follows. */
    boolean acknowledgedBy(Request prack) {
        boolean matches = RAck.of(prack).equals(outstanding.flatMap(RAck::to)) && outstanding.isPresent();
        if (matches) {
            stop();
            outstanding = Optional.empty();
        }
        return matches;
    }

    /** Sends what waits for its turn. */
    void sendNext() {
        if (waiting.isEmpty()) {
            return;
        }
        rseq++;
        Response response = waiting.remove()
                .with(List.of(new Header("Require", OptionTags.RELIABLE), new Header("RSeq", Long.toString(rseq))));
        outstanding = Optional.of(response);
        exchange.respond(response);
        interval = T1;
        next = leg.after(during, interval, this::repeat);
        patience = leg.after(during, Over.LINGER, this::giveUp);
    }

    /** Whether what is outstanding holds SDP. */
    boolean isSdpOut() {
        return outstanding.filter(ReliableProvisionals::hasBody).isPresent();
    }

    /** Whether SDP is out or about to go, and not acknowledged: then no 2xx may go yet (section 3). */
    boolean isSdpUnacknowledged() {
        return isSdpOut() || waiting.stream().anyMatch(ReliableProvisionals::hasBody);
    }

    /** The final response goes: nothing is repeated or sent any more, but a PRACK on its way still finds what it is for. */
    void stop() {
        next.stop();
        patience.stop();
    }

    private static boolean hasBody(Response response) {
        return !response.body().isEmpty();
    }

    private void repeat() {
        outstanding.ifPresent(exchange::respond);
        interval = interval.multipliedBy(2);
        next = leg.after(during, interval, this::repeat);
    }

    private void giveUp() {
        stop();
        abandoned.run();
    }
}
