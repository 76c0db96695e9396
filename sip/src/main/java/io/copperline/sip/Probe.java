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
 * Asks a carrier whether it lives (OPTIONS, RFC 3261 section 11). Any answer is a sign of life, except "overloaded". Two failures
 * in a row make it unreachable, one answer makes it reachable. Owned by its trunk's executor.
 */
final class Probe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int FAILURES = 2;

    /** What the last probes have come to. */
    record Finding(
            TrunkState.Reachability reachability, Optional<Duration> roundTrip, Optional<TrunkFailure> failure) {}

    private final LegParts parts;
    private final Supplier<Line> lines;
    private final Executor owner;
    private final InstantSource clock;
    private volatile Finding finding = new Finding(TrunkState.Reachability.UNKNOWN, Optional.empty(), Optional.empty());
    private int failures;
    private long round;
    private boolean pending;

    Probe(LegParts parts, Supplier<Line> lines, Executor owner, InstantSource clock) {
        this.parts = parts;
        this.lines = lines;
        this.owner = owner;
        this.clock = clock;
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
        Instant sent = clock.instant();
        Timers.Timer timer = parts.timers().after(PATIENCE, () -> owner.execute(() -> lost(thisRound, "no response")));
        String callId = parts.tokens().token();
        Attempt.send(
                parts.wire(),
                line().hop(),
                owner,
                Optional.empty(),
                List.of(),
                credentials -> request(callId),
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
                        lost(thisRound, failure == WireFailure.TIMEOUT ? "no response" : what);
                    }
                });
    }

    private void heard(long which, Instant sent, Response response) {
        if (which != round || !pending) {
            return;
        }
        if (response.status() == 503 || response.status() == 408) {
            failed(response.status(), response.status() + " " + response.reason());
            return;
        }
        pending = false;
        failures = 0;
        Duration roundTrip = Duration.between(sent, clock.instant());
        finding = new Finding(TrunkState.Reachability.REACHABLE, Optional.of(roundTrip), Optional.empty());
    }

    private void lost(long which, String what) {
        if (which == round && pending) {
            failed(0, what);
        }
    }

    private void failed(int status, String what) {
        pending = false;
        failures++;
        Instant since = finding.failure().map(TrunkFailure::since).orElseGet(clock::instant);
        String fix = "check the trunk's host, port and transport, and that the carrier knows our address";
        TrunkState.Reachability now =
                failures >= FAILURES ? TrunkState.Reachability.UNREACHABLE : finding.reachability();
        finding = new Finding(now, Optional.empty(), Optional.of(new TrunkFailure(status, what, fix, since)));
    }

    private Request request(String callId) {
        OwnName own = line().own();
        String host = OwnName.bracketed(line().settings().host());
        List<Header> headers = new ArrayList<>();
        headers.add(own.via());
        headers.add(new Header("Max-Forwards", "70"));
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
        return new Request(
                "OPTIONS", "sip:" + host + ":" + line().settings().effectivePort(), new Headers(headers), "");
    }

    private Line line() {
        return lines.get();
    }
}
