package io.copperline.gateway;

import io.copperline.gateway.call.CallDesk;
import io.copperline.gateway.media.Media;
import io.copperline.gateway.media.TrunkDrop;
import io.copperline.gateway.ops.Metrics;
import io.copperline.gateway.record.CallRecordStore;
import io.copperline.gateway.web.WebServer;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.Trunk;
import io.copperline.webrtc.Fate;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Which figure of which room is shown under which name. {@code docs/metrics.md} lists them. */
final class Wiring {
    private Wiring() {}

    static void metrics(
            Metrics metrics, CallDesk desk, Media media, SipEndpoint sip, WebServer web, CallRecordStore records) {
        metrics.ledger("calls", desk::count);
        metrics.ledger("bridges", media::bridges);
        metrics.ledger("peers", media::peers);
        metrics.ledger("trunk-ports", media::trunkPorts);
        metrics.ledger("sip-legs", sip::openLegs);
        for (Fate fate : Fate.values()) {
            metrics.drops("browser", wireName(fate), () -> media.browserDrops().total(fate));
        }
        for (TrunkDrop drop : TrunkDrop.values()) {
            metrics.drops("trunk", wireName(drop), () -> media.trunkDrops().total(drop));
        }
        metrics.drops("browser", "stranger", media::strangers);
        metrics.drops(
                "sip",
                () -> sip.drops().entrySet().stream()
                        .collect(Collectors.toMap(e -> wireName(e.getKey()), Map.Entry::getValue)));
        metrics.drops("web", web::counters);
        metrics.drops("records", "lost", records::dropped);
        metrics.counter("copperline.bugs", "Bugs that ended one call each", media::bugs);
        for (Trunk trunk : sip.trunks()) {
            metrics.trunk(trunk.name(), trunk::state);
        }
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
