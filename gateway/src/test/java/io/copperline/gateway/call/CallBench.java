package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.sdp.SrtpPolicy;
import io.copperline.config.CallLimits;
import io.copperline.config.RingPlan;
import io.copperline.config.RouteLimits;
import io.copperline.config.RouteSettings;
import io.copperline.config.RouteTerms;
import io.copperline.config.Treatment;
import io.copperline.config.TrunkChoice;
import io.copperline.gateway.media.CallMedia;
import io.copperline.gateway.media.MediaListener;
import io.copperline.gateway.media.MediaQuality;
import io.copperline.gateway.media.MediaReport;
import io.copperline.gateway.media.OpinionScores;
import io.copperline.gateway.media.PortsExhausted;
import io.copperline.gateway.media.RelayListener;
import io.copperline.gateway.media.RelayMedia;
import io.copperline.gateway.media.Ticked;
import io.copperline.gateway.record.CallRecord;
import io.copperline.gateway.route.CarrierNumbers;
import io.copperline.gateway.route.Numbers;
import io.copperline.gateway.route.RouteIn;
import io.copperline.gateway.route.Routes;
import io.copperline.gateway.web.EventMessages;
import io.copperline.sip.Destination;
import io.copperline.sip.Diversion;
import io.copperline.sip.Emergency;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.ReferListener;
import io.copperline.sip.ReferTarget;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipLegListener;
import io.copperline.sip.SipTransport;
import io.copperline.sip.Transfers;
import io.copperline.sip.TrunkSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A home for calls with scripted trunks, tabs and audio, where time moves by hand. */
final class CallBench implements CallHome, TrunkLines, Presence {
    private static final Numbers NUMBERS = new Numbers("US");

