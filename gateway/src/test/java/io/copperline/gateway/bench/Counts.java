package io.copperline.gateway.bench;

import java.util.List;
import java.util.function.Function;

/** Packets of all calls, counted at the client's ends. Taken on the pump's thread. */
record Counts(
        long browsersSent, long trunksSent, long browsersHeard, long browsersLost, long trunksHeard, long trunksLost) {
    static Counts of(List<BenchCall> calls) {
        long[] c = new long[6];
        for (BenchCall call : calls) {
            call.browser().ifPresent(browser -> {
                c[0] += browser.sent();
                c[2] += browser.heard().received();
                c[3] += browser.heard().lost();
            });
            call.trunk().ifPresent(trunk -> {
                c[1] += trunk.sent();
                c[4] += trunk.heard().received();
                c[5] += trunk.heard().lost();
            });
        }
        return new Counts(c[0], c[1], c[2], c[3], c[4], c[5]);
    }

    /** All packets that went into the gateway or came out of it. */
    long packets() {
        return browsersSent + trunksSent + browsersHeard + trunksHeard;
    }

    Figures.Flow toTrunk(Counts before, List<BenchCall> calls) {
        return flow(trunksHeard - before.trunksHeard, trunksLost - before.trunksLost, calls, BenchCall::toTrunk);
    }

    Figures.Flow toBrowser(Counts before, List<BenchCall> calls) {
        return flow(
                browsersHeard - before.browsersHeard, browsersLost - before.browsersLost, calls, BenchCall::toBrowser);
    }

    private static Figures.Flow flow(
            long received, long lost, List<BenchCall> calls, Function<BenchCall, MarkWatch> marks) {
        Distribution delays = new Distribution();
        long unheard = 0;
        for (BenchCall call : calls) {
            MarkWatch watch = marks.apply(call);
            watch.addTo(delays);
            unheard += watch.unheard();
        }
        return new Figures.Flow(received, lost, delays.count(), unheard, delays.median(), delays.p99());
    }
}
