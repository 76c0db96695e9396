package io.copperline.gateway.bench.trunk;

import io.copperline.gateway.bench.OneCoreCalls;
import java.util.Locale;

/**
 * What a run has measured; {@code docs/benchmark.md} says how.
 *
 * @param othersShareOfMachine of its processor time, what programs that have nothing to do with the run have taken
 */
record TrunkFigures(
        OneCoreCalls.Figure gatewayCalls,
        SippCalls.Cost trunkCalls,
        SippCalls.Cost trunkCallsFloor,
        IdleLegs.Memory idle,
        Registers.Cost registrations,
        Registers.Cost registrationsFloor,
        double othersShareOfMachine) {
    private static final double OTHERS_MATTER = 0.05;

    String table() {
        StringBuilder out = new StringBuilder();
        row(out, "on one core", "a second", "CPU for each", "beside the floor");
        row(
                out,
                "gateway calls",
                number(gatewayCalls.perSecond(), 1),
                millis(gatewayCalls.cpuMillisPerCall()),
                gatewayCalls.failed() + " failed");
        row(
                out,
                "trunk calls",
                number(trunkCalls.perSecond(), 0),
                millis(trunkCalls.cpuMillisPerCall()),
                times(trunkCalls.cpuMillisPerCall() / trunkCallsFloor.cpuMillisPerCall()) + ", " + trunkCalls.failed()
                        + " failed");
        row(
                out,
                "  sipp's own",
                number(trunkCallsFloor.perSecond(), 0),
                millis(trunkCallsFloor.cpuMillisPerCall()),
                trunkCallsFloor.failed() + " failed");
        row(
                out,
                "registrations",
                number(registrations.perSecond(), 0),
                millis(registrations.cpuMillisEach()),
                times(registrations.cpuMillisEach() / registrationsFloor.cpuMillisEach()) + ", " + registrations.wrong()
                        + " wrong, " + registrations.repeated() + " repeated");
        row(
                out,
                "  sipp's own",
                number(registrationsFloor.perSecond(), 0),
                millis(registrationsFloor.cpuMillisEach()),
                registrationsFloor.wrong() + " wrong, " + registrationsFloor.repeated() + " repeated");
        out.append(String.format(
                Locale.ROOT,
                "%nidle trunk call (%d held): %.1f KB of heap, %.1f KB outside it; afterwards %.2f KB left, ledger %d%n",
                idle.calls(),
                idle.heap(),
                idle.outsideHeap(),
                idle.heapLeft(),
                idle.ledgerLeft()));
        if (othersShareOfMachine > OTHERS_MATTER) {
            out.append(String.format(
                    Locale.ROOT,
                    "Other programs took %.0f %% of the machine: trust ratios, not times.%n",
                    othersShareOfMachine * 100));
        }
        return out.toString();
    }

    private static void row(StringBuilder out, String name, String rate, String cost, String beside) {
        out.append(String.format(Locale.ROOT, "%-16s %10s %14s   %s%n", name, rate, cost, beside));
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.3f ms", value);
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "x %.2f", ratio);
    }
}