    private final CallPlanner planner = new CallPlanner(
            new CarrierNumbers(NUMBERS, Map.of()),
            new Routes(
                    new RouteSettings(
                            List.of(new RouteSettings.Outbound(
                                    Optional.of("+"),
                                    Optional.empty(),
                                    List.of(),
                                    List.of(TrunkChoice.of("a"), TrunkChoice.of("b")),
                                    3,
                                    RouteTerms.NONE)),
                            List.of(new RouteSettings.Inbound("+12025550150", "alice", 7)),
                            new RouteSettings.Barred(List.of(), List.of("+53"), List.of())),
                    NUMBERS));
    PlaceCall.Limits limits = PlaceCall.Limits.NONE;
    Transfers transfers = Transfers.USUAL;
    private final EventWords words = new EventMessages();
    static final InetSocketAddress OURS = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 20_000);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** One scripted trunk leg, and what the call asked of it. */
    static final class Leg implements SipLeg {
        final String trunk;
        final SipLegListener listener;
        final List<String> asked = new ArrayList<>();
        List<Destination> redirections = List.of();
        boolean answerable = true;
        OutgoingCall wanted;
        ReferListener referred;

        private final String sipCallId;

        Leg(String trunk, String sipCallId, SipLegListener listener) {
            this.trunk = trunk;
            this.sipCallId = sipCallId;
            this.listener = listener;
        }

        @Override
        public String sipCallId() {
            return sipCallId;
        }

        @Override
        public void audio(LocalAudio local) {
            asked.add("audio");
        }

        @Override
        public boolean answerable() {
            return answerable;
        }

        @Override
        public void ring() {
            asked.add("ring");
        }

        @Override
        public void earlyMedia() {
            asked.add("early");
        }

        @Override
        public void answer() {
            asked.add("answer");
        }

        @Override
        public void reject(int status, int q850) {
            asked.add("reject " + status + " " + q850);
        }

        @Override
        public void hangUp(int q850) {
            asked.add("hangUp " + q850);
        }

        @Override
        public void hold(boolean held) {
            asked.add("hold " + held);
        }

        @Override
        public void sendInfoDtmf(char digit, int durationMillis) {
            asked.add("info " + digit + " " + durationMillis);
        }

        @Override
        public void refer(ReferTarget target, ReferListener outcome) {
            asked.add("refer " + target);
            referred = outcome;
        }

        @Override
        public Optional<ReferTarget.Dialog> replaceable() {
            return Optional.empty();
        }

        @Override
        public List<Destination> redirections() {
            return redirections;
        }

        @Override
        public Optional<NegotiatedAudio> audio() {
            return Optional.empty();
        }

        void refused(int status, boolean retryable) {
            listener.ended(new SipEnd(SipEnd.By.REMOTE, SipEnd.Kind.REJECTED, status, 0, "no", retryable));
        }
    }

    /** The call's audio, and what was asked of it. */
    static final class Audio implements CallMedia {
        char toneHeard;
        final MediaListener listener;
        final List<String> asked = new ArrayList<>();
        boolean portsFree = true;
        boolean listens = true;
        boolean closed;

        Audio(MediaListener listener) {
            this.listener = listener;
        }

        @Override
        public void wideband() {
            asked.add("wideband");
        }

        @Override
        public String answerBrowser(String offer) throws SdpException {
            if (offer.isEmpty()) {
                throw new SdpException("does not begin with v=0");
            }
            return "answer to " + offer;
        }

        @Override
        public Optional<String> onFragment(String sdpFragment) {
            asked.add("fragment");
            return Optional.empty();
        }

        @Override
        public boolean browserListens() {
            return listens;
        }

        @Override
        public CompletionStage<LocalAudio> openTrunk(TrunkSettings trunk) {
            asked.add("open " + trunk.name());
            return portsFree
                    ? CompletableFuture.completedFuture(
                            new LocalAudio(OURS, 20_001, trunk.codecs(), true, 20, SrtpPolicy.OFF))
                    : CompletableFuture.failedFuture(new PortsExhausted());
        }

        @Override
        public CompletionStage<LocalAudio> openNext(TrunkSettings trunk) {
            asked.add("next " + trunk.name());
            return openTrunk(trunk);
        }

        @Override
        public void takeNext() {
            asked.add("takeNext");
        }

        @Override
        public void closeNext() {
            asked.add("closeNext");
        }

        @Override
        public void trunkAudio(NegotiatedAudio audio) {
            asked.add("trunk " + audio.direction());
        }

        @Override
        public void answered() {
            asked.add("answered");
        }

        @Override
        public boolean press(String digits, int durationMillis) {
            asked.add("press " + digits + " " + durationMillis);
            return digits.length() < 10;
        }

        @Override
        public boolean digitByInfo(char digit) {
            return toneHeard != digit;
        }

        @Override
        public boolean digitRefused(char digit, int durationMillis) {
            asked.add("tone " + digit + " " + durationMillis);
            return digit != '#';
        }

        @Override
        public void closeTrunk() {
            asked.add("closeTrunk");
        }

        @Override
        public void ringback(boolean on) {
            asked.add("ringback " + on);
        }

        @Override
        public MediaQuality quality() {
            return MediaQuality.UNKNOWN;
        }

        @Override
        public MediaReport report() {
            return MediaReport.NOTHING;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** The audio between two phones, and what was asked of it. */
    static final class Relay implements RelayMedia {
        final RelayListener listener;
        final List<String> asked = new ArrayList<>();
        boolean closed;

        Relay(RelayListener listener) {
            this.listener = listener;
        }

        @Override
        public CompletionStage<LocalAudio> open(Side side, TrunkSettings trunk) {
            asked.add("open " + side + " " + trunk.name());
            return CompletableFuture.completedFuture(
                    new LocalAudio(OURS, 20_001, trunk.codecs(), true, 20, SrtpPolicy.OFF));
        }

        @Override
        public void agreed(Side side, NegotiatedAudio audio) {
            asked.add("agreed " + side);
        }

        @Override
        public void letHear() {
            asked.add("letHear");
        }

        @Override
        public void answered() {
            asked.add("answered");
        }

        @Override
        public void pressed(Side side, char digit, int durationMillis) {
            asked.add("pressed " + side + " " + digit);
        }

        @Override
        public boolean digitRefused(Side to, char digit, int durationMillis) {
            asked.add("refused " + to + " " + digit);
            return digit < '7';
        }

        @Override
        public MediaReport.Leg figures(Side side) {
            return new MediaReport.Leg(side == Side.CALLER ? 7 : 8, 0, 0, 0, -1);
        }

        @Override
        public OpinionScores scores(Side side) {
            return side == Side.CALLER ? new OpinionScores(4.1, 3.9) : new OpinionScores(4.2, 4);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    long nowNanos = 1_000;
    final List<Ticked> ticked = new ArrayList<>();
    final List<Leg> legs = new ArrayList<>();
    final List<CallRecord> records = new ArrayList<>();
    final List<String> tabs = new ArrayList<>();
    final Set<String> down = new HashSet<>();
    final Set<String> wide = new HashSet<>();
    int tabCount = 1;
    boolean answerable = true;
    final Set<String> away = new HashSet<>();
    String caller = "+12025550199";
    String comesAs = "in@a";
    List<Diversion> diversions = List.of();
    List<String> forwardedBy = List.of();
    int maxForwards = 70;
    final Circles circles = new Circles();
    RouteLimits routeLimits = RouteLimits.NONE;
    Optional<CallLimiter.Met> stopped = Optional.empty();
    private Admission admission;
    Relay relay;
    CallLimiter limiter = new CallLimiter(RouteLimits.NONE);
    OutgoingCall lastWanted;
    Audio audio;

    void run(Duration time) {
        long end = nowNanos + time.toNanos();
        while (nowNanos < end) {
            nowNanos += TICK_NANOS;
            List.copyOf(ticked).forEach(t -> t.onTick(nowNanos));
        }
    }

    OutboundCall outbound(String... trunks) {
        return new OutboundCall(
                new CallId("c1"),
                new CallParties(
                        CallSnapshot.Direction.OUTBOUND,
                        "alice",
                        "+12025550150",
                        false,
                        "+12025550100",
                        OptionalInt.of(60),
                        CallDetails.NONE),
                new Course(List.of(trunks), "+12025550100", "+12025550150", Optional.empty()),
                permits(),
                this);
    }

    /** A call for help. */
    OutboundCall emergency(String... trunks) {
        return new OutboundCall(
                new CallId("c3"),
                new CallParties(
                        CallSnapshot.Direction.OUTBOUND, "alice", "+12025550150", false, "911", OptionalInt.empty()),
                new Course(
                        List.of(trunks),
                        "911",
                        "+12025550150",
                        Optional.of(new Emergency(Optional.empty(), wallTime()))),
                CallPermits.unlimited(limiter),
                this);
    }

    private CallPermits permits() {
        return CallPermits.of(limiter, "alice", "line 1", CallLimits.NONE, wallTime());
    }

    /** A call that rings for alice. */
    InboundCall inbound() {
        return inbound(RingPlan.of("alice"));
    }

    InboundCall inbound(RingPlan plan) {
        return inbound(new Treatment.Ring(plan, Optional.empty()));
    }

    InboundCall inbound(Treatment treatment) {
        InboundCall call = arriving();
        if (answerable) {
            stopped.ifPresentOrElse(limit -> call.refuse(LimitIn.of(limit)), () -> call.treat(treatment));
        }
        return call;
    }

    /** A call of which nobody has said what becomes of it. */
    InboundCall arriving() {
        InboundCall call = new InboundCall(
                new CallId("c2"),
                new CallParties(
                        CallSnapshot.Direction.INBOUND,
                        "",
                        caller,
                        caller.isEmpty(),
                        "+12025550150",
                        OptionalInt.empty(),
                        new CallDetails(Optional.of("Ann"), Optional.empty(), Map.of(), "TN-Validation-Passed-A")),
                permitsIn(),
                this);
        assertEquals(answerable, call.take(incoming()));
        return call;
    }

    /** What a call in takes of the limits; nothing where one stops it. */
    private CallPermits permitsIn() {
        CallPermits.Entrance entrance = admission()
                .inbound(
                        "a",
                        new RouteIn(
                                new Treatment.Refuse(Treatment.Refusal.BUSY),
                                RingPlan.NOBODY,
                                Optional.empty(),
                                "line 7",
                                CallLimits.NONE),
                        wallTime());
        stopped = entrance.stopped();
        return entrance.permits();
    }

    /** A call that a trunk brings. */
    io.copperline.sip.IncomingCall incoming() {
        return new io.copperline.sip.IncomingCall() {
            @Override
            public String trunk() {
                return "a";
            }

            @Override
            public String to() {
                return "+12025550150";
            }

            @Override
            public String from() {
                return caller;
            }

            @Override
            public Optional<String> displayName() {
                return Optional.empty();
            }

            @Override
            public Optional<Diversion> diversion() {
                return diversions.stream().findFirst();
            }

            @Override
            public List<Diversion> diversions() {
                return diversions;
            }

            @Override
            public List<String> forwardedBy() {
                return forwardedBy;
            }

            @Override
            public int maxForwards() {
                return maxForwards;
            }

            @Override
            public Map<String, String> headers() {
                return Map.of();
            }

            @Override
            public SipLeg take(Executor owner, SipLegListener listener) {
                Leg leg = new Leg("a", comesAs, listener);
                leg.answerable = answerable;
                legs.add(leg);
                return leg;
            }

            @Override
            public void refuse(int status, int q850) {
                throw new IllegalStateException("a call that exists is taken");
            }
        };
    }

    /** The kinds of events so far, such as {@code Trying}. */
    static List<String> events(Call call) {
        List<String> names = new ArrayList<>();
        call.story().listen(Runnable::run, event -> names.add(event.getClass().getSimpleName()));
        return names;
    }

    static CallEvent.Ended end(Call call) {
        return call.story().first(CallEvent.Ended.class).orElseThrow();
    }

    static NegotiatedAudio negotiated() {
        return negotiated(MediaDirection.SENDRECV);
    }

    static NegotiatedAudio negotiated(MediaDirection direction) {
        return new NegotiatedAudio(
                AudioCodec.PCMU,
                0,
                0,
                101,
                101,
                8_000,
                20,
                direction,
                Optional.of(OURS),
                Optional.empty(),
                Optional.empty(),
                false,
                false);
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public Instant wallTime() {
        return Instant.ofEpochSecond(1_800_000_000).plusNanos(nowNanos);
    }

    @Override
    public void add(Ticked one) {
        ticked.add(one);
    }

    @Override
    public void remove(Ticked one) {
        ticked.remove(one);
    }

    @Override
    public CallMedia media(MediaListener listener) {
        audio = new Audio(listener);
        return audio;
    }

    @Override
    public RelayMedia relay(RelayListener listener) {
        relay = new Relay(listener);
        return relay;
    }

    @Override
    public Forwards forwards() {
        return new Forwards(planner, this, admission(), circles, this::wallTime, new Random(1));
    }

    @Override
    public TrunkLines trunks() {
        return this;
    }

    @Override
    public Presence presence() {
        return this;
    }

    @Override
    public EventWords words() {
        return words;
    }

    Admission admission() {
        if (admission == null) {
            admission = new Admission(10, routeLimits);
        }
        return admission;
    }

    @Override
    public Onwards onwards() {
        return new Onwards(
                planner, this, admission(), "alice", "+12025550150", limits, () -> Instant.EPOCH, new Random(1));
    }

    @Override
    public void picked(String user) {
        tabs.add("picked " + user);
    }

    @Override
    public void ended(Call call, CallRecord record) {
        records.add(record);
    }

    @Override
    public TrunkSettings settings(String trunk) {
        return TrunkSettings.to(trunk, "192.0.2.9", 0, SipTransport.UDP)
                .transfers(transfers)
                .codecs(wide.contains(trunk) ? AudioCodec.G722 : AudioCodec.PCMU)
                .build();
    }

    @Override
    public boolean usable(String trunk) {
        return !down.contains(trunk);
    }

    @Override
    public SipLeg call(String trunk, OutgoingCall call, LocalAudio local, Executor owner, SipLegListener listener) {
        lastWanted = call;
        Leg leg = new Leg(trunk, "call@" + trunk, listener);
        leg.wanted = call;
        legs.add(leg);
        return leg;
    }

    @Override
    public int ring(String user, Presence.IncomingCall call) {
        tabs.add("ring " + user);
        return away.contains(user) ? 0 : tabCount;
    }

    @Override
    public void stopRinging(String user, CallId id, Reason reason) {
        tabs.add("stop " + user + " " + reason);
    }
}
