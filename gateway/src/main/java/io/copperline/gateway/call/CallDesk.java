package io.copperline.gateway.call;

import io.copperline.gateway.call.CallRefused.Code;
import io.copperline.gateway.media.Media;
import io.copperline.gateway.media.Shard;
import io.copperline.gateway.ops.Logs;
import io.copperline.gateway.record.CallRecord;
import io.copperline.gateway.route.CarrierNumbers;
import io.copperline.gateway.route.Routes;
import io.copperline.gateway.webhook.Webhooks;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.IncomingCalls;
import io.copperline.sip.Readiness;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where calls begin, and where they are found again: the door between the faces, the trunks and the shards. Used from any
 * thread; it holds no call's state, only where each one lives.
 */
public final class CallDesk implements Calls, IncomingCalls {
    private static final Logger LOG = LoggerFactory.getLogger(CallDesk.class);
    private static final int STOP_SECONDS = 2;

    private final CallPlanner planner;
    private final TransferDesk transfers;
    private final Media media;
    private final TrunkLines trunks;
    private final Presence presence;
    private final EventWords words;
    private final CallObserver observer;
    private final IncomingDesk arrivals;
    private final Admission admission;
    private final Overload overload;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final CallBook book = new CallBook();
    private final Circles circles = new Circles();
    private volatile boolean stopping;

    public CallDesk(
            CarrierNumbers numbers,
            Routes routes,
            Media media,
            Admission admission,
            TrunkLines trunks,
            Presence presence,
            EventWords words,
            CallObserver observer,
            Webhooks webhooks,
            Duration maxLateness,
            InstantSource clock) {
        planner = new CallPlanner(numbers, routes);
        transfers = new TransferDesk(book, planner, clock);
        this.media = media;
        this.trunks = trunks;
        this.presence = presence;
        this.words = words;
        this.observer = observer;
        this.admission = admission;
        this.clock = clock;
        arrivals = new IncomingDesk(planner, admission, media, webhooks, beginning(), clock);
        overload = new Overload(maxLateness, media::latenessNanos, admission::isFull);
    }

    /** Carriers are sent elsewhere while we have as much to do as we can, or are going. */
    @Override
    public Readiness readiness() {
        return stopping ? Readiness.CLOSING : overload.readiness();
    }

    /** Whether new calls are refused for want of power or lines. */
    public boolean isBusy() {
        return overload.isBusy();
    }

    @Override
    public CompletionStage<PlacedCall> place(PlaceCall wish) {
        CallPlanner.Plan plan;
        CallPermits permits;
        try {
            refuseWhileStopping();
            Instant now = clock.instant();
            plan = planner.outbound(wish, now, random);
            if (!plan.course().emergency()) {
                refuseWhileBusy();
            }
            OutgoingHeaders.check(wish.headers(), plan.course().trunks(), trunks::settings);
            permits = admission.outbound(wish, plan, now);
        } catch (CallRefused e) {
            return CompletableFuture.failedFuture(e);
        }
        Shard shard = media.pick();
        return CallBook.on(shard, () -> {
            CallHome home = home(shard, wish.user(), plan.parties().from(), wish.limits());
            OutboundCall call = new OutboundCall(newId(), plan.parties(), plan.course(), permits, home);
            book.keep(call, shard);
            try {
                PlacedCall placed = call.place(wish.offer());
                announce(call); // Not before: a call whose offer cannot be used never came into being.
                return placed;
            } catch (CallRefused e) {
                book.forget(call);
                admission.leave(call);
                throw e;
            }
        });
    }

    @Override
    public void incoming(IncomingCall incoming) {
        arrivals.incoming(incoming, stopping);
    }

    private IncomingDesk.Beginning beginning() {
        return new IncomingDesk.Beginning() {
            @Override
            public CallHome home(Shard shard, CallParties parties) {
                return CallDesk.this.home(shard, parties.user(), parties.to(), PlaceCall.Limits.NONE);
            }

            @Override
            public CallId newId() {
                return CallDesk.this.newId();
            }

            @Override
            public void begun(InboundCall call, Shard shard) {
                book.keep(call, shard);
                announce(call);
            }
        };
    }

    private void announce(Call call) {
        CallParties parties = call.parties();
        observer.started(call.snapshot());
        try (var _ = Logs.call(call.id())) {
            String whose = parties.user().isEmpty() ? "" : " of " + parties.user();
            LOG.info("{} call{} from {} to {}", parties.direction(), whose, parties.from(), parties.to());
        }
    }

