package io.copperline.sip;

import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ACKs that a leg has sent. A 2xx is repeated until its ACK arrives, and each repetition gets the same ACK (RFC 3261
 * section 13.2.2.4); a 2xx of another fork gets an ACK and a BYE.
 */
final class Acks {
    private static final int KEPT = 8;

    private record Key(String toTag, long cseq) {}

    private record Sent(Request ack, NextHop hop) {}

    private final Leg leg;
    private final Optional<EarlyDialogs> forks;
    private final Map<Key, Sent> sent = new LinkedHashMap<>();

    /** @param forks the dialogs of our first INVITE; none on the called side */
    Acks(Leg leg, Optional<EarlyDialogs> forks) {
        this.leg = leg;
        this.forks = forks;
    }

    /** Sends the ACK of this 2xx. */
    void acknowledge(Dialog dialog, Response ok) {
        Sent ack = new Sent(dialog.ack(ok.cseq()), dialog.hop());
        if (sent.size() >= KEPT) {
            sent.remove(sent.keySet().iterator().next());
        }
        sent.put(new Key(ok.toTag(), ok.cseq()), ack);
        leg.parts().wire().ack(ack.ack(), ack.hop());
    }

    /** Deals with a 2xx that this leg has no use for. */
    void repeatOrDecline(Response response) {
        if (!response.isSuccess() || !response.cseqMethod().equals("INVITE")) {
            return;
        }
        Sent known = sent.get(new Key(response.toTag(), response.cseq()));
        if (known != null) {
            leg.parts().wire().ack(known.ack(), known.hop());
        } else if (forks.isPresent() && response.cseq() == forks.get().invite().cseq()) {
            Dialog fork = forks.get().confirmed(response);
            acknowledge(fork, response);
            leg.sender().bye(fork, 0);
        }
    }
}
