package io.copperline.gateway.call;

import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.gateway.media.CallMedia;
import io.copperline.gateway.media.DigitPath;
import io.copperline.gateway.media.MediaReport;
import io.copperline.gateway.media.Ticked;
import io.copperline.gateway.ops.Logs;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.Referral;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipLegListener;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call: a browser leg and a trunk leg, and what both directions of a call have in common. Owned by its shard.
 *
 * <pre>
 * STARTING --180--> RINGING --RTP--> EARLY_MEDIA --200--> ANSWERED
 *     `---------------`-----------------`-------------------`----> ENDED, once, whoever ends it
 * </pre>
 */
abstract sealed class Call implements SipLegListener, Ticked permits OutboundCall, InboundCall {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    private final CallId id;
    private CallParties parties;
    /** Whose call it is, for whoever asks from another thread. */
    private volatile Set<String> owners;

    private final CallHome home;
    private final CallMedia media;
    private final BrowserOffers offers;
    private final CallStory story = new CallStory();
    private final Holds holds = new Holds(this);
    private final Moves moves = new Moves(this);
    private final TalkTime talkTime = new TalkTime(this);
    private final MediaNews news;
    private final Instant startedAt;

    private Optional<SipLeg> leg = Optional.empty();
    private CallSnapshot.State state = CallSnapshot.State.STARTING;
    private Optional<CallEvent.Ended> ended = Optional.empty();
    private String trunk = "";
    private Optional<Ear> heard = Optional.empty();

    Call(CallId id, CallParties parties, CallHome home) {
        this.id = id;
        this.parties = parties;
        owners = Set.of(parties.user());
        this.home = home;
        startedAt = home.wallTime();
        news = new MediaNews(this);
        media = home.media(news);
        offers = new BrowserOffers(this);
        home.add(this);
    }

    final CallId id() {
        return id;
    }

    final CallParties parties() {
        return parties;
    }

    /** Whether it is this user's call, or rings for him among others. May be asked from any thread. */
    final boolean belongsTo(String user) {
        return owners.contains(user);
    }

    /** It rings for several, and is theirs until one answers. */
    final void ringsFor(Collection<String> users) {
        owners = Set.copyOf(users);
    }

    final void isOf(String user) {
        owners = Set.of(user);
        parties = parties.of(user);
    }

    final CallHome home() {
        return home;
    }

    final CallMedia media() {
        return media;
    }

    final CallStory story() {
        return story;
    }

    final MediaNews news() {
        return news;
    }

    /** The browser hears and is heard. */
    abstract void browserConnected();

    final CallSnapshot.State state() {
        return state;
    }

    final boolean over() {
        return state == CallSnapshot.State.ENDED;
    }

    final boolean talking() {
        return state == CallSnapshot.State.ANSWERED;
    }

    final Optional<SipLeg> leg() {
        return leg;
    }

    final void leg(SipLeg current, String trunkName) {
        leg = Optional.of(current);
        trunk = trunkName;
    }

    /** Whoever hears the call's next leg; the one before is heard no longer. */
    final Ear newEar() {
        return hear(new Ear(this));
    }

    /** Whoever hears the call's next leg, in a way of its own. */
    final Ear hear(Ear ear) {
        heard = Optional.of(ear);
        return ear;
    }

    final boolean hears(Ear ear) {
        return heard.filter(ear::equals).isPresent();
    }

    /** From now on this is the call's leg. */
    final void takeOver(Ear ear, SipLeg next, String trunkName) {
        heard = Optional.of(ear);
        leg(next, trunkName);
        if (talking()) {
            media.ringback(false);
            holds.begun();
        } else {
            talk();
        }
    }

    final Moves moves() {
        return moves;
    }

    final String trunk() {
        return trunk;
    }

    /** Another trunk is being tried. */
    final void noLeg() {
        leg = Optional.empty();
    }

    final Instant now() {
        return home.wallTime();
    }

    final CallSnapshot snapshot() {
        return new CallSnapshot(
                id,
                parties.direction(),
                state,
                parties.from(),
                parties.to(),
                trunk,
                startedAt,
                story.first(CallEvent.Answered.class).map(CallEvent.Answered::at),
                media.quality(),
                ended);
    }

    final BrowserOffers offers() {
        return offers;
    }

    final Holds holds() {
        return holds;
    }

    /** Whether a browser's first offer was answered. */
    abstract boolean hasBrowser();

