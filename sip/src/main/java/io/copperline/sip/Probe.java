package io.copperline.sip;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Asks one server of a carrier whether it lives (OPTIONS, RFC 3261 section 11). Any answer is a sign of life, except "overloaded".
 * Owned by its trunk's executor; what it has found is read from anywhere.
 *
 * <pre>
 *  UNKNOWN --1 good--> UP --3 bad in a row--> DOWN --2 good in a row--> UP        after a change of mind, asked again in 5 s
 *     `-------3 bad in a row-------------------^
 * </pre>
 */
final class Probe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Until it is sure, the interval of the trunk is not waited for. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private static final int BAD_ENOUGH = 3;
    private static final int GOOD_ENOUGH = 2;

    /** What the last probes have come to. */
    record Finding(TrunkState.Health health, Optional<Duration> roundTrip, Optional<TrunkFailure> failure) {}

    private final LegParts parts;
    private final Supplier<Line> lines;
    private final Executor owner;
    private final InstantSource clock;
    private final Runnable found;
    private volatile Finding finding = new Finding(TrunkState.Health.UNKNOWN, Optional.empty(), Optional.empty());
    private int bad;
    private int good;
    private long round;
    private boolean pending;

    /** @param found runs after each answer, and after each that did not come */
    Probe(LegParts parts, Supplier<Line> lines, Executor owner, InstantSource clock, Runnable found) {
        this.parts = parts;
        this.lines = lines;
        this.owner = owner;
        this.clock = clock;
        this.found = found;
    }

    Finding finding() {
        return finding;
    }

    void ask() {
        if (pending) {
            return;
        }
        pending = true;
        round++;
        long thisRound = round;
        Line line = lines.get();
        Instant sent = clock.instant();
        Timers.Timer timer = parts.timers()
                .after(
                        PATIENCE,
                        () -> owner.execute(() -> {
                            parts.wire().doubt(line.hop(), PATIENCE);
                            lost(thisRound, WireFailure.TIMEOUT, "");
                        }));
        String callId = parts.tokens().token();
        Attempt.send(
                parts.wire(),
                line.hop(),
                owner,
                Optional.empty(),
                List.of(),
                credentials -> request(line, callId),
                new ResponseListener() {
                    @Override
                    public void onResponse(Response response) {
                        if (!response.isProvisional()) {
                            timer.stop();
                            heard(thisRound, sent, response);
                        }
                    }

                    @Override
                    public void onFailure(WireFailure failure, String what) {
                        timer.stop();
                        lost(thisRound, failure, what);
                    }
                });
    }

    private void heard(long which, Instant sent, Response response) {
        if (which != round || !pending) {
            return;
        }
        if (response.status() == 503 || response.status() == 408) {
            String what = response.status() + " " + response.reason();
            failed(response.status(), what, "the carrier is in trouble; it is asked again");
            return;
        }
        pending = false;
        bad = 0;
        good++;
        boolean up = good >= GOOD_ENOUGH || finding.health() != TrunkState.Health.DOWN;
        Optional<Duration> roundTrip = Optional.of(Duration.between(sent, clock.instant()));
        finding = up
                ? new Finding(TrunkState.Health.UP, roundTrip, Optional.empty())
                : new Finding(TrunkState.Health.DOWN, roundTrip, finding.failure());
        concluded(up);
    }

    private void lost(long which, WireFailure failure, String what) {
        if (which == round && pending) {
            failed(0, failure == WireFailure.TIMEOUT ? "no response" : what, TrunkFailure.fix(failure));
        }
    }

    private void failed(int status, String what, String fix) {
        pending = false;
        good = 0;
        bad++;
        Instant since = finding.failure().map(TrunkFailure::since).orElseGet(clock::instant);
        boolean down = bad >= BAD_ENOUGH || finding.health() == TrunkState.Health.DOWN;
        finding = new Finding(
                down ? TrunkState.Health.DOWN : finding.health(),
                Optional.empty(),
                Optional.of(new TrunkFailure(status, what, fix, since)));
        concluded(down);
    }

    private void concluded(boolean sure) {
        if (!sure) {
            parts.timers().after(AGAIN, () -> owner.execute(this::ask));
        }
        found.run();
    }

    private Request request(Line line, String callId) {
        OwnName own = line.own();
        String host = OwnName.bracketed(line.settings().host());
        List<Header> headers = new ArrayList<>();
        headers.add(own.via());
        headers.add(new Header("Max-Forwards", "70"));
        headers.addAll(line.route());
        headers.add(new Header(
                "From",
                "<sip:copperline@" + OwnName.bracketed(own.host()) + ">;tag="
                        + parts.tokens().token()));
        headers.add(new Header("To", "<sip:" + host + ">"));
        headers.add(new Header("Call-ID", callId));
        headers.add(new Header("CSeq", "1 OPTIONS"));
        headers.add(own.contact("copperline"));
        headers.add(new Header("Accept", "application/sdp"));
        headers.addAll(own.abilities());
        String port = line.settings().port() == 0 ? "" : ":" + line.settings().port();
        return new Request("OPTIONS", "sip:" + host + port, new Headers(headers), "");
    }
}
