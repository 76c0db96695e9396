package io.copperline.gateway.call;

import io.copperline.config.RingPlan;
import io.copperline.config.Treatment;
import io.copperline.gateway.call.Presence.Reason;
import io.copperline.gateway.media.MediaReport;
import io.copperline.gateway.ops.Logs;
import io.copperline.gateway.webhook.Answer;
import io.copperline.sip.Diversion;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLeg;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a phone to web users, or on to another phone. All live tabs of those who ring do; the first answer wins and brings its offer. The
 * carrier's 200 waits until that browser's path is up, so that the caller's first word is heard.
 *
 * <pre>
 *  take --answer of a webhook, where one is asked--> treat --> RingGroup --nobody--> Forwarding
 *                                                      |-----------------------------^
 *                                                      `--> refuse
 * </pre>
 */
final class InboundCall extends Call {
    private static final Logger LOG = LoggerFactory.getLogger(InboundCall.class);
    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int UNAVAILABLE = 480;
    private static final int STOPPING = 503;

    /** For whoever asks from another thread. */
    private volatile List<String> rung = List.of();

    private Trail trail = Trail.NONE;
    private Optional<CompletableFuture<Answer>> question = Optional.empty();
    private Optional<RingGroup> group = Optional.empty();
    private Optional<Treatment.Forward> otherwise = Optional.empty();
    private Optional<Forwarding> forwarding = Optional.empty();
    private long deadlineNanos;
    private boolean picked;
    private boolean browserThere;
    private boolean audioKnown;

    /** @param permits what it has taken of the limits */
    InboundCall(CallId id, CallParties parties, CallPermits permits, CallHome home) {
        super(id, parties, home);
        moves().count(permits);
        ringsFor(List.of()); // Nobody's, until it is known whose phones ring.
    }

    /** Whether it rings or has rung for this user. May be asked from any thread. */
    boolean hasRung(String user) {
        return rung.contains(user);
    }

    /** Whether others may answer it, too. */
    boolean ringsForOthersThan(String user) {
        return !picked && rung.stream().anyMatch(other -> !other.equals(user));
    }

    /** Takes the carrier's call, which hears nothing of it yet; false where nobody could answer its offer, and its end is on its way. */
    boolean take(IncomingCall incoming) {
        SipLeg caller = incoming.take(home(), hear(new CallerEar(this)));
        leg(caller, incoming.trunk());
        trail = Trail.of(incoming, caller.sipCallId());
        story().tell(new CallEvent.Trying(now()));
        return leg().orElseThrow().answerable();
    }

    /**
     * What becomes of it is for a web service to say.
     *
     * @param usual what becomes of it where that does not say
     */
    void treat(CompletableFuture<Answer> answer, Treatment usual) {
        question = Optional.of(answer);
        var _ = answer.whenComplete((said, _) -> home().execute(() -> {
            question = Optional.empty();
            if (!over()) {
                treat(said instanceof Answer.Says says ? says.treatment() : usual);
            }
        }));
    }

    /** There is no line for it. */
    void refuse(LimitIn limit) {
        if (!over()) {
            leg().ifPresent(l -> l.reject(limit.status(), limit.q850()));
            end(EndCode.LIMIT_REACHED, limit.status(), limit.q850(), CallEvent.Party.GATEWAY, limit.cause());
        }
    }

    /** Rings, forwards or refuses. */
    void treat(Treatment treatment) {
        switch (treatment) {
            case Treatment.Ring ring -> ring(ring);
            case Treatment.Forward to -> forward(to, Diversion.Reason.UNCONDITIONAL);
            case Treatment.Refuse refuse -> {
                EndCode code = EndCodes.of(refuse.reason());
                refuse(EndCodes.status(refuse.reason()), code, CallEvent.Party.GATEWAY);
            }
        }
    }

    private void ring(Treatment.Ring ring) {
        List<String> users = ring.plan().users();
        otherwise = ring.otherwise();
        rung = users;
        isOf(users.getFirst());
        ringsFor(users);
        RingGroup all = group(ring.plan());
        group = Optional.of(all);
        if (!all.ring(home().nowNanos())) {
            nobodyIsLeft();
            return;
        }
        leg().orElseThrow().ring();
        rings();
    }

    private RingGroup group(RingPlan plan) {
        return new RingGroup(
                plan,
                home().presence(),
                new Presence.IncomingCall(
                        id(), parties().from(), parties().to(), parties().details()));
    }

    /** The caller is told that it rings. */
    void rings() {
        if (state() == CallSnapshot.State.STARTING) {
            enter(CallSnapshot.State.RINGING);
        }
        story().tell(new CallEvent.Ringing(now()));
    }

    private void forward(Treatment.Forward to, Diversion.Reason why) {
        ForwardPlan plan;
        try {
            plan = home().forwards().plan(to, why, parties(), trail);
        } catch (CallRefused e) {
            try (var _ = Logs.call(id())) {
                LOG.warn("The call may not go on to {}: {}", to.number(), e.getMessage());
            }
            notForwarded(e.code() == CallRefused.Code.LIMIT_REACHED ? EndCode.LIMIT_REACHED : EndCode.NOT_FORWARDED);
            return;
        }
        try (var _ = Logs.call(id())) {
            LOG.info("The call goes on to {}", plan.to());
        }
        ringsFor(List.of()); // It is nobody's any more.
        media().close();
        moves().count(plan.permits());
        Forwarding next = new Forwarding(this, leg().orElseThrow(), plan);
        forwarding = Optional.of(next);
        next.begin();
    }

    /** It cannot go on, for a reason of ours. */
    void notForwarded(EndCode code) {
        refuse(EndCodes.status(code), code, CallEvent.Party.GATEWAY);
    }

    /** Nobody has answered where it went on to. */
    void notForwarded(SipEnd end) {
        EndCode code = EndCodes.of(end);
        leg().ifPresent(l -> l.reject(EndCodes.status(code), EndCodes.q850(code, end)));
        end(code, end);
    }

    /** The phone to which it went on is there no longer. */
    void farEnded(SipEnd end) {
        end(EndCodes.of(end), end);
    }

    /** The caller hears the sound of the phone to which it goes on. */
    void earlyMedia() {
        enter(CallSnapshot.State.EARLY_MEDIA);
        story().tell(new CallEvent.EarlyMedia(now()));
    }

    /** A tab picks up. */
    PlacedCall answer(String user, String offer) {
        if (over()) {
            throw new CallRefused(CallRefused.Code.ALREADY_ENDED, "The caller has hung up.");
        }
        if (picked || forwarding.isPresent()) {
            throw new CallRefused(CallRefused.Code.ALREADY_ANSWERED, "Another tab or phone has this call.");
        }
        offers().announceSound(Stream.of(snapshot().trunk()));
        String answer = offers().answer(offer);
        picked = true;
        isOf(user);
        home().picked(user);
        group.ifPresent(others -> others.stop(Reason.ANSWERED_ELSEWHERE));
        deadlineNanos = home().nowNanos() + CONNECT_NANOS;
        var settings = home().trunks().settings(snapshot().trunk());
        media().openTrunk(settings).whenComplete((local, failure) -> {
            if (over()) {
                return;
            }
            if (failure == null) {
                leg().orElseThrow().audio(local);
                audioKnown = true;
                answerCarrier();
            } else {
                refuse(STOPPING, EndCode.CONGESTION, CallEvent.Party.GATEWAY);
            }
        });
        return new PlacedCall(id(), answer);
    }

    private void answerCarrier() {
        if (browserThere && audioKnown && !over()) {
            leg().orElseThrow().answer();
        }
    }

    /** One tab's user does not want it; then none of his tabs does. */
    void decline(String user) {
        if (picked) {
            throw new CallRefused(CallRefused.Code.ALREADY_ANSWERED, "Another tab answered this call.");
        }
        boolean rings = !over() && forwarding.isEmpty() && group.isPresent();
        if (rings && !group.get().decline(user, home().nowNanos())) {
            nobodyIsLeft();
        }
    }

    private void nobodyIsLeft() {
        EndCode code = group.orElseThrow().outcome();
        if (otherwise.isPresent()) {
            forward(
                    otherwise.get(),
                    switch (code) {
                        case DECLINED -> Diversion.Reason.USER_BUSY;
                        case NO_ANSWER -> Diversion.Reason.NO_ANSWER;
                        default -> Diversion.Reason.UNAVAILABLE;
                    });
        } else {
            refuse(
                    EndCodes.status(code),
                    code,
                    code == EndCode.DECLINED ? CallEvent.Party.BROWSER : CallEvent.Party.GATEWAY);
        }
    }

    private void refuse(int status, EndCode code, CallEvent.Party by) {
        if (!over()) {
            leg().ifPresent(l -> l.reject(status, code.q850()));
            end(code, status, code.q850(), by, "");
        }
    }

    @Override
    boolean hasBrowser() {
        return picked;
    }

    @Override
    void leave(CallSnapshot.State before, CallEvent.Ended last) {
        if (last.code() == EndCode.GATEWAY_STOPPING) {
            // A carrier takes 503 to another gateway; 480 would tell it that the user is away.
            leg().ifPresent(l -> l.reject(STOPPING, last.code().q850()));
        }
        question.ifPresent(asked -> asked.cancel(true));
        forwarding.ifPresent(on -> on.close(last.code().q850()));
        Reason why = switch (last.code()) {
            case DECLINED -> Reason.DECLINED_ELSEWHERE;
            case NO_ANSWER -> Reason.NOT_ANSWERED;
            default -> Reason.CALLER_HUNG_UP;
        };
        group.ifPresent(all -> all.stop(why));
    }

    @Override
    public void onTick(long nowNanos) {
        super.onTick(nowNanos);
        if (over() || talking() || forwarding.isPresent()) {
            return;
        }
        if (picked && nowNanos - deadlineNanos >= 0) {
            refuse(UNAVAILABLE, EndCode.BROWSER_UNREACHABLE, CallEvent.Party.GATEWAY);
        } else if (!picked && group.isPresent() && !group.get().onTime(nowNanos)) {
            nobodyIsLeft();
        }
    }

    @Override
    void browserConnected() {
        browserThere = true;
        answerCarrier();
    }

    @Override
    public void trying() {
        // The caller's side of an outgoing leg; an incoming one says nothing here.
    }

    @Override
    public void ringing() {
        // As above.
    }

    /** Where it has gone on to, if it has. */
    Optional<Forwarding> forwarding() {
        return forwarding;
    }

    @Override
    MediaReport report() {
        return forwarding.map(Forwarding::report).orElseGet(super::report);
    }

    @Override
    Forwarded forwarded() {
        return forwarding.map(Forwarding::kept).orElse(Forwarded.NOT);
    }

    @Override
    public void answered() {
        if (!over()) {
            talk();
        }
    }
}
