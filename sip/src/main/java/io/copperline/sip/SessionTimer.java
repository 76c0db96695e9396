package io.copperline.sip;

import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.sip.SessionExpires.Refresher;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Message;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The session timer of an answered leg (RFC 4028): one side refreshes at half the interval; where no refresh succeeds, the call
 * is over, so that a lost BYE does not leave it open for ever. Owned by its {@link Talking}.
 *
 * <pre>
 *   agreed     we refresh: UPDATE, else re-INVITE          either side: BYE
 *   |----------------------|---------- retries ------------|-----------| expired
 *   0                interval / 2           interval - min(32 s, interval / 3)
 *
 *   none agreed    audio is due: we wait on      it is not: we refresh, and take any answer but 481 and 408 for a sign of life
 *   |---------------------------|---------------------------|--- ...
 *   0                     interval / 2                   interval
 * </pre>
 *
 * <p>With a peer that knows no timers a session has no end of its own (section 7.2), but each side may refresh it when it likes. We do
 * so only where the time-out of media looks away, which is on hold or where the operator has switched it off: a carrier that
 * sends audio is there, and is not asked. OPTIONS would change even less, but a peer that has forgotten the dialog may well answer it by
 * 200, since it is for those outside of dialogs, too (RFC 3261 section 11.2); UPDATE and re-INVITE with a To tag get 481 (section
 * 12.2.2), and every peer must bear a re-INVITE.
 */
final class SessionTimer {
    /** Q.850 cause 102: recovery on timer expiry. */
    private static final int TIMER_EXPIRED = 102;

    private static final long BYE_AHEAD_SECONDS = 32;
    private static final int RETRIES = 8;

    private final Leg leg;
    private final Talking talking;
    private final Dialog dialog;
    private final SessionTerms terms;
    private long seconds;
    private boolean weRefresh;
    private boolean peerUpdates;
    private Timers.Timer refresh = () -> {};
    private Timers.Timer expiry = () -> {};

    SessionTimer(Leg leg, Talking talking, Dialog dialog, SessionTerms terms) {
        this.leg = leg;
        this.talking = talking;
        this.dialog = dialog;
        this.terms = terms;
    }

    /** The headers of a re-INVITE or UPDATE of ours: whoever refreshes goes on to do so (section 7.4). */
    List<Header> ask() {
        if (seconds == 0) {
            return List.of();
        }
        List<Header> headers = new ArrayList<>(List.of(new Header("Supported", OptionTags.TIMER)));
        headers.addAll(terms.ask(Optional.of(weRefresh ? Refresher.UAC : Refresher.UAS)));
        return headers;
    }

    /** A 2xx to a request of ours: it decides about the timer, which starts again (section 7.2). */
    void onOk(Response ok) {
        learn(ok);
        Optional<SessionExpires> granted = SessionExpires.of(ok);
        if (terms.isOff() || granted.isEmpty()) {
            runAlone();
            return;
        }
        // The parameter is mandatory here; whoever leaves it out does not mean to refresh.
        run(terms.accept(granted.get()), granted.get().refresher().orElse(Refresher.UAC) == Refresher.UAC);
    }

    /** A re-INVITE or UPDATE of ours was refused for another reason than glare. */
    void onRefusal(Response response) {
        if (response.status() == 408 || response.status() == 481) {
            expire(response.status() + " to the session refresh"); // section 10
        } else if (peerUpdates && response.cseqMethod().equals("UPDATE") && isUnknown(response)) {
            peerUpdates = false;
            refresh();
        } else if (seconds == 0) {
            runAlone(); // whatever the peer does not like about it, it knows the call
        } else if (terms.raise(response)) {
            refresh();
        } else {
            refreshAfter(Duration.ofSeconds(seconds).dividedBy(RETRIES));
        }
    }

    /** Why a request of the peer must not shorten the session so much. */
    Optional<Response> objection(Request request) {
        return terms.objection(request, leg.respond(request, 422));
    }

    /** The headers of our 2xx to an INVITE, re-INVITE or UPDATE; the timer starts again (section 9). */
    List<Header> grant(Request request) {
        learn(request);
        Refresher wanted = seconds == 0 || weRefresh ? Refresher.UAS : Refresher.UAC;
        Optional<SessionExpires> granted = terms.grant(request, wanted);
        if (granted.isEmpty()) {
            runAlone();
            return List.of();
        }
        run(granted.get().seconds(), granted.get().refresher().equals(Optional.of(Refresher.UAS)));
        return SessionTerms.granted(granted.get(), request);
    }

    void expire(String why) {
        talking.farewell(TIMER_EXPIRED, Ends.sessionExpired(why));
    }

    void stop() {
        seconds = 0;
        refresh.stop();
        expiry.stop();
    }

    private void run(long agreedSeconds, boolean ours) {
        stop();
        seconds = agreedSeconds;
        weRefresh = ours;
        Duration interval = Duration.ofSeconds(seconds);
        // Section 10: BYE a little before the end, so that the other side hears it before its own timer runs out.
        Duration ahead = Duration.ofMillis(Math.min(BYE_AHEAD_SECONDS * 1000, interval.toMillis() / 3));
        expiry = leg.after(talking, interval.minus(ahead), () -> expire("nobody refreshed the session"));
        if (ours) {
            refreshAfter(interval.dividedBy(2));
        }
    }

    /** Nothing is agreed: whether the peer still knows the call is for us to find out. */
    private void runAlone() {
        stop();
        if (!terms.isOff()) {
            refresh = leg.after(talking, terms.wished().dividedBy(2), this::refreshUnlessHeard);
        }
    }

    private void refreshAfter(Duration delay) {
        refresh.stop();
        refresh = leg.after(talking, delay, this::refresh);
    }

    private void refreshUnlessHeard() {
        if (isHeard()) {
            runAlone();
        } else {
            refresh();
        }
    }

    /** Whether audio is due, and the call ends where it stays away. */
    private boolean isHeard() {
        boolean due = leg.audio()
                .filter(audio -> audio.direction() == MediaDirection.SENDRECV)
                .isPresent();
        return due && !leg.line().settings().media().timeout().isZero();
    }

    private void refresh() {
        if (!peerUpdates) {
            talking.reinvite();
            return;
        }
        leg.sender().send(dialog, "UPDATE", ask(), "", new ResponseListener() {
            @Override
            public void onResponse(Response response) {
                if (response.isProvisional() || !leg.is(talking)) {
                    return;
                }
                if (response.isSuccess()) {
                    dialog.refreshTarget(response);
                    onOk(response);
                } else {
                    onRefusal(response);
                }
            }

            @Override
            public void onFailure(WireFailure failure, String what) {
                if (leg.is(talking)) {
                    expire("no response to the session refresh");
                }
            }
        });
    }

    // Section 7.4 leaves the method open: UPDATE needs no SDP, but is for those who say that they know it (RFC 3311
    // section 4).
    private void learn(Message message) {
        List<String> allowed = OptionTags.of(message, "Allow");
        if (!allowed.isEmpty()) {
            peerUpdates = allowed.contains("update");
        }
    }

    private static boolean isUnknown(Response response) {
        return response.status() == 405 || response.status() == 501;
    }
}
