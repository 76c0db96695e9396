package io.copperline.gateway.call;

import io.copperline.config.RingPlan;
import io.copperline.gateway.call.Presence.Reason;
import io.copperline.sip.IncomingCall;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * From a phone to web users. All live tabs of those who ring do; the first answer wins and brings its offer. The carrier's 200 waits until
 * that browser's path is up, so that the caller's first word is heard.
 */
final class InboundCall extends Call {
    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int DECLINE = 603;
    private static final int UNAVAILABLE = 480;
    private static final int STOPPING = 503;

    private final RingPlan plan;
    private final RingGroup group;
    private long deadlineNanos;
    private boolean picked;
    private boolean browserThere;
    private boolean audioKnown;

    InboundCall(CallId id, CallParties parties, RingPlan plan, CallHome home) {
        super(id, parties, home);
        this.plan = plan;
        group = new RingGroup(
                plan, home.presence(), new Presence.IncomingCall(id, parties.from(), parties.to(), parties.details()));
        ringsFor(plan.users());
    }

    /** Whether it rings or has rung for this user. May be asked from any thread. */
    boolean hasRung(String user) {
        return plan.users().contains(user);
    }

    /** Whether others may answer it, too. */
    boolean ringsForOthersThan(String user) {
        return !picked && plan.users().stream().anyMatch(other -> !other.equals(user));
    }

    /** Takes the carrier's call and rings the users' tabs. */
    void ring(IncomingCall incoming) {
        leg(incoming.take(home(), newEar()), incoming.trunk());
        story().tell(new CallEvent.Trying(now()));
        if (!group.ring(home().nowNanos())) {
            refuse(UNAVAILABLE, EndCode.UNAVAILABLE, CallEvent.Party.GATEWAY);
            return;
        }
        leg().orElseThrow().ring();
        enter(CallSnapshot.State.RINGING);
        story().tell(new CallEvent.Ringing(now()));
    }

    /** A tab picks up. */
    PlacedCall answer(String user, String offer) {
        if (over()) {
            throw new CallRefused(CallRefused.Code.ALREADY_ENDED, "The caller has hung up.");
        }
        if (picked) {
            throw new CallRefused(CallRefused.Code.ALREADY_ANSWERED, "Another tab answered this call.");
        }
        offers().announceSound(Stream.of(snapshot().trunk()));
        String answer = offers().answer(offer);
        picked = true;
        isOf(user);
        home().picked(user);
        group.stop(Reason.ANSWERED_ELSEWHERE);
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
                refuse(503, EndCode.CONGESTION, CallEvent.Party.GATEWAY);
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
        if (!over() && !group.decline(user, home().nowNanos())) {
            nobodyIsLeft();
        }
    }

    private void nobodyIsLeft() {
        EndCode code = group.outcome();
        if (code == EndCode.DECLINED) {
            refuse(DECLINE, code, CallEvent.Party.BROWSER);
        } else {
            refuse(UNAVAILABLE, code, CallEvent.Party.GATEWAY);
        }
    }

    private void refuse(int status, EndCode code, CallEvent.Party by) {
        if (!over()) {
            leg().ifPresent(l -> l.reject(status, code.q850()));
            end(code, status, code.q850(), by);
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
        group.stop(
                switch (last.code()) {
                    case DECLINED -> Reason.DECLINED_ELSEWHERE;
                    case NO_ANSWER -> Reason.NOT_ANSWERED;
                    default -> Reason.CALLER_HUNG_UP;
                });
    }

    @Override
    public void onTick(long nowNanos) {
        super.onTick(nowNanos);
        if (over() || talking()) {
            return;
        }
        if (picked && nowNanos - deadlineNanos >= 0) {
            refuse(UNAVAILABLE, EndCode.BROWSER_UNREACHABLE, CallEvent.Party.GATEWAY);
        } else if (!picked && !group.onTime(nowNanos)) {
            nobodyIsLeft();
        }
    }

    @Override
    public void browserConnected() {
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

    @Override
    public void answered() {
        if (!over()) {
            talk();
        }
    }
}
