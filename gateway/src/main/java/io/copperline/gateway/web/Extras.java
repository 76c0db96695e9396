package io.copperline.gateway.web;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the web side serves and does not know itself. The suppliers may block: each is called on a thread of
 * its own.
 *
 * @param metrics the text of {@code /metrics}, in the Prometheus format
 * @param live whether the process works at all
 * @param notReady what keeps the gateway from taking calls, in words for the operator; empty when it is ready
 * @param nowNanos monotonic time, by which silence is measured: the time of day may jump
 * @param trunks what operators may ask about trunks
 * @param labTokens tokens of the lab's users; only in the lab
 */
public record Extras(
        Supplier<String> metrics,
        BooleanSupplier live,
        Supplier<List<String>> notReady,
        LongSupplier nowNanos,
        TrunkInspection trunks,
        Optional<LabTokens> labTokens) {}
