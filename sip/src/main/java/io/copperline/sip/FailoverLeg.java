package io.copperline.sip;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.SipUri;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A call of ours along a trunk's servers (RFC 3263 section 4.3). Each attempt is a leg of its own: another transaction and branch,
 * and another Call-ID too, so that servers which share their state do not take the second for a loop of the first (RFC 3261
 * section 8.2.2.2), and what the first still says late finds its own leg, which acknowledges it and hangs up. Owned by the
 * call's owner.
 *
 * <pre>
 *  refused, silent, TLS failed, a failover code  --> next server, as long as no phone has rung
 *  none left                                     --> ended, retryable: the route's next trunk
 * </pre>
 */
final class FailoverLeg implements SipLeg {
    private final LegParts parts;
    private final Targets targets;
    private final Function<NextHop, Line> lines;
    private final Executor owner;
    private final SipLegListener listener;
    private final OutgoingCall call;
    private final Deque<NextHop> left;
    private LocalAudio local;
    private Leg leg;
    private int attempt;
    private boolean tried;
    private boolean progressed;
    private boolean hungUp;

    private FailoverLeg(
            LegParts parts,
            Targets targets,
            Function<NextHop, Line> lines,
            Executor owner,
            SipLegListener listener,
            OutgoingCall call,
            LocalAudio local) {
        this.parts = parts;
        this.targets = targets;
        this.lines = lines;
        this.owner = owner;
        this.listener = listener;
        this.call = call;
        this.left = new ArrayDeque<>(hops(targets.order(), call));
        this.local = local;
        this.leg = next();
    }

    /** Calls by the first server. */
    static SipLeg start(
            LegParts parts,
            Targets targets,
            Function<NextHop, Line> lines,
            Executor owner,
            SipLegListener listener,
            OutgoingCall call,
            LocalAudio local) {
        return new FailoverLeg(parts, targets, lines, owner, listener, call, local);
    }

    // RFC 3261 section 8.1.3.4: a redirected call goes where it was sent, where that is a server of the carrier.
    private static List<NextHop> hops(List<NextHop> all, OutgoingCall call) {
        Optional<SipUri> uri = call.onward().uri().flatMap(SipUri::parse);
        List<NextHop> named = all.stream()
                .filter(hop ->
                        uri.filter(to -> to.host().equalsIgnoreCase(hop.host())).isPresent())
                .map(hop -> uri.get().port() == 0
                        ? hop
                        : new NextHop(hop.host(), uri.get().port(), hop.transport(), hop.certificateName()))
                .distinct()
                .toList();
        return named.isEmpty() ? all : named;
    }

    private Leg next() {
        attempt++;
        NextHop hop = left.removeFirst();
        boolean otherWays = call.otherWays() || !left.isEmpty();
        OutgoingCall once = call.withOtherWays(otherWays);
        return Leg.outgoing(parts, lines.apply(hop), owner, new Heard(attempt, hop), once, local);
    }

    private void ended(NextHop hop, SipEnd end) {
        if (!failedBy(hop, end)) {
            listener.ended(end);
        } else if (left.isEmpty()) {
            listener.ended(end.orElsewhere());
        } else {
            leg = next();
        }
    }

    /** Whether it is the server that has failed, rather than the call. */
    private boolean failedBy(NextHop hop, SipEnd end) {
        boolean code = lines.apply(hop).settings().reaching().failoverCodes().contains(end.status());
        boolean failed = !progressed && !hungUp && (end.kind() == SipEnd.Kind.UNREACHABLE || code);
        if (failed) {
            targets.failed(hop, leg.retryAfter());
        } else if (end.by() == SipEnd.By.REMOTE) {
            targets.worked(hop);
        }
        return failed;
    }

    @Override
    public String sipCallId() {
        return leg.sipCallId();
    }

    @Override
    public void audio(LocalAudio audio) {
        local = audio;
        leg.audio(audio);
    }

    @Override
    public void ring() {
        leg.ring();
    }

    @Override
    public void earlyMedia() {
        leg.earlyMedia();
    }

    @Override
    public void answer() {
        leg.answer();
    }

    @Override
    public void reject(int status, int q850) {
        leg.reject(status, q850);
    }

    @Override
    public void hangUp(int q850) {
        hungUp = true;
        leg.hangUp(q850);
    }

    @Override
    public void hold(boolean held) {
        leg.hold(held);
    }

    @Override
    public void sendInfoDtmf(char digit, int durationMillis) {
        leg.sendInfoDtmf(digit, durationMillis);
    }

    @Override
    public void refer(ReferTarget target, ReferListener referListener) {
        leg.refer(target, referListener);
    }

    @Override
    public Optional<ReferTarget.Dialog> replaceable() {
        return leg.replaceable();
    }

    @Override
    public List<Destination> redirections() {
        return leg.redirections().stream()
                .map(to -> to.ofCarrier(serves(to.host())))
                .toList();
    }

    private boolean serves(String host) {
        return leg.line().serves(host)
                || targets.order().stream().anyMatch(hop -> hop.host().equalsIgnoreCase(host));
    }

    @Override
    public Optional<NegotiatedAudio> audio() {
        return leg.audio();
    }

    /** One attempt's news; what an earlier one still says is no longer heard. */
    private final class Heard implements SipLegListener {
        private final int number;
        private final NextHop hop;

        Heard(int number, NextHop hop) {
            this.number = number;
            this.hop = hop;
        }

        private boolean current() {
            return number == attempt;
        }

        private boolean progress() {
            if (current() && !progressed) {
                progressed = true;
                targets.worked(hop);
            }
            return current();
        }

        @Override
        public void trying() {
            if (current() && !tried) {
                tried = true;
                listener.trying();
            }
        }

        @Override
        public void ringing() {
            if (progress()) {
                listener.ringing();
            }
        }

        @Override
        public void audio(NegotiatedAudio negotiated, boolean early) {
            if (progress()) {
                listener.audio(negotiated, early);
            }
        }

        @Override
        public void answered() {
            if (progress()) {
                listener.answered();
            }
        }

        @Override
        public void dtmf(char digit, int durationMillis) {
            if (current()) {
                listener.dtmf(digit, durationMillis);
            }
        }

        @Override
        public void dtmfSent(char digit, int durationMillis, int status) {
            if (current()) {
                listener.dtmfSent(digit, durationMillis, status);
            }
        }

        @Override
        public void referred(Referral referral) {
            listener.referred(referral);
        }

        @Override
        public void replaced(IncomingCall by) {
            listener.replaced(by);
        }

        @Override
        public void ended(SipEnd end) {
            if (current()) {
                FailoverLeg.this.ended(hop, end);
            }
        }
    }
}
