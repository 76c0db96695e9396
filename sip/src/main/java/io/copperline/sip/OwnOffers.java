package io.copperline.sip;

import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Our own re-INVITE: hold, resume, and the refresh of a session. One at a time; what is wished meanwhile follows (RFC 3261 section 14.1). */
final class OwnOffers {
    private static final int MAX_GLARE = 5;

    private final Leg leg;
    private final Talking talking;
    private final Dialog dialog;
    private final Acks acks;
    private final boolean caller;
    private final SessionTimer session;
    private boolean wished;
    private boolean agreed;
    private boolean pending;
    private boolean refreshDue;
    private int glare;
    private Timers.Timer retry = () -> {};

    OwnOffers(Leg leg, Talking talking, Dialog dialog, Acks acks, boolean caller, SessionTimer session) {
        this.leg = leg;
        this.talking = talking;
        this.dialog = dialog;
        this.acks = acks;
        this.caller = caller;
        this.session = session;
    }

    void hold(boolean held) {
        wished = held;
        glare = 0;
        offer();
    }

    /** Says again what we said last, as a sign of life. */
    void refresh() {
        refreshDue = true;
        glare = 0;
        offer();
    }

    boolean isPending() {
        return pending;
    }

    /** Whether the peer has agreed to be held. */
    boolean isHolding() {
        return agreed;
    }

    void stop() {
        retry.stop();
    }

    private void offer() {
        retry.stop();
        if (pending || wished == agreed && !refreshDue) {
            return;
        }
        pending = true;
        boolean held = wished;
        String sdp = wished == agreed ? leg.media().repeat(leg.local().orElseThrow()) : change(held);
        List<Header> headers = new ArrayList<>(session.ask());
        headers.add(new Header("Allow", leg.line().allow()));
        headers.add(new Header("Content-Type", "application/sdp"));
        leg.sender().send(dialog, "INVITE", headers, sdp, new ResponseListener() {
            @Override
            public void onResponse(Response response) {
                onFinal(held, response);
            }

            @Override
            public void onFailure(WireFailure failure, String what) {
                if (leg.is(talking)) {
                    unanswered();
                }
            }
        });
    }

    private String change(boolean held) {
        MediaDirection direction = held ? MediaDirection.SENDONLY : MediaDirection.SENDRECV;
        return leg.media().offer(leg.local().orElseThrow(), direction);
    }

    private void unanswered() {
        if (refreshDue) {
            session.expire("no response to the session refresh");
        } else {
            talking.lost("no response to re-INVITE");
        }
    }

    private void onFinal(boolean held, Response response) {
        if (response.isProvisional()) {
            return;
        }
        if (!pending || !leg.is(talking)) {
            acks.repeatOrDecline(response);
            return;
        }
        pending = false;
        if (response.isSuccess()) {
            dialog.refreshTarget(response);
            acks.acknowledge(dialog, response);
            agreed = held;
            glare = 0;
            refreshDue = false; // whatever else it was, it was a sign of life
            session.onOk(response);
            takeAnswer(response.body("application/sdp"));
            offer(); // what was wished meanwhile
            return;
        }
        leg.media().rollback();
        if (response.status() == 491 && glare < MAX_GLARE) {
            glare++;
            retry = leg.after(talking, backOff(), this::offer);
        } else if (refreshDue || response.status() == 422) {
            refused(response);
        } else if (!talking.lostOn(response)) {
            wished = agreed; // refused: what was agreed before holds
        }
    }

    // The session goes on as it was agreed; its timer knows what to do about the refresh that it did not get.
    private void refused(Response response) {
        if (response.status() != 422) {
            wished = agreed;
        }
        refreshDue = false;
        session.onRefusal(response);
    }

    // RFC 3261 section 14.1: whoever made the Call-ID waits 2.1 to 4 s, the other side 0 to 2 s, in steps of 10 ms.
    private Duration backOff() {
        int steps = leg.parts().tokens().below(caller ? 190 : 200);
        return Duration.ofMillis((caller ? 2100L : 0L) + steps * 10L);
    }

    private void takeAnswer(Optional<String> sdp) {
        try {
            if (sdp.isPresent()) {
                leg.agreed(leg.media().onAnswer(sdp.get()), false);
            } else {
                leg.media().rollback();
            }
        } catch (SdpException | NoCommonCodec e) {
            leg.parts().drops().count(Drop.BAD_SDP, e.getMessage());
            leg.media().rollback();
        }
    }
}
