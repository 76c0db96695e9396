package io.copperline.gateway;

import io.copperline.config.CopperlineSettings;
import io.copperline.config.RouteLimits;
import io.copperline.gateway.call.Admission;
import io.copperline.gateway.call.CallDesk;
import io.copperline.gateway.lab.LabCarrier;
import io.copperline.gateway.lab.LabCarrierSettings;
import io.copperline.gateway.media.Media;
import io.copperline.gateway.media.TcpDrop;
import io.copperline.gateway.media.TrunkDrop;
import io.copperline.gateway.ops.Metrics;
import io.copperline.gateway.record.CallRecordStore;
import io.copperline.gateway.web.WebServer;
import io.copperline.gateway.webhook.Outcome;
import io.copperline.gateway.webhook.Webhooks;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipTransport;
import io.copperline.sip.Trunk;
import io.copperline.sip.TrunkSettings;
import io.copperline.sip.stir.Verdict;
import io.copperline.webrtc.Fate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which figure of which room is shown under which name. {@code docs/metrics.md} lists them. */
final class Wiring {
    private Wiring() {}

    static void metrics(
            Metrics metrics,
            CallDesk desk,
            Media media,
            SipEndpoint sip,
            WebServer web,
            CallRecordStore records,
            Optional<LabCarrier> lab) {
        metrics.ledger("calls", desk::count);
        metrics.ledger("bridges", media::bridges);
        metrics.ledger("peers", media::peers);
        metrics.ledger("tcp-connections", media::tcpConnections);
        metrics.ledger("trunk-ports", media::trunkPorts);
        metrics.ledger("sip-legs", sip::openLegs);
        metrics.ledger("sip-transactions", sip::openTransactions);
        metrics.ledger("sip-lingering", sip::lingering);
        metrics.ledger("registrations", sip::registrations);
        lab.ifPresent(carrier -> {
            metrics.ledger("lab-calls", carrier::calls);
            metrics.ledger("lab-sockets", carrier::sockets);
            metrics.drops("lab", () -> byWireName(carrier.drops()));
        });
        for (Fate fate : Fate.values()) {
            metrics.drops("browser", wireName(fate), () -> media.browserDrops().total(fate));
        }
        for (TcpDrop drop : TcpDrop.values()) {
            metrics.drops("browser-tcp", wireName(drop), () -> media.tcpDrops().total(drop));
        }
        for (TrunkDrop drop : TrunkDrop.values()) {
            metrics.drops("trunk", wireName(drop), () -> media.trunkDrops().total(drop));
        }
        metrics.drops("browser", "stranger", media::strangers);
        metrics.drops("sip", () -> byWireName(sip.drops()));
        metrics.drops("web", web::counters);
        metrics.drops("records", "lost", records::dropped);
        for (Verdict.Verstat outcome : Verdict.Verstat.values()) {
            metrics.counter(
                    "copperline.callers",
                    "Calls in on trunks that check who calls",
                    () -> sip.verdicts().get(outcome),
                    "verstat",
                    outcome.word());
        }
        metrics.gauge(
                "copperline.shard.lateness.seconds",
                "How far the slowest media thread is behind with its ticks",
                () -> media.latenessNanos() / 1e9);
        metrics.gauge(
                "copperline.overloaded",
                "Whether new calls are refused by 503 for overload",
                () -> desk.isBusy() ? 1 : 0);
        metrics.counter("copperline.bugs", "Bugs that ended one call each", media::bugs);
        for (Trunk trunk : sip.trunks()) {
            metrics.trunk(trunk.name(), trunk::state);
        }
    }

    static void webhooks(Metrics metrics, Webhooks webhooks) {
        metrics.ledger("webhook-questions", webhooks::open);
        for (Outcome outcome : Outcome.values()) {
            metrics.counter(
                    "copperline.webhook.questions",
                    "Calls in of which a web service was asked where they go",
                    () -> webhooks.count(outcome),
                    "outcome",
                    outcome.wireName());
        }
    }

    static void limits(Metrics metrics, Admission admission, RouteLimits limits, InstantSource clock) {
        for (Admission.Refusals refusals : admission.refusals()) {
            metrics.counter(
                    "copperline.limit.refusals",
                    "Calls that a limit has stopped, or sent on to the next trunk",
                    refusals.count(),
                    "of",
                    refusals.of(),
                    "limit",
                    refusals.limit(),
                    "direction",
                    wireName(refusals.direction()));
        }
        for (String trunk : limits.trunks().keySet()) {
            metrics.gauge(
                    "copperline.trunk.minutes.today",
                    "What calls out by the trunk have talked since midnight",
                    () -> admission.minutesToday(trunk, clock.instant()),
                    "trunk",
                    trunk);
            metrics.gauge(
                    "copperline.trunk.channels.used",
                    "Channels of the trunk that calls have, in and out together",
                    () -> admission.channels(trunk),
                    "trunk",
                    trunk);
        }
        limits.channels()
                .forEach((trunk, most) -> metrics.gauge(
                        "copperline.trunk.channels.limit", "Channels that the trunk has", () -> most, "trunk", trunk));
    }

    static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, Long> byWireName(Map<? extends Enum<?>, Long> counts) {
        return counts.entrySet().stream().collect(Collectors.toMap(e -> wireName(e.getKey()), Map.Entry::getValue));
    }

    /** The lab listens where the trunk named {@code lab} points, and calls the gateway back where that listens. */
    static LabCarrierSettings labSettings(CopperlineSettings settings, SipEndpoint sip) {
        TrunkSettings trunk = sip.trunk("lab").settings();
        InetAddress bound = InetAddress.ofLiteral(settings.sip().bindAddress());
        return LabCarrierSettings.of(
                new InetSocketAddress(InetAddress.ofLiteral(trunk.host()), trunk.effectivePort()),
                bound.isAnyLocalAddress() ? trunk.host() : settings.sip().bindAddress(),
                sip.udpPort(),
                SipTransport.UDP);
    }
}