    /** Presses keys towards the phone. */
    final void press(String digits, int durationMillis) {
        if (over() || !media.press(digits, durationMillis)) {
            throw new CallRefused(
                    CallRefused.Code.DIGITS_NOT_POSSIBLE, "The phone takes no digits yet, or too many wait already.");
        }
    }

    /** The browser's user hangs up. */
    final void hangUp() {
        end(talking() ? EndCode.HANGUP : EndCode.CANCELLED, CallEvent.Party.BROWSER);
    }

    /** Ends the call for a reason of ours or the browser's. */
    final void end(EndCode code, CallEvent.Party by) {
        end(code, 0, code.q850(), by, "");
    }

    /** Ends the call as a leg of it has ended. */
    final void end(EndCode code, SipEnd leg) {
        end(code, leg.status(), EndCodes.q850(code, leg), EndCodes.by(leg), EndCodes.cause(leg));
    }

    /** Ends the call: both legs, and everything it took. Only the first end counts. */
    final void end(EndCode code, int sipStatus, int q850, CallEvent.Party by, String cause) {
        if (over()) {
            return;
        }
        CallEvent.Ended last = new CallEvent.Ended(now(), code, sipStatus, q850, by, cause);
        CallSnapshot.State before = state;
        state = CallSnapshot.State.ENDED;
        ended = Optional.of(last);
        home.remove(this);
        moves.close();
        leave(before, last);
        leg.ifPresent(l -> l.hangUp(code.q850()));
        MediaReport report = report();
        story.tell(last); // Before the audio goes, and with it the data channel that may carry this.
        media.close();
        try (var _ = Logs.call(id)) {
            String why = cause.isEmpty() ? "" : ": " + cause;
            LOG.info("The call ended: {} by {} (SIP {}, Q.850 {}){}", code.wireName(), by, sipStatus, q850, why);
        }
        home.ended(this, CallRecords.of(this, startedAt, trunk, leg.map(SipLeg::sipCallId), last, report));
    }

    /** Undoes a call that never came into being, since its offer cannot be used: no events, no record. */
    final void abandon() {
        state = CallSnapshot.State.ENDED;
        home.remove(this);
        media.close();
    }

    /** The figures of its audio so far. */
    MediaReport report() {
        return media.report();
    }

    /** Where it has gone on to, where it is no browser's. */
    Forwarded forwarded() {
        return Forwarded.NOT;
    }

    /** What the direction does at the end, before the legs go. */
    abstract void leave(CallSnapshot.State before, CallEvent.Ended last);

    final void enter(CallSnapshot.State next) {
        if (!over()) {
            state = next;
        }
    }

    /** The trunk leg is answered. */
    final void talk() {
        talkTime.begin(home.nowNanos());
        enter(CallSnapshot.State.ANSWERED);
        media.ringback(false);
        media.answered();
        story.tell(new CallEvent.Answered(now()));
        holds.begun();
    }

    @Override
    public void onTick(long nowNanos) {
        if (talking()) {
            talkTime.onTick(nowNanos);
        }
    }

    @Override
    public void audio(NegotiatedAudio negotiated, boolean early) {
        if (over()) {
            return;
        }
        media.trunkAudio(negotiated);
        holds.trunk(negotiated, early);
    }

    @Override
    public void dtmf(char digit, int durationMillis) {
        if (!media.digitByInfo(digit)) {
            return;
        }
        news.digitFromPhone(digit, durationMillis, DigitPath.INFO);
    }

    @Override
    public void dtmfSent(char digit, int durationMillis, int status) {
        if (over()) {
            return;
        }
        if (status / 100 == 2) {
            news.digitToPhone(digit, durationMillis, DigitPath.INFO);
        } else if (status == 0 || !media.digitRefused(digit, durationMillis)) {
            story.tell(new CallEvent.DtmfFailed(now(), digit, status));
        }
    }

    @Override
    public void referred(Referral referral) {
        moves.referred(referral);
    }

    @Override
    public void replaced(IncomingCall by) {
        moves.replaced(by);
    }

    @Override
    public void ended(SipEnd end) {
        if (!over() && !moves.outlives(end)) {
            EndCode code = moves.handedOn(end) ? EndCode.TRANSFERRED : EndCodes.of(end);
            end(code, end);
        }
    }

    @Override
    public void onBug() {
        end(EndCode.GATEWAY_ERROR, CallEvent.Party.GATEWAY);
    }
}
