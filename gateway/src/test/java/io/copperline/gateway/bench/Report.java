package io.copperline.gateway.bench;

import java.util.Map;
import java.util.Optional;

/** Prints the figures. */
final class Report {
    private static final double QUIET_MACHINE = 0.05;

    private Report() {}

    static String of(Figures f) {
        StringBuilder out = new StringBuilder();
        line(out, "%d calls, %.0f s, %s both ways, %s%n", f.calls(), f.seconds(), "Opus <-> PCMU", f.srtpProfile());
        if (f.othersShareOfMachine() > QUIET_MACHINE) {
            line(
                    out,
                    "Other programs took %.0f %% of this machine: delays are theirs as much as ours.%n",
                    f.othersShareOfMachine() * 100);
        }
        line(out, "CPU      %6.2f ms per call-second", f.cpuMillisPerCallSecond());
        f.cpuMillisPerCallSecondByThread().forEach((kind, ms) -> line(out, "           %6.2f  %s", ms, kind));
        line(out, "floor    %6.2f ms per call-second", f.floorMillisPerCallSecond());
        f.floorByWork()
                .forEach((work, ms) ->
                        line(out, "           %6.2f  %s", ms, work.name().toLowerCase(java.util.Locale.ROOT)));
        line(out, "ratio    %6.2f%n", f.ratio());
        line(
                out,
                "memory   %6.0f KB per call: %.0f KB of live heap, %.0f KB outside the heap (resident with garbage: %.0f KB)",
                f.liveHeapKilobytesPerCall() + f.outsideHeapKilobytesPerCall(),
                f.liveHeapKilobytesPerCall(),
                f.outsideHeapKilobytesPerCall(),
                f.residentKilobytesPerCall());
        line(out, "garbage  %6.1f bytes of heap per packet in or out", f.allocatedBytesPerPacket());
        flow(out, "to trunk  ", f.browserToTrunk());
        flow(out, "to browser", f.trunkToBrowser());
        line(
                out,
                "           towards the browser %.1f ms of it are the Opus encoder's look-ahead",
                f.opusDelayMillis());
        line(out, "drops    %6d in the gateway's sockets; in the gateway: %s", f.socketDrops(), f.gatewayDrops());
        line(out, "broken   %6d calls", f.brokenCalls());
        Figures.Setups s = f.setups();
        if (s.calls() > 0) {
            line(
                    out,
                    "set-ups  %6.1f per second with %.0f ms of the gateway's CPU each (%d, %d failed); %.0f ms median, %.0f ms p99",
                    s.perSecond(),
                    s.cpuMillisPerCall(),
                    s.calls(),
                    s.failed(),
                    s.medianMillis(),
                    s.p99Millis());
        }
        shares(
                out,
                "shards' processor time",
                f.profile().cpu(),
                Optional.of(f.cpuMillisPerCallSecondByThread().getOrDefault("shards", 0.0)),
                "ms");
        shares(
                out,
                "shards' allocation",
                f.profile().allocation(),
                Optional.of(f.allocatedBytesPerPacket()),
                "bytes per packet");
        shares(out, "allocated most", f.profile().allocationSites(), Optional.empty(), "");
        return out.toString();
    }

    private static void flow(StringBuilder out, String name, Figures.Flow flow) {
        line(
                out,
                "%s: %d packets, %d lost; later by %.1f ms median, %.1f ms p99 (%d marks, %d unheard)",
                name,
                flow.received(),
                flow.lost(),
                flow.delayMedianMillis(),
                flow.delayP99Millis(),
                flow.marks(),
                flow.marksUnheard());
    }

    private static void shares(
            StringBuilder out, String title, Map<String, Double> shares, Optional<Double> whole, String unit) {
        if (shares.isEmpty()) {
            return;
        }
        line(out, "%n%s", title);
        shares.forEach((name, share) -> line(
                out,
                "  %5.1f %%  %s%s",
                share * 100,
                name,
                whole.map(w -> String.format("  (%.2f %s)", w * share, unit)).orElse("")));
    }

    @SuppressWarnings("AnnotateFormatMethod") // The annotation is in a library of the compiler's plugin.
    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(java.util.Locale.ROOT, format, values)).append('\n');
    }
}