    private void ended(Call call, CallRecord record) {
        book.ended(call);
        admission.leave(call);
        observer.ended(record);
    }

    /** @param caller who calls where the call goes on to */
    private CallHome home(Shard shard, String user, String caller, PlaceCall.Limits limits) {
        Onwards onwards = new Onwards(planner, trunks, admission, user, caller, limits, clock, random);
        Forwards forwards = new Forwards(planner, trunks, admission, circles, clock, random);
        return new ShardHome(shard, media, trunks, presence, words, onwards, forwards, admission::picked, this::ended);
    }

    private CallId newId() {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        return new CallId(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    private void refuseWhileBusy() {
        if (overload.isBusy()) {
            throw new CallRefused(
                    Code.OVERLOADED, "This gateway has as many calls as it can bear. Try again in a moment.");
        }
    }

    private void refuseWhileStopping() {
        if (stopping) {
            throw new CallRefused(Code.STOPPING, "The gateway is being stopped. Try again in a moment.");
        }
    }

    @Override
    public CompletionStage<PlacedCall> answer(CallId id, String user, String offer) {
        return book.asked(id, user, call -> inbound(call).answer(user, offer));
    }

    @Override
    public CompletionStage<Void> decline(CallId id, String user) {
        return book.asked(id, user, call -> {
            inbound(call).decline(user);
            return null;
        });
    }

    @Override
    public CompletionStage<Void> transfer(CallId id, String user, String to, PlaceCall.Limits limits) {
        return transfers.toNumber(id, user, to, limits);
    }

    @Override
    public CompletionStage<Void> transfer(CallId id, String user, CallId other) {
        return transfers.toCall(id, user, other);
    }

    private static InboundCall inbound(Call call) {
        return switch (call) {
            case InboundCall inbound -> inbound;
            case OutboundCall _ -> throw new CallRefused(Code.ALREADY_ANSWERED, "This call is the user's own.");
        };
    }

    @Override
    public CompletionStage<String> renegotiate(CallId id, String user, String offer) {
        return book.with(id, user, call -> call.offers().renegotiate(offer));
    }

    @Override
    public CompletionStage<Optional<String>> onFragment(CallId id, String user, String sdpFragment) {
        return book.with(id, user, call -> call.offers().onFragment(sdpFragment));
    }

    @Override
    public CompletionStage<Void> hangUp(CallId id, String user) {
        return book.with(id, user, call -> {
            if (call instanceof InboundCall inbound && inbound.ringsForOthersThan(user)) {
                inbound.decline(user);
            } else {
                call.hangUp();
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Optional<CallSnapshot>> snapshot(CallId id, String user) {
        return book.of(id, user)
                .map(entry -> entry.on(call -> Optional.of(call.snapshot())))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    @Override
    public CompletionStage<Optional<AutoCloseable>> subscribe(
            CallId id, String user, Executor executor, Consumer<CallEvent> listener) {
        Optional<CallBook.Entry> entry = book.of(id, user);
        if (entry.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return entry.get().on(call -> {
            Runnable unsubscribe = call.story().listen(executor, listener);
            return Optional.of(() -> entry.get().shard().execute(unsubscribe));
        });
    }

    @Override
    public CompletionStage<List<CallId>> liveCalls(String user) {
        return CompletableFuture.completedFuture(book.live().stream()
                .map(CallBook.Entry::call)
                .filter(call -> call.belongsTo(user))
                .map(Call::id)
                .toList());
    }

    /** Forgets calls that ended some minutes ago. */
    public void sweep(Instant now) {
        admission.sweep(now);
        book.sweep(now);
    }

    /**
     * Takes no more calls, and ends those there are. Returns when they are over and have said so, at the latest after two
     * seconds: who closes the browsers' sockets next would otherwise be quicker than their calls' last event.
     */
    public void stop() {
        stopping = true;
        book.withAll(call -> call.end(EndCode.GATEWAY_STOPPING, CallEvent.Party.GATEWAY))
                .completeOnTimeout(null, STOP_SECONDS, TimeUnit.SECONDS)
                .exceptionally(_ -> null)
                .join();
    }

    /** Calls that are not over. */
    public int count() {
        return admission.calls();
    }
}
