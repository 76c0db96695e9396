package io.copperline.sip;

import io.copperline.sip.digest.DigestClient;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.NameAddress;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.WireFailure;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps the carrier knowing where we are (RFC 3261 section 10.2). Refreshes at 85 % of what was granted, tries again with a
 * growing pause after a failure. Owned by its trunk's executor; what it has come to is read from anywhere.
 */
final class Registration {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /** A wrong password does not get right by trying, and carriers block who tries. */
    private static final Duration REFUSED_PAUSE = Duration.ofMinutes(10);

    /** Where it stands. */
    record Standing(TrunkState.Registration registration, Optional<Instant> until, Optional<TrunkFailure> failure) {}

    private final LegParts parts;
    private final Supplier<Line> lines;
    private final Consumer<NextHop> unreachable;
    private final Executor owner;
    private final InstantSource clock;
    private final String user;
    private final String callId;
    private final String tag;
    private final Optional<DigestClient> digest;
    private volatile Standing standing;
    private Line line;
    private long cseq;
    private boolean pending;
    private boolean leaving;
    private Duration wanted;
    private Instant due = Instant.MIN;
    private Duration pause = FIRST_PAUSE;
    private long round;
    private Consumer<Response> registered = _ -> {};

    /**
     * @param lines by which server to register now
     * @param unreachable is told which server has failed
     */
    Registration(
            LegParts parts, Supplier<Line> lines, Consumer<NextHop> unreachable, Executor owner, InstantSource clock) {
        this.parts = parts;
        this.lines = lines;
        this.unreachable = unreachable;
        this.line = lines.get();
        this.owner = owner;
        this.clock = clock;
        this.user = line.settings().username().orElse("");
        this.callId = parts.tokens().token();
        this.tag = parts.tokens().token();
        this.wanted = line.settings().registerExpiry();
        this.digest = line.settings()
                .password()
                .map(password ->
                        new DigestClient(user, password, () -> parts.tokens().token()));
        this.standing = new Standing(TrunkState.Registration.REGISTERING, Optional.empty(), Optional.empty());
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
            lost("the connection ended");
        }
    }

    /** Does what is due. */
    void onTime() {
        Instant now = clock.instant();
        boolean expired = standing.until().filter(now::isAfter).isPresent();
        if (expired && standing.registration() == TrunkState.Registration.REGISTERED) {
            standing = new Standing(TrunkState.Registration.FAILED, Optional.empty(), standing.failure());
        }
        if (!pending && !leaving && !now.isBefore(due)) {
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
                    lost(failure == WireFailure.TIMEOUT ? "no response" : what);
                }
            }
        });
    }

    private void lost(String what) {
        pending = false;
        failed(0, what, "check the trunk's host, port and transport, and that no firewall is between", pause);
        tryAnother();
    }

    private void attempt(Duration expiry, ResponseListener outcome) {
        line = lines.get();
        List<Header> known =
                digest.map(client -> client.anticipate("REGISTER", registrar())).orElse(List.of());
        Attempt.send(
                parts.wire(), line.hop(), owner, digest, known, credentials -> request(expiry, credentials), outcome);
    }

    private void onFinal(Response response) {
        if (response.isSuccess()) {
            Instant now = clock.instant();
            Duration granted = granted(response);
            due = now.plus(granted.multipliedBy(85).dividedBy(100));
            pause = FIRST_PAUSE;
            standing =
                    new Standing(TrunkState.Registration.REGISTERED, Optional.of(now.plus(granted)), Optional.empty());
            registered.accept(response);
            return;
        }
        Optional<Duration> minimum = seconds(response.headers().first("Min-Expires"));
        if (response.status() == 423 && minimum.isPresent() && minimum.get().compareTo(wanted) > 0) {
            wanted = minimum.get(); // RFC 3261 section 10.2.8
            send(wanted);
            return;
        }
        boolean refused = response.status() == 401 || response.status() == 407 || response.status() == 403;
        String what = response.status() + " " + response.reason();
        if (refused) {
            failed(response.status(), what, "check the trunk's username and password", REFUSED_PAUSE);
        } else {
            failed(response.status(), what, "ask the carrier what this answer to REGISTER means", pause);
        }
        if (response.status() == 503 || response.status() == 408) {
            tryAnother();
        }
    }

    /** RFC 3263 section 4.3: this server does not serve; where there is another, it is asked without a pause. */
    private void tryAnother() {
        unreachable.accept(line.hop());
        if (!lines.get().hop().equals(line.hop())) {
            due = clock.instant();
        }
    }

    private void failed(int status, String what, String fix, Duration wait) {
        Instant now = clock.instant();
        due = now.plus(wait);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        Instant since = standing.failure().map(TrunkFailure::since).orElse(now);
        TrunkFailure failure = new TrunkFailure(status, what, fix, since);
        boolean stillKnown = standing.until().filter(now::isBefore).isPresent();
        standing = stillKnown
                ? new Standing(TrunkState.Registration.REGISTERED, standing.until(), Optional.of(failure))
                : new Standing(TrunkState.Registration.FAILED, Optional.empty(), Optional.of(failure));
    }

    private Request request(Duration expiry, List<Header> credentials) {
        cseq++;
        String address = "<sip:" + OwnName.escape(user) + "@"
                + OwnName.bracketed(line.settings().host()) + ">";
        List<Header> headers = new ArrayList<>();
        headers.add(line.own().via());
        headers.add(new Header("Max-Forwards", "70"));
        headers.addAll(line.route());
        headers.add(new Header("From", address + ";tag=" + tag));
        headers.add(new Header("To", address));
        headers.add(new Header("Call-ID", callId));
        headers.add(new Header("CSeq", cseq + " REGISTER"));
        headers.add(line.own().contact(user));
        headers.add(new Header("Expires", Long.toString(expiry.toSeconds())));
        headers.addAll(line.own().abilities());
        headers.addAll(credentials);
        return new Request("REGISTER", registrar(), new Headers(headers), "");
    }

    private String registrar() {
        boolean plain = line.settings().port() == 0;
        return "sip:" + OwnName.bracketed(line.settings().host())
                + (plain ? "" : ":" + line.settings().port());
    }

    /** What the registrar has granted us: with our Contact, else for all, else what we asked (RFC 3261 section 10.2.4). */
    private Duration granted(Response ok) {
        for (String value : ok.headers().all("Contact")) {
            Optional<NameAddress> contact = NameAddress.parse(value);
            boolean ours = contact.filter(
                            c -> c.uri().host().equalsIgnoreCase(line.own().host())
                                    && c.uri().port() == line.own().port())
                    .isPresent();
            Optional<Duration> expires = seconds(contact.flatMap(c -> c.parameter("expires")));
            if (ours && expires.isPresent()) {
                return expires.get();
            }
        }
        return seconds(ok.headers().first("Expires")).orElse(wanted);
    }

    static Optional<Duration> seconds(Optional<String> text) {
        try {
            return text.map(String::strip)
                    .map(Long::parseLong)
                    .filter(s -> s > 0 && s < 1 << 30)
                    .map(Duration::ofSeconds);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
