package io.copperline.gateway.call;

import io.copperline.gateway.call.CallRefused.Code;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.ReferTarget;
import io.copperline.sip.Referral;
import io.copperline.sip.SipEnd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What moves a call from one phone to another, one at a time: the carrier's REFER ({@link Handover}) or INVITE with Replaces
 * ({@link Replacement}), and the page's own wish ({@link PageTransfer}). Owned by the call.
 */
final class Moves {
    private final Call call;
    private Optional<NextLeg> next = Optional.empty();
    private Optional<PageTransfer> asked = Optional.empty();
    private boolean handedOn;
    private final List<Counted> counted = new ArrayList<>();

    /** What of the limits the call has taken for one of its legs; the first leg is nobody's here. */
    private record Counted(Optional<NextLeg> leg, CallPermits permits) {}

    Moves(Call call) {
        this.call = call;
    }

    private boolean busy() {
        return next.filter(leg -> !leg.isDone()).isPresent()
                || asked.filter(transfer -> !transfer.isDone()).isPresent();
    }

    void referred(Referral referral) {
        if (!call.talking() || busy()) {
            referral.refuse(491, "the call is not answered, or on its way to somebody else already");
            return;
        }
        HandingOn on;
        try {
            on = call.home().onwards().of(call.parties().user()).referred(referral, call.trunk());
        } catch (CallRefused e) {
            referral.refuse(e.code() == Code.LIMIT_REACHED ? 503 : 403, e.getMessage());
            return;
        }
        Handover handover = new Handover(call, referral, on);
        counted.add(new Counted(Optional.of(handover), on.permits()));
        next = Optional.of(handover);
        handover.begin();
    }

    /** The call has taken this of the limits for its first leg. */
    void count(CallPermits permits) {
        counted.add(new Counted(Optional.empty(), permits));
    }

    /** Whose minutes of today are used up while the call talks. */
    Optional<Subject> spent() {
        Instant now = call.now();
        return counted.stream()
                .flatMap(one -> one.permits().spent(now).stream())
                .findFirst();
    }

    /** The rule by which its first leg has gone out, or it has gone on, in words; empty where it has not, or is an emergency call. */
    String rule() {
        return counted.stream()
                .filter(one -> one.leg().isEmpty())
                .map(one -> one.permits().rule())
                .filter(rule -> !rule.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The call goes on by this leg alone: the trunks of those before it have one call less. */
    void taken(NextLeg leg) {
        counted.stream()
                .filter(one -> one.leg().filter(leg::equals).isEmpty())
                .forEach(one -> one.permits().leaveTrunk(call.now()));
    }

    /** This will never be the call's leg: what it has taken of the limits is free. */
    void lost(NextLeg leg) {
        Optional<NextLeg> of = Optional.of(leg);
        counted.stream()
                .filter(one -> one.leg().equals(of))
                .forEach(one -> one.permits().close(call.now()));
        counted.removeIf(one -> one.leg().equals(of));
    }

    void replaced(IncomingCall by) {
        if (call.over()) {
            by.refuse(603, 0);
        } else if (busy()) {
            by.refuse(491, 0);
        } else {
            Replacement replacement = new Replacement(call, by);
            counted.add(
                    new Counted(Optional.of(replacement), call.home().onwards().replacing(by.trunk())));
            next = Optional.of(replacement);
            replacement.begin();
        }
    }

    /** Asks the carrier to put its phone through to another. */
    CompletableFuture<Void> transfer(ReferTarget target, String to, PageTransfer.Other other) {
        if (call.over()) {
            throw new CallRefused(Code.ALREADY_ENDED, "The call is over.");
        }
        if (!call.talking() || handedOn) {
            throw new CallRefused(Code.TRANSFER_NOT_POSSIBLE, "Only a call that was answered can be transferred.");
        }
        if (busy()) {
            throw new CallRefused(Code.TRANSFER_NOT_POSSIBLE, "This call is being transferred already.");
        }
        PageTransfer transfer = new PageTransfer(call, to, other);
        asked = Optional.of(transfer);
        other.handedOn(true);
        call.leg().orElseThrow().refer(target, transfer);
        return transfer.answer();
    }

    /** How the carrier reaches the other side of this call, to put somebody else through to it. */
    ReferTarget.Dialog replaceable() {
        return Optional.of(call)
                .filter(Call::talking)
                .filter(_ -> !busy())
                .flatMap(Call::leg)
                .flatMap(leg -> leg.replaceable())
                .orElseThrow(() -> new CallRefused(
                        Code.TRANSFER_NOT_POSSIBLE, "The call to transfer to must be answered, and not on its way."));
    }

    /** Another call of the user's is being put through to this one's phone, or no longer. */
    void handedOn(boolean on) {
        handedOn = on;
    }

    /** The present leg has ended; whether the call goes on by another. */
    boolean outlives(SipEnd end) {
        Optional<NextLeg> heir = next.filter(leg -> leg.outlives(end));
        heir.ifPresent(this::taken);
        return heir.isPresent();
    }

    /** The carrier's goodbye; whether it is because the phone was put through to another. */
    boolean handedOn(SipEnd end) {
        boolean goodbye = end.kind() == SipEnd.Kind.HANGUP && end.by() == SipEnd.By.REMOTE;
        Optional<PageTransfer> accepted = asked.filter(PageTransfer::isAccepted).filter(_ -> goodbye);
        accepted.ifPresent(PageTransfer::carriedOut);
        return accepted.isPresent() || handedOn && goodbye;
    }

    /** The call is over. */
    void close() {
        next.ifPresent(NextLeg::abandon);
        counted.forEach(one -> one.permits().close(call.now()));
        asked.ifPresent(PageTransfer::abandon);
    }
}
