package io.copperline.sip;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.sdp.TrunkOfferAnswer;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.ServerExchange;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A leg: what all its states share, and the door through which everything reaches the state it is in. All of it happens on the
 * owner's executor.
 *
 * <pre>
 *  out:  Calling --2xx--> Talking --BYE--> Over        in:  Offered --answer--> Talking --BYE--> Over
 *           |--hangUp, time-out--> Cancelling --> Over         |--reject, CANCEL--> Over
 * </pre>
 */
final class Leg implements SipLeg {
    private static final Logger LOG = LoggerFactory.getLogger(Leg.class);

    private final LegParts parts;
    private final Line line;
    private final Executor owner;
    private final String callId;
    private final Optional<String> theirTag;
    private final String localTag;
    private final TrunkOfferAnswer media;
    private final LegSender sender;
    private Optional<LocalAudio> local = Optional.empty();
    private Optional<NegotiatedAudio> negotiated = Optional.empty();
    private LegState state = new Over(this);
    private volatile SipLegListener listener;
    private boolean ended;
    private Optional<Duration> retryAfter = Optional.empty();
    private List<Destination> redirections = List.of();

    private Leg(
            LegParts parts,
            Line line,
            Executor owner,
            SipLegListener listener,
            String callId,
            Optional<String> theirTag) {
        this.parts = parts;
        this.line = line;
        this.owner = owner;
        this.listener = listener;
        this.callId = callId;
        this.theirTag = theirTag;
        this.localTag = parts.tokens().token();
        this.media = new TrunkOfferAnswer(parts.tokens().sessionId(), parts.tokens()::fill);
        this.sender = new LegSender(parts, line, task -> post(now -> task.run()));
    }

    /** A leg that calls. Its INVITE goes out as soon as the owner has come to it. */
    static Leg outgoing(
            LegParts parts, Line line, Executor owner, SipLegListener listener, OutgoingCall call, LocalAudio local) {
        Leg leg = new Leg(parts, line, owner, listener, parts.tokens().token(), Optional.empty());
        leg.local = Optional.of(local);
        Starting first = new Starting(leg);
        leg.state = first;
        parts.legs().add(leg);
        leg.post(now -> {
            if (now.equals(first)) {
                Calling.start(leg, call);
            }
        });
        return leg;
    }

    /** A leg that an INVITE has made; nobody listens to it yet. */
    static Leg incoming(LegParts parts, Line line, Executor owner, Request invite, ServerExchange exchange) {
        Optional<String> theirTag = Optional.of(invite.fromTag());
        Leg leg = new Leg(parts, line, owner, new NobodyListens(), invite.callId(), theirTag);
        Offered.start(leg, invite, exchange);
        return leg;
    }

    /** Whom the leg tells from now on. Before anything can have happened to it. */
    void heardBy(SipLegListener who) {
        listener = who;
    }

    // ---- what the owner calls

    @Override
    public String sipCallId() {
        return callId;
    }

    @Override
    public void audio(LocalAudio audio) {
        local = Optional.of(audio);
        guarded(LegState::audio);
    }

    @Override
    public boolean answerable() {
        guarded(LegState::weighOffer);
        return !ended;
    }

    @Override
    public void ring() {
        guarded(LegState::ring);
    }

    @Override
    public void earlyMedia() {
        guarded(LegState::earlyMedia);
    }

    @Override
    public void answer() {
        guarded(LegState::answer);
    }

    @Override
    public void reject(int status, int q850) {
        if (status < 300 || status > 699) {
            throw new IllegalArgumentException("not a final refusal: " + status);
        }
        guarded(now -> now.reject(status, q850));
    }

    @Override
    public void hangUp(int q850) {
        guarded(now -> now.hangUp(q850));
    }

    @Override
    public void hold(boolean held) {
        guarded(now -> now.hold(held));
    }

    @Override
    public void sendInfoDtmf(char digit, int durationMillis) {
        if (InfoDtmf.isDigit(digit) && durationMillis > 0) {
            InfoDtmf press = new InfoDtmf(Character.toUpperCase(digit), durationMillis);
            guarded(now -> {
                if (!now.sendInfoDtmf(press)) {
                    tell(who -> who.dtmfSent(press.digit(), durationMillis, 405));
                }
            });
        }
    }

