package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Emergency calls say where their caller is, to carriers that take it. */
class EmergencyIT {
    @RegisterExtension
    static final Stage STAGE = new Stage(Family.IPV4, "ice: full").configuredBy("/it/carriers.yaml");

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor();

    @AfterAll
    static void stop() {
        CLOCK.shutdownNow();
    }

    private static Sipp answers(String host, String scenario, TrunkWire wire, String place) {
        Carrier carrier = STAGE.carrier().at(host).byTcp();
        Sipp sipp = Sipp.answers(STAGE.directory(), carrier, scenario, "wire", "" + wire.port(), "place", place);
        carrier.awaitListening();
        return sipp;
    }

    private static void talks(HttpCall call, Sipp sipp, TrunkWire wire) {
        call.awaitState("answered");
        Await.until("audio comes", () -> !wire.packets().isEmpty());
        call.hangUp();
        sipp.succeeds();
    }

    @Test
    void theServiceIsToldWhereThePageSaysItIs() {
        try (TrunkWire wire = TrunkWire.open(CLOCK);
                Sipp sipp = answers(
                        "127.0.0.14", "insists-on-where-the-caller-is", wire, "<gml:pos>38.5 -77.25</gml:pos>");
                HttpCall call = HttpCall.placeFrom(STAGE.gateway(), "911", "geo:38.5,-77.25;u=20")) {
            talks(call, sipp, wire);
            assertTrue(sipp.messages().contains("gs:radius"), sipp::messages);
        }
        assertFalse(
                STAGE.gateway().log().stream().anyMatch(line -> line.contains("38.5")),
                "where somebody is stands in no log");
    }

    @Test
    void orWhereTheOperatorSaysCallsComeFrom() {
        try (TrunkWire wire = TrunkWire.open(CLOCK);
                Sipp sipp = answers(
                        "127.0.0.14",
                        "insists-on-where-the-caller-is",
                        wire,
                        "<ca:A3>Washington</ca:A3><ca:RD>Pennsylvania</ca:RD>");
                HttpCall call = HttpCall.place(STAGE.gateway(), "911")) {
            talks(call, sipp, wire);
        }
    }

    @Test
    void aCarrierThatTakesNoLocationGetsTheCallWithoutIt() {
        try (TrunkWire wire = TrunkWire.open(CLOCK);
                Sipp sipp = answers("127.0.0.15", "takes-no-location", wire, "");
                HttpCall call = HttpCall.placeFrom(STAGE.gateway(), "911", "geo:38.5,-77.25")) {
            talks(call, sipp, wire);
        }
        assertTrue(
                STAGE.gateway().log().stream()
                        .anyMatch(line -> line.contains("Trunk help-by-number takes no location")),
                STAGE.gateway()::lastOfLog);
    }
}
