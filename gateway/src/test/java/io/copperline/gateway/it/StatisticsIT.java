package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a real browser's own statistics know of us, by our reports (RFC 3550, W3C webrtc-stats). */
class StatisticsIT {
    /** Chromium reports every 5 s on average, and knows a round trip with our next report after its own. */
    private static final Duration REPORTS = Duration.ofSeconds(20);

    private static final String STATISTICS = """
            async () => {
              const all = [...(await copperlinePhone.call.peerConnection.getStats()).values()];
              const found = (type) => all.find((s) => s.type === type && s.kind === 'audio');
              const heard = found('remote-inbound-rtp');
              const told = found('remote-outbound-rtp');
              return {
                roundTripTime: heard?.roundTripTime,
                measurements: heard?.roundTripTimeMeasurements,
                fractionLost: heard?.fractionLost,
                packetsLost: heard?.packetsLost,
                jitter: heard?.jitter,
                packetsSent: told?.packetsSent,
                bytesSent: told?.bytesSent,
                reportsSent: told?.reportsSent,
                remoteTimestamp: told?.remoteTimestamp,
                packetsReceived: found('inbound-rtp')?.packetsReceived,
                browserMos: (await copperlinePhone.call.quality()).legs.browser?.mos,
                trunkMos: (await copperlinePhone.call.quality()).legs.trunk?.mos,
              };
            }""";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void chromiumKnowsRoundTripAndLossOfItsStreamAndWhatWeSent() {
        Tab tab = STAGE.phone("alice");
        tab.call("+12025550100");
        tab.untilState("Talking");
        double beganMillis = System.currentTimeMillis();
        until(tab, "reportsSent");
        Map<String, Object> first = statistics(tab);
        // Our first sender report goes out long before the 5 s that are allowed, by our clock, which it tells.
        double afterMillis = number(first, "remoteTimestamp") - beganMillis;
        assertTrue(
                afterMillis > -5_000 && afterMillis < 4_000 * number(first, "reportsSent"),
                () -> "reported " + afterMillis + " ms after the beginning: " + first);
        until(tab, "measurements");
        // Were the time between its report and ours not taken off, it would be seconds.
        Map<String, Object> known =
                awaitStatistics(tab, "a round trip of a loopback", s -> number(s, "roundTripTime") < 1);
        assertTrue(number(known, "roundTripTime") >= 0, known::toString);
        assertEquals(0, number(known, "fractionLost"));
        assertEquals(0, number(known, "packetsLost"));
        assertTrue(number(known, "jitter") < 0.5);
        assertTrue(number(known, "packetsSent") > 0);
        assertTrue(number(known, "bytesSent") > number(known, "packetsSent"));
        assertTrue(number(known, "packetsReceived") >= number(known, "packetsSent"));
        double behindMillis = System.currentTimeMillis() - number(known, "remoteTimestamp");
        assertTrue(behindMillis > -1_000, () -> "our clock is ahead by " + -behindMillis + " ms");
        tab.page().click("#hangup");
        tab.untilState("Call ended");
    }

    @Test
    void bothLegsAreRatedForThePageTheApiTheRecordAndTheMetrics() {
        Tab tab = STAGE.phone("alice");
        tab.call("+12025550102"); // Speaks, so that sound comes from both sides.
        tab.untilState("Talking");
        until(tab, "trunkMos");
        until(tab, "browserMos");
        // How good it is depends on how busy this machine is; a loopback is not bad for long.
        awaitStatistics(
                tab, "ratings of a loopback", s -> number(s, "trunkMos") > 2.5 && number(s, "browserMos") > 2.5);
        tab.until("document.querySelector('#quality').textContent.includes(' line')");
        tab.until("document.querySelector('#quality').title.includes('phone side')");
        tab.page().click("#hangup");
        tab.untilState("Call ended");
        for (String leg : List.of("browser", "trunk")) {
            String series = "copperline_call_mos_count{leg=\"" + leg + "\"}";
            Await.until(
                    "the call is rated in the metrics", () -> STAGE.gateway().metric(series) > 0);
        }
    }

    @Test
    void aPageThatTakesNoMoreThan10MillisecondsGetsTwiceAsManyPackets() {
        try (OtherPage page = new OtherPage(STAGE.gateway().ports())) {
            Tab tab = STAGE.chrome().tab(page.uri());
            Map<String, Object> offer = Map.of("replace", "a=rtcp-mux", "by", "a=rtcp-mux\r\na=maxptime:10");
            FarCall far = OtherPage.talk(STAGE, tab, offer);
            double before = packetsReceived(tab);
            tab.startRecording("call.stream");
            Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(Duration.ofSeconds(4)));
            assertTrue(packetsReceived(tab) - before > 4 * 80, () -> packetsReceived(tab) + " packets after " + before);
            far.hangUp();
            tab.until("call.events.some((event) => event.name === 'ended')");
        }
    }

    private static double packetsReceived(Tab tab) {
        return Await.value(
                        "packets in the browser's statistics",
                        Await.USUAL,
                        () -> Optional.ofNullable(
                                (Number) tab.run("async () => [...(await call.peer.getStats()).values()]"
                                        + ".find(({ type }) => type === 'inbound-rtp')?.packetsReceived")))
                .doubleValue();
    }

    private static void until(Tab tab, String figure) {
        awaitStatistics(
                tab,
                figure + " in the browser's statistics",
                s -> s.get(figure) instanceof Number n && n.doubleValue() > 0);
    }

    private static Map<String, Object> awaitStatistics(Tab tab, String what, Predicate<Map<String, Object>> wanted) {
        return Await.value(what, REPORTS, () -> Optional.of(statistics(tab)).filter(wanted));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> statistics(Tab tab) {
        return (Map<String, Object>) tab.run(STATISTICS);
    }

    private static double number(Map<String, Object> known, String figure) {
        return ((Number) known.get(figure)).doubleValue();
    }
}
