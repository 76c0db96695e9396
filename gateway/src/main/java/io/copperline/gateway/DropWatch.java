package io.copperline.gateway;

import io.copperline.gateway.media.Media;
import io.copperline.gateway.media.TcpDrop;
import io.copperline.gateway.media.TrunkDrop;
import io.copperline.webrtc.Fate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log once a minute what the media doors have dropped since, if anything: never a line per packet. */
final class DropWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DropWatch.class);

    private final Media media;
    private Map<String, Long> before = new LinkedHashMap<>();

    DropWatch(Media media) {
        this.media = media;
    }

    @Override
    public void run() {
        Map<String, Long> now = totals();
        StringBuilder text = new StringBuilder();
        now.forEach((reason, total) -> {
            long since = total - before.getOrDefault(reason, 0L);
            if (since > 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(reason)
                        .append(' ')
                        .append(since);
            }
        });
        before = now;
        if (!text.isEmpty()) {
            LOG.info("Media packets dropped in the last minute: {}", text);
        }
    }

    private Map<String, Long> totals() {
        Map<String, Long> totals = new LinkedHashMap<>();
        for (Fate fate : Fate.values()) {
            totals.put("browser " + Wiring.wireName(fate), media.browserDrops().total(fate));
        }
        totals.put("browser stranger", media.strangers());
        for (TcpDrop drop : TcpDrop.values()) {
            totals.put("browser-tcp " + Wiring.wireName(drop), media.tcpDrops().total(drop));
        }
        for (TrunkDrop drop : TrunkDrop.values()) {
            totals.put("trunk " + Wiring.wireName(drop), media.trunkDrops().total(drop));
        }
        return totals;
    }
}
