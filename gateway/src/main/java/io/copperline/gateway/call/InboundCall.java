package io.copperline.gateway.call;

import io.copperline.gateway.call.Presence.Reason;
import io.copperline.sip.IncomingCall;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * From a phone to a web user. All live tabs ring; the first answer wins and brings its offer. The carrier's 200 waits until
 * that browser's path is up, so that the caller's first word is heard.
 */
final class InboundCall extends Call {
    private static final long RING_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int DECLINE = 603;
    private static final int UNAVAILABLE = 480;
    private static final int STOPPING = 503;

    private long deadlineNanos;
    private boolean tabsRing;
    private boolean picked;
    private boolean browserThere;
    private boolean audioKnown;

    InboundCall(CallId id, CallParties parties, CallHome home) {
        super(id, parties, home);
    }

    /** Takes the carrier's call and rings the user's tabs. */
    void ring(IncomingCall incoming) {
        leg(incoming.take(home(), this), incoming.trunk());
        story().tell(new CallEvent.Trying(now()));
        deadlineNanos = home().nowNanos() + RING_NANOS;
        tabsRing = true;
        int tabs = home().presence()
                .ring(
                        parties().user(),
                        new Presence.IncomingCall(
                                id(),
                                parties().from(),
                                parties().to(),
                                parties().verstat()));
        if (tabs == 0) {
            refuse(UNAVAILABLE, EndCode.UNAVAILABLE, CallEvent.Party.GATEWAY);
            return;
        }
        leg().orElseThrow().ring();
        enter(CallSnapshot.State.RINGING);
        story().tell(new CallEvent.Ringing(now()));
    }

    /** A tab picks up. */
    PlacedCall answer(String offer) {
        if (over()) {
            throw new CallRefused(CallRefused.Code.ALREADY_ENDED, "The caller has hung up.");
        }
        if (picked) {
            throw new CallRefused(CallRefused.Code.ALREADY_ANSWERED, "Another tab answered this call.");
        }
        announceSound(Stream.of(snapshot().trunk()));
        String answer = answerBrowser(offer);
        picked = true;
        stopRinging(Reason.ANSWERED_ELSEWHERE);
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

    /** One tab's user does not want it; then no tab does. */
    void decline() {
        if (picked) {
            throw new CallRefused(CallRefused.Code.ALREADY_ANSWERED, "Another tab answered this call.");
        }
        refuse(DECLINE, EndCode.DECLINED, CallEvent.Party.BROWSER);
    }

    private void refuse(int status, EndCode code, CallEvent.Party by) {
        if (!over()) {
            leg().ifPresent(l -> l.reject(status, code.q850()));
            end(code, status, code.q850(), by);
        }
    }

    private void stopRinging(Reason reason) {
        if (tabsRing) {
            tabsRing = false;
            home().presence().stopRinging(parties().user(), id(), reason);
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
        stopRinging(
                switch (last.code()) {
                    case DECLINED -> Reason.DECLINED_ELSEWHERE;
                    case NO_ANSWER -> Reason.NOT_ANSWERED;
                    default -> Reason.CALLER_HUNG_UP;
                });
    }

    @Override
    public void onTick(long nowNanos) {
        super.onTick(nowNanos);
        if (over() || talking() || nowNanos - deadlineNanos < 0) {
            return;
        }
        if (picked) {
            refuse(UNAVAILABLE, EndCode.BROWSER_UNREACHABLE, CallEvent.Party.GATEWAY);
        } else {
            refuse(UNAVAILABLE, EndCode.NO_ANSWER, CallEvent.Party.GATEWAY);
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
