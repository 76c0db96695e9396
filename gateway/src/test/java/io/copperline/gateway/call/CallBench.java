package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.config.CallLimits;
import io.copperline.config.RingPlan;
import io.copperline.config.RouteLimits;
import io.copperline.config.RouteSettings;
import io.copperline.config.RouteTerms;
import io.copperline.config.Treatment;
import io.copperline.config.TrunkChoice;
import io.copperline.gateway.media.CallMedia;
import io.copperline.gateway.media.MediaListener;
import io.copperline.gateway.media.RelayListener;
import io.copperline.gateway.media.RelayMedia;
import io.copperline.gateway.media.Ticked;
import io.copperline.gateway.record.CallRecord;
import io.copperline.gateway.route.CarrierNumbers;
import io.copperline.gateway.route.Numbers;
import io.copperline.gateway.route.RouteIn;
import io.copperline.gateway.route.Routes;
import io.copperline.gateway.web.EventMessages;
import io.copperline.sip.Diversion;
import io.copperline.sip.Emergency;
import io.copperline.sip.OutgoingCall;
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

    long nowNanos = 1_000;
    final List<Ticked> ticked = new ArrayList<>();
    final List<ScriptedLeg> legs = new ArrayList<>();
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
    ScriptedRelay relay;
    CallLimiter limiter = new CallLimiter(RouteLimits.NONE);
    OutgoingCall lastWanted;
    ScriptedAudio audio;

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
                ScriptedLeg leg = new ScriptedLeg("a", comesAs, listener);
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
        audio = new ScriptedAudio(listener);
        return audio;
    }

    @Override
    public RelayMedia relay(RelayListener listener) {
        relay = new ScriptedRelay(listener);
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
        ScriptedLeg leg = new ScriptedLeg(trunk, "call@" + trunk, listener);
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