    @Override
    public void refer(ReferTarget target, ReferListener listener) {
        guarded(now -> now.refer(target, listener));
    }

    @Override
    public Optional<ReferTarget.Dialog> replaceable() {
        return state.replaceable();
    }

    @Override
    public List<Destination> redirections() {
        return redirections;
    }

    @Override
    public Optional<NegotiatedAudio> audio() {
        return negotiated;
    }

    // ---- what the wire brings, from any thread

    void onRequest(Request request, ServerExchange exchange) {
        post(now -> now.onRequest(request, exchange));
    }

    void onCancel(Request cancel, ServerExchange exchange) {
        post(now -> now.onCancel(cancel, exchange));
    }

    void onReplaces(Replaces replaces, IncomingCall by) {
        post(now -> now.onReplaces(replaces, by));
    }

    void onAck(Request ack) {
        post(now -> now.onAck(ack));
    }

    void onStrayResponse(Response response) {
        post(now -> now.onInviteResponse(response));
    }

    /** Hangs up from any thread. */
    void hangUpSoon() {
        post(now -> now.hangUp(0));
    }

    // ---- what states use

    Line line() {
        return line;
    }

    LegParts parts() {
        return parts;
    }

    TrunkOfferAnswer media() {
        return media;
    }

    Optional<LocalAudio> local() {
        return local;
    }

    String localTag() {
        return localTag;
    }

    /** The tag of the INVITE that made this leg. */
    Optional<String> theirTag() {
        return theirTag;
    }

    void become(LegState next) {
        state = next;
    }

    boolean is(LegState other) {
        return state.equals(other);
    }

    /** Offer and answer have come to this; the listener hears of it where it is new. */
    void agreed(NegotiatedAudio audio, boolean early) {
        if (!negotiated.equals(Optional.of(audio))) {
            negotiated = Optional.of(audio);
            tell(who -> who.audio(audio, early));
        }
    }

    /** Tells the listener, later: its own call into the leg, if that is where we are, returns first. */
    void tell(Consumer<SipLegListener> news) {
        execute(() -> news.accept(listener));
    }

    /** Reports the end, once, and counts this leg out. The state may still have things to clear up. */
    void end(SipEnd end) {
        if (!ended) {
            ended = true;
            parts.legs().ended(this);
            tell(who -> who.ended(end));
        }
    }

    /** Nothing that comes in concerns this leg any more. */
    void forget() {
        parts.legs().remove(this);
    }

    /** Runs the task later if this state still holds then. */
    Timers.Timer after(LegState during, Duration delay, Runnable task) {
        return parts.timers()
                .after(
                        delay,
                        () -> post(now -> {
                            if (now.equals(during)) {
                                task.run();
                            }
                        }));
    }

    /** Sends the requests of this leg. */
    LegSender sender() {
        return sender;
    }

    /** How long the peer that refused our INVITE last wants to be left alone, where it said so. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Hands the outcome of our first INVITE to whatever state the leg is in then. */
    ResponseListener inviteOutcome() {
        return new ResponseListener() {
            @Override
            public void onResponse(Response response) {
                retryAfter = response.retryAfter();
                redirections = Destination.of(response);
                state.onInviteResponse(response);
            }

            @Override
            public void onFailure(WireFailure failure, String what) {
                state.onInviteFailure(failure, what);
            }
        };
    }

    /** A response of ours within this leg, with our tag and name. */
    Response respond(Request request, int status) {
        return Response.to(request, status, localTag).with("Server", line.own().userAgent());
    }

    private void post(Consumer<LegState> input) {
        execute(() -> guarded(input));
    }

    private void execute(Runnable task) {
        try {
            owner.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("The owner of leg {} is gone", callId);
        }
    }

    // A defect ends this leg only.
    private void guarded(Consumer<LegState> input) {
        try {
            input.accept(state);
        } catch (RuntimeException e) {
            LOG.error("SIP leg {} failed in {}", callId, state.getClass().getSimpleName(), e);
            parts.drops().count(Drop.DEFECT, e.getClass().getSimpleName());
            end(Ends.defect());
            leave();
        }
    }

    private void leave() {
        LegState failed = state;
        become(new Over(this));
        try {
            failed.hangUp(0); // the peer should hear of it
        } catch (RuntimeException e) {
            LOG.debug("SIP leg {} could not say so", callId, e);
        }
        forget();
    }
}
