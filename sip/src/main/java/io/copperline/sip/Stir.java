package io.copperline.sip;

import io.copperline.sip.stir.StirFiles;
import io.copperline.sip.stir.StirSigner;
import io.copperline.sip.stir.StirVerifier;
import io.copperline.sip.stir.Verdict;
import io.copperline.sip.wire.NameAddress;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.SipUri;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Signed identities on the trunks of an endpoint. Checking one may have to fetch a certificate: that is an errand, for which a
 * call waits a second and no longer; then it goes on, and nobody can say whether its caller is who he says.
 */
final class Stir {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** A certificate that comes later than that serves the next call. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final int MOST_ERRANDS = 256;

    static final Stir NONE = new Stir(() -> java.time.Instant.EPOCH);

    private final InstantSource clock;
    private final Map<String, StirSigner> signers = new HashMap<>();
    private final Map<String, StirVerifier> verifiers = new HashMap<>();
    private final Map<Verdict.Verstat, LongAdder> outcomes = new EnumMap<>(Verdict.Verstat.class);
    private final Semaphore errands = new Semaphore(MOST_ERRANDS);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("stir-", 0).factory());

    private Stir(InstantSource clock) {
        this.clock = clock;
        for (Verdict.Verstat outcome : Verdict.Verstat.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    /** Reads the files of all trunks. */
    static Stir load(List<TrunkSettings> trunks, InstantSource clock) throws SipStartException {
        Stir stir = new Stir(clock);
        for (TrunkSettings trunk : trunks) {
            try {
                stir.load(trunk);
            } catch (IOException e) {
                throw new SipStartException("Trunk " + trunk.name() + ": " + e.getMessage(), e);
            }
        }
        return stir;
    }

    private void load(TrunkSettings trunk) throws IOException {
        if (trunk.stir().signing().isPresent()) {
            StirSettings.Signing signing = trunk.stir().signing().get();
            signers.put(
                    trunk.name(),
                    new StirSigner(signing.certificateUrl(), StirFiles.key(signing.key()), signing.ownNumbers()));
        }
        if (trunk.stir().checking().isPresent()) {
            StirSettings.Checking checking = trunk.stir().checking().get();
            verifiers.put(
                    trunk.name(),
                    StirVerifier.overHttps(StirFiles.anchors(checking.anchors()), checking.privateAddresses()));
        }
    }

    /**
     * The Identity of a call out. A caller who is withheld is not named by a signature either; whom a forwarded call is from, we know from
     * others only (ATIS-1000074: gateway attestation).
     */
    Optional<String> identity(String trunk, OutgoingCall call) {
        StirSigner signer = signers.get(trunk);
        return signer == null || call.withheld()
                ? Optional.empty()
                : signer.identity(
                        call.from(), call.to(), call.diversions().isEmpty(), UUID.randomUUID(), clock.instant());
    }

    /**
     * Checks a call in. The result is told once: at once and on this thread where the trunk checks nothing, otherwise within
     * {@link #PATIENCE} on a thread of ours.
     */
    void check(String trunk, Request invite, Consumer<Optional<Verdict>> result) {
        StirVerifier verifier = verifiers.get(trunk);
        if (verifier == null) {
            result.accept(Optional.empty());
            return;
        }
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        var _ = verdict.completeOnTimeout(
                        Verdict.unknown("it took too long"), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .thenAcceptAsync(
                        found -> {
                            outcomes.get(found.verstat()).increment();
                            result.accept(Optional.of(found));
                        },
                        threads);
        if (!errands.tryAcquire()) {
            verdict.complete(Verdict.unknown("too many at once"));
            return;
        }
        Future<?> errand = threads.submit(() -> verify(verifier, invite, verdict));
        // The thread is a virtual one: an interrupt closes the socket that it waits for.
        CompletableFuture.delayedExecutor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> errand.cancel(true));
    }

    private void verify(StirVerifier verifier, Request invite, CompletableFuture<Verdict> verdict) {
        try {
            verdict.complete(
                    verifier.verify(invite.headers().all("Identity"), caller(invite), called(invite), clock.instant()));
        } catch (RuntimeException e) {
            verdict.complete(Verdict.unknown("a defect"));
        } finally {
            errands.release();
        }
    }

    /** The number that is shown (RFC 8224 section 6.2 step 2, with RFC 3325). */
    private static String caller(Request invite) {
        return Stream.of("P-Asserted-Identity", "From")
                .flatMap(name -> invite.headers().all(name).stream())
                .flatMap(value -> NameAddress.parse(value).stream())
                .map(address -> address.uri().user())
                .findFirst()
                .orElse("");
    }

    private static List<String> called(Request invite) {
        Stream<SipUri> to = invite.headers().first("To").flatMap(NameAddress::parse).map(NameAddress::uri).stream();
        return Stream.concat(to, SipUri.parse(invite.uri()).stream())
                .map(SipUri::user)
                .toList();
    }

    /** The status by which a trunk refuses such a call, where it does. */
    static Optional<Integer> refusal(StirSettings settings, Verdict verdict) {
        boolean refused = settings.checking()
                .filter(policy -> switch (verdict.verstat()) {
                    case PASSED -> false;
                    case FAILED -> policy.rejectFailed();
                    case NONE -> policy.rejectUnsigned() && verdict.status() != 0;
                })
                .isPresent();
        return refused ? Optional.of(verdict.status()) : Optional.empty();
    }

    /** How many calls in had which outcome. */
    Map<Verdict.Verstat, Long> outcomes() {
        Map<Verdict.Verstat, Long> counts = new EnumMap<>(Verdict.Verstat.class);
        outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
        return counts;
    }

    void close() {
        threads.shutdownNow();
    }
}
