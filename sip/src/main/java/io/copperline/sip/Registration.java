package io.copperline.sip;

import io.copperline.sip.digest.DigestClient;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.WireFailure;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the carrier knowing where one account is (RFC 3261 section 10.2). Refreshes at about 85 % of what was granted, tries again
 * with a growing pause after a failure. Owned by its trunk's executor; what it has come to is read from anywhere.
 */
final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    /** A wrong password does not get right by trying, and carriers block who tries. */
    private static final Duration REFUSED_PAUSE = Duration.ofMinutes(10);

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
    /** A registrar that wants ever more is not obeyed for ever. */
    private static final int MAX_RAISES = 3;

    /** Where it stands. */
    record Standing(TrunkState.Registration registration, Optional<Instant> until, Optional<TrunkFailure> failure) {}

    private final LegParts parts;
    private final Account account;
    private final Supplier<Line> lines;
    private final Consumer<NextHop> unreachable;
    private final Executor owner;
    private final InstantSource clock;
    private final RegisterWriter writer;
    private final Optional<DigestClient> digest;
    private volatile Standing standing =
            new Standing(TrunkState.Registration.REGISTERING, Optional.empty(), Optional.empty());
    private Line line;
    private boolean pending;
    private boolean leaving;
    private Duration wanted;
    private int raises;
    private Instant due = Instant.MIN;
    private final GrowingPause pauses = new GrowingPause();
    private long round;
    private Consumer<Response> registered = _ -> {};
    private String logged = "";

    /**
     * @param lines by which server to register now
     * @param unreachable is told which server has failed
     */
    Registration(
            LegParts parts,
            Account account,
            Supplier<Line> lines,
            Consumer<NextHop> unreachable,
            Executor owner,
            InstantSource clock) {
        this.parts = parts;
        this.account = account;
        this.lines = lines;
        this.unreachable = unreachable;
        this.line = lines.get();
        this.owner = owner;
        this.clock = clock;
        this.writer = new RegisterWriter(account.username(), parts.tokens());
        this.wanted = line.settings().registerExpiry();
        this.digest = line.digest(() -> parts.tokens().token());
    }

    Standing standing() {
        return standing;
    }

    /** Who hears of each 200. */
    void onRegistered(Consumer<Response> who) {
        registered = who;
    }

    /** Registers anew without waiting: the carrier cannot reach us any longer the way it did. */
    void again() {
        due = Instant.MIN;
        onTime();
    }

    /** The connection to there has ended, and with it any REGISTER that is under way on it. */
    void onConnectionEnded(InetSocketAddress peer, SipTransport transport) {
        if (pending && !leaving && Flow.to(line.hop(), peer, transport)) {
            round++;
            lost(WireFailure.UNREACHABLE, "the connection ended");
        }
    }

    TrunkState.AccountState state() {
        Standing now = standing;
        return new TrunkState.AccountState(account.username(), now.registration(), now.until(), now.failure());
    }

    /** Does what is due. */
    void onTime() {
        Instant now = clock.instant();
        boolean expired = standing.until().filter(now::isAfter).isPresent();
        if (expired && standing.registration() == TrunkState.Registration.REGISTERED) {
            standing = new Standing(TrunkState.Registration.FAILED, Optional.empty(), standing.failure());
        }
        if (!pending && !leaving && !now.isBefore(due)) {
            raises = 0;
            send(wanted);
        }
    }

    /** Signs off; {@code done} runs when the carrier has said something to it, or nothing is to be done. */
    void leave(Runnable done) {
        boolean known = standing.registration() == TrunkState.Registration.REGISTERED;
        leaving = true;
        standing = new Standing(TrunkState.Registration.UNREGISTERED, Optional.empty(), Optional.empty());
        if (!known) {
            done.run();
            return;
        }
        attempt(Duration.ZERO, new ResponseListener() {
            @Override
            public void onResponse(Response response) {
                if (!response.isProvisional()) {
                    done.run();
                }
            }

            @Override
            public void onFailure(WireFailure failure, String what) {
                done.run();
            }
        });
    }

    private void send(Duration expiry) {
        pending = true;
        round++;
        long thisRound = round;
        attempt(expiry, new ResponseListener() {
            @Override
            public void onResponse(Response response) {
                if (!response.isProvisional() && !leaving && thisRound == round) {
                    pending = false;
                    onFinal(response);
                }
            }

            @Override
            public void onFailure(WireFailure failure, String what) {
                if (!leaving && thisRound == round) {
                    lost(failure, failure == WireFailure.TIMEOUT ? "no response" : what);
                }
            }
        });
    }

    private void lost(WireFailure failure, String what) {
        pending = false;
        failed(RegistrationTrouble.unreachable(failure, what), pauses.next());
        tryAnother();
    }

    private void attempt(Duration expiry, ResponseListener outcome) {
        line = lines.get();
        List<Header> known = digest.map(client -> client.anticipate("REGISTER", RegisterWriter.registrar(line)))
                .orElse(List.of());
        Attempt.send(
                parts.wire(),
                line.hop(),
                owner,
                digest,
                known,
                credentials -> writer.write(line, expiry, credentials),
                outcome);
    }

    private void onFinal(Response response) {
        if (response.isSuccess()) {
            granted(writer.granted(line, response, wanted));
            registered.accept(response);
            return;
        }
        Optional<Duration> minimum = RegisterWriter.seconds(response.headers().first("Min-Expires"));
        if (response.status() == 423
                && minimum.filter(least -> least.compareTo(wanted) > 0).isPresent()
                && raises < MAX_RAISES) {
            raises++;
            wanted = minimum.get(); // RFC 3261 section 10.2.8
            send(wanted);
            return;
        }
        RegistrationTrouble trouble =
                RegistrationTrouble.refused(response, line.settings().accounts().gin());
        failed(trouble, trouble.credentials() ? REFUSED_PAUSE : patience(response, pauses.next()));
        if (response.status() == 503 || response.status() == 408) {
            tryAnother();
        }
    }

    private void granted(Duration granted) {
        Instant now = clock.instant();
        // Not at 85 % sharp: the accounts of many trunks, started together, would come together for ever.
        due = now.plus(granted.multipliedBy(80 + parts.tokens().below(11)).dividedBy(100));
        pauses.reset();
        if (standing.registration() != TrunkState.Registration.REGISTERED || !logged.isEmpty()) {
            LOG.info("Trunk {} is registered as {} for {}", trunk(), account.username(), granted);
        }
        logged = "";
        standing = new Standing(TrunkState.Registration.REGISTERED, Optional.of(now.plus(granted)), Optional.empty());
    }

    private static Duration patience(Response response, Duration pause) {
        Duration asked = response.retryAfter()
                .filter(wait -> wait.compareTo(LONGEST_RETRY_AFTER) <= 0)
                .orElse(response.retryAfter().isPresent() ? LONGEST_RETRY_AFTER : Duration.ZERO);
        return asked.compareTo(pause) > 0 ? asked : pause;
    }

    /** RFC 3263 section 4.3: this server does not serve; where there is another, it is asked without a pause. */
    private void tryAnother() {
        unreachable.accept(line.hop());
        if (!lines.get().hop().equals(line.hop())) {
            due = clock.instant();
        }
    }

    private void failed(RegistrationTrouble trouble, Duration wait) {
        Instant now = clock.instant();
        due = now.plus(wait.multipliedBy(100 + parts.tokens().below(21)).dividedBy(100));
        Instant since = standing.failure().map(TrunkFailure::since).orElse(now);
        TrunkFailure failure = new TrunkFailure(trouble.status(), trouble.what(), trouble.fix(), since);
        if (!logged.equals(failure.what())) {
            logged = failure.what();
            LOG.warn(
                    "Trunk {} could not register as {}: {}; {}",
                    trunk(),
                    account.username(),
                    failure.what(),
                    failure.fix());
        }
        boolean stillKnown = standing.until().filter(now::isBefore).isPresent();
        standing = stillKnown
                ? new Standing(TrunkState.Registration.REGISTERED, standing.until(), Optional.of(failure))
                : new Standing(TrunkState.Registration.FAILED, Optional.empty(), Optional.of(failure));
    }

    private String trunk() {
        return line.settings().name();
    }
}
