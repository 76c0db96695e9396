package io.copperline.gateway.call;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.gateway.media.DigitPath;
import io.copperline.gateway.media.MediaReport;
import io.copperline.gateway.media.MediaTrouble;
import io.copperline.gateway.media.OpinionScores;
import io.copperline.gateway.media.RelayListener;
import io.copperline.gateway.media.RelayMedia;
import io.copperline.gateway.media.RelayMedia.Side;
import io.copperline.sip.Destination;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipLegListener;
import java.util.List;
import java.util.Optional;

/**
 * A call in that goes on to a number: the leg that calls it, and what the two legs tell each other. Owned by the call.
 *
 * <pre>
 *  180, or the first sound ... the caller hears that it rings, or the sound
 *  200 ....................... the caller is answered
 *  a refusal ................. the next trunk, as long as no phone has rung; else the caller is refused in the same way
 *  3xx ....................... the place that it names, where the trunk's policy lets it be called
 *  hold, a key, a goodbye .... goes on to the other side, in the way of its trunk
 * </pre>
 */
final class Forwarding implements RelayListener {
    private final InboundCall call;
    private final SipLeg caller;
    private final ForwardPlan plan;
    private final ForwardWays ways;
    private final RelayMedia relay;
    private Optional<Far> far = Optional.empty();
    private String codec = "";
    private boolean rang;
    private boolean early;
    private boolean answered;
    private boolean callerHolds;
    private boolean calledHolds;

    Forwarding(InboundCall call, SipLeg caller, ForwardPlan plan) {
        this.call = call;
        this.caller = caller;
        this.plan = plan;
        ways = new ForwardWays(call, plan);
        relay = call.home().relay(this);
    }

    void begin() {
        relay.open(Side.CALLER, call.home().trunks().settings(call.trunk())).whenComplete((local, failure) -> {
            if (call.over()) {
                return;
            }
            if (failure == null) {
                caller.audio(local);
                dialNext(Optional.empty());
            } else {
                call.notForwarded(EndCode.CONGESTION);
            }
        });
    }

    /** @param before how the way before has ended */
    private void dialNext(Optional<SipEnd> before) {
        Optional<Way> way = ways.next();
        if (way.isPresent()) {
            dial(way.get());
        } else {
            before.ifPresentOrElse(call::notForwarded, () -> call.notForwarded(EndCode.LIMIT_REACHED));
        }
    }

    private void dial(Way way) {
        Far next = new Far(way);
        far = Optional.of(next);
        relay.open(Side.CALLED, call.home().trunks().settings(way.trunk())).whenComplete((local, failure) -> {
            if (call.over() || !next.current()) {
                return;
            }
            if (failure == null) {
                next.dial(local);
            } else {
                call.notForwarded(EndCode.CONGESTION);
            }
        });
    }

    /** The leg that calls the number, of which there may be several, one after the other. */
    private final class Far implements SipLegListener {
        private final Way way;
        private Optional<SipLeg> leg = Optional.empty();
        private String codec = "";

        Far(Way way) {
            this.way = way;
        }

        private boolean current() {
            return far.filter(this::equals).isPresent() && !call.over();
        }

        private void dial(LocalAudio local) {
            OutgoingCall wanted = ways.wanted(way);
            SipLeg placed = call.home().trunks().call(way.trunk(), wanted, local, call.home(), this);
            plan.turn().goesOut(placed.sipCallId());
            leg = Optional.of(placed);
        }

        private List<Destination> contacts() {
            return leg.map(SipLeg::redirections).orElse(List.of());
        }

        @Override
        public void trying() {
            // The caller has had his 100.
        }

        @Override
        public void ringing() {
            if (current() && !rang) {
                rang = true;
                caller.ring();
                call.rings();
            }
        }

        @Override
        public void audio(NegotiatedAudio negotiated, boolean beforeAnswer) {
            if (current()) {
                codec = negotiated.codec().encodingName();
                relay.agreed(Side.CALLED, negotiated);
                if (!beforeAnswer && !callerHolds) {
                    calledHolds = hold(calledHolds, negotiated, Optional.of(caller));
                }
            }
        }

        @Override
        public void answered() {
            if (current()) {
                answered = true;
                plan.answered(call.now());
                relay.answered();
                caller.answer();
            }
        }

