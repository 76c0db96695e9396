package io.copperline.sip;

import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ServerExchange;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Our INVITE is out and nobody has answered yet (RFC 3261 section 13.2). Each early dialog may send its own audio. */
final class Calling implements LegState {
    /** How long a carrier may stay silent where there is no other way; timer B would take 32 s. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final int MAX_FORKS = 16;

    private final Leg leg;
    private final InviteWriter writer;
    private final SessionTerms terms;
    private final EarlyDialogs forks;
    private Attempt invite;
    private final Timers.Timer silence;
    private final Timers.Timer ringing;
    private final EarlyAudio early;
    private final Set<String> ringingTags = new HashSet<>();
    private boolean tried;

    private Calling(Leg leg, OutgoingCall call) {
        this.leg = leg;
        early = new EarlyAudio(leg);
        String offer = leg.media().offer(leg.local().orElseThrow(), MediaDirection.SENDRECV);
        terms = new SessionTerms(leg.line().settings().dialogs());
        writer = new InviteWriter(leg, call, terms, offer);
        Duration patience = call.otherWays() ? leg.line().settings().reaching().answerTimeout() : SILENCE;
        silence = leg.after(this, patience, () -> {
            leg.parts().wire().doubt(leg.line().hop(), patience);
            giveUp(Ends.unreachable(WireFailure.TIMEOUT, ""));
        });
        ringing = leg.after(this, leg.line().settings().ringTimeout(), () -> giveUp(Ends.ringTimeout()));
        forks = new EarlyDialogs(leg, () -> invite.request());
        leg.become(this);
        invite = leg.sender().invite(writer::write, leg.inviteOutcome());
    }

    static void start(Leg leg, OutgoingCall call) {
        new Calling(leg, call);
    }

    @Override
    public void onInviteResponse(Response response) {
        silence.stop();
        if (!tried) {
            tried = true;
            leg.tell(SipLegListener::trying);
        }
        if (response.isProvisional()) {
            provisional(response);
        } else if (response.isSuccess()) {
            stopTimers();
            answered(response);
        } else if (terms.raise(response) // RFC 4028 section 7.3
                || writer.leavesLocationOut(response)) {
            invite = leg.sender().invite(writer::write, leg.inviteOutcome());
        } else {
            stopTimers();
            Over.at(leg, Ends.refused(response));
        }
    }

    @Override
    public void onInviteFailure(WireFailure failure, String what) {
        stopTimers();
        Over.at(leg, Ends.unreachable(failure, what));
    }

    @Override
    public void hangUp(int q850) {
        stopTimers();
        Cancelling.start(leg, invite, forks, tried, Ends.cancelled(SipEnd.By.LOCAL, q850), q850, Cancelling.PATIENCE);
    }

    // Nothing of the peer's is in order before the answer, except to ask and to press keys.
    @Override
    public void onRequest(Request request, ServerExchange exchange) {
        switch (request.method()) {
            case "UPDATE" -> update(request, exchange);
            case "INVITE" -> exchange.respond(leg.respond(request, 500).with("Retry-After", "2"));
            case "BYE" ->
                exchange.respond(leg.respond(request, 481)); // RFC 3261 section 15: not the called side's to send
            default -> InDialog.answer(leg, request, exchange);
        }
    }

    // RFC 3311 section 5.2: an offer is in order once ours has its answer, which only a reliable response has brought
    // for sure.
    private void update(Request update, ServerExchange exchange) {
        Optional<Dialog> dialog = forks.dialog(update.fromTag()).filter(_ -> early.isHeard(update.fromTag()));
        if (dialog.isPresent()) {
            InDialog.update(leg, dialog.get(), update, exchange);
        } else {
            exchange.respond(leg.respond(update, 500).with("Retry-After", "2"));
        }
    }

    /** A caller may be sent to where an early dialog of his goes on (RFC 3891 section 3). */
    @Override
    public void onReplaces(Replaces replaces, IncomingCall by) {
        if (forks.dialog(replaces.fromTag()).isPresent() || ringingTags.contains(replaces.fromTag())) {
            leg.tell(who -> who.replaced(by));
        } else {
            by.refuse(481, 0);
        }
    }

    private void giveUp(SipEnd end) {
        stopTimers();
        Cancelling.start(leg, invite, forks, tried, end, end.kind() == SipEnd.Kind.TIMEOUT ? 19 : 0, Duration.ZERO);
    }

    private void provisional(Response response) {
        if (!forks.acknowledge(response)) {
            return;
        }
        String tag = response.toTag();
        if (response.status() == 199) {
            early.terminated(tag);
            ringingTags.remove(tag);
            return;
        }
        early.onProvisional(response);
        // 180, and 182 "queued" and 181 "forwarded" are on the way to it; 183 says nothing about ringing.
        if (response.status() == 180 && ringingTags.size() < MAX_FORKS && ringingTags.add(tag)) {
            leg.tell(SipLegListener::ringing);
        }
    }

    private void answered(Response ok) {
        Dialog dialog = forks.confirmed(ok);
        Acks acks = new Acks(leg, Optional.of(forks));
        acks.acknowledge(dialog, ok);
        try {
            early.answer(ok).ifPresent(audio -> leg.agreed(audio, false));
            Talking.start(leg, dialog, acks, terms, ok);
            leg.tell(SipLegListener::answered);
        } catch (SdpException e) {
            decline(dialog, acks, Ends.badSdp(e));
        } catch (NoCommonCodec e) {
            decline(dialog, acks, Ends.noCommonCodec(e.getMessage()));
        }
    }

    private void decline(Dialog dialog, Acks acks, SipEnd end) {
        leg.parts().drops().count(Drop.BAD_SDP, end.reason());
        leg.sender().bye(dialog, 0);
        Over.Lingering.at(leg, acks, end);
    }

    private void stopTimers() {
        silence.stop();
        ringing.stop();
    }
}