        @Override
        public void dtmf(char digit, int durationMillis) {
            if (current()) {
                relay.pressed(Side.CALLED, digit, durationMillis);
            }
        }

        @Override
        public void dtmfSent(char digit, int durationMillis, int status) {
            if (current()) {
                infoSent(Side.CALLED, digit, durationMillis, status);
            }
        }

        @Override
        public void ended(SipEnd end) {
            if (!current()) {
                return;
            }
            if (answered) {
                call.farEnded(end);
            } else if (ways.follow(way, end, contacts(), rang) || end.retryable() && !rang && !early) {
                dialNext(Optional.of(end));
            } else {
                call.notForwarded(end);
            }
        }
    }

    /** Who does not listen any more holds (RFC 3264 section 8.4), and so the other one is held. */
    private boolean hold(boolean held, NegotiatedAudio negotiated, Optional<SipLeg> other) {
        boolean holds = !negotiated.direction().sends();
        if (holds != held) {
            other.ifPresent(leg -> leg.hold(holds));
        }
        return holds;
    }

    /** The caller's leg has come to agree on this. */
    void callerAudio(NegotiatedAudio negotiated, boolean beforeAnswer) {
        codec = negotiated.codec().encodingName();
        relay.agreed(Side.CALLER, negotiated);
        if (!beforeAnswer && answered && !calledHolds) {
            callerHolds = hold(callerHolds, negotiated, far.flatMap(f -> f.leg));
        }
    }

    /** The caller's key has come by INFO. */
    void callerPressed(char digit, int durationMillis) {
        relay.pressed(Side.CALLER, digit, durationMillis);
    }

    /** What has become of an INFO to one of the two. */
    void infoSent(Side to, char digit, int durationMillis, int status) {
        if (status / 100 == 2) {
            digit(to, digit, durationMillis, DigitPath.INFO);
        } else if (status == 0 || !relay.digitRefused(to, digit, durationMillis)) {
            call.story().tell(new CallEvent.DtmfFailed(call.now(), digit, status));
        }
    }

    @Override
    public void audioStarted(Side from) {
        if (from == Side.CALLED && !answered && !early) {
            early = true;
            relay.letHear();
            caller.earlyMedia();
            call.earlyMedia();
        }
    }

    @Override
    public void audioEnded(Side from) {
        call.news().trunkAudioEnded();
    }

    @Override
    public void digit(Side to, char digit, int durationMillis, DigitPath path) {
        CallEvent.Direction direction =
                to == Side.CALLER ? CallEvent.Direction.TO_PHONE : CallEvent.Direction.FROM_PHONE;
        call.story().tell(new CallEvent.Dtmf(call.now(), digit, durationMillis, direction, path));
    }

    @Override
    public void digitForInfo(Side to, char digit, int durationMillis) {
        Optional<SipLeg> leg = to == Side.CALLER ? Optional.of(caller) : far.flatMap(f -> f.leg);
        leg.ifPresent(l -> l.sendInfoDtmf(digit, durationMillis));
    }

    @Override
    public void trouble(Side of, MediaTrouble trouble, long sinceNanos) {
        call.news().trouble(trouble, /* ofTrunk= */ true, sinceNanos);
    }

    @Override
    public void audioFailed() {
        call.news().audioFailed();
    }

    Forwarded kept() {
        return new Forwarded(
                plan.to(),
                far.map(f -> f.way.trunk()).orElse(""),
                far.flatMap(f -> f.leg).map(SipLeg::sipCallId).orElse(""),
                far.map(f -> f.codec).orElse(""),
                relay.figures(Side.CALLED),
                relay.scores(Side.CALLED));
    }

    /** The figures of the caller's leg: the trunk's that the call came by. */
    MediaReport report() {
        return new MediaReport(
                MediaReport.Leg.NOTHING,
                relay.figures(Side.CALLER),
                codec,
                OpinionScores.NONE,
                relay.scores(Side.CALLER));
    }

    /** The call is over. */
    void close(int q850) {
        far.flatMap(f -> f.leg).ifPresent(leg -> leg.hangUp(q850));
        plan.close();
        relay.close();
    }
}
