package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.location.CallerLocation;
import io.copperline.sip.location.GeoUri;
import io.copperline.sip.location.LocationUri;
import io.copperline.sip.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A call for help says where it is from, to carriers that take that. */
class EmergencyInviteTest {
    private static final Instant NOW = Instant.parse("2026-11-27T16:00:00Z");
    private static final CallerLocation PLACE =
            GeoUri.parse("geo:38.8977,-77.0365;u=20").orElseThrow();

    private final Bench bench = new Bench();

    private Request invite(Optional<CallerLocation> location) {
        bench.call(new OutgoingCall("911", "+12025550150", Optional.of("Alice")).forHelp(new Emergency(location, NOW)));
        return bench.wire.last().request;
    }

    private void habits(boolean service, boolean location) {
        bench.settings = bench.settings
                .but()
                .emergency(new EmergencyHabits(service, location))
                .build();
    }

    private static String header(Request invite, String name) {
        return invite.headers().first(name).orElse("");
    }

    @Test
    void theNumberGoesAsItIsDialledWithoutTechPrefix() {
        bench.identity(new TrunkIdentity(TrunkIdentity.From.AUTO, Optional.empty(), List.of(), true, "99#", false));
        assertTrue(invite(Optional.empty()).uri().startsWith("sip:911@"));
    }

    @Test
    void itGoesToTheServiceWhereTheCarrierWantsThat() {
        habits(true, false);
        Request invite = invite(Optional.empty());
        assertEquals("urn:service:sos", invite.uri());
        assertEquals("<urn:service:sos>", header(invite, "To"));
    }

    @Test
    void nobodyIsToldWhereTheCallerIsUnlessTheTrunkSaysSo() {
        Request invite = invite(Optional.of(PLACE));
        assertEquals("", header(invite, "Geolocation"));
        assertEquals("application/sdp", header(invite, "Content-Type"));
    }

    @Test
    void thePlaceIsBesideTheOffer() {
        habits(false, true);
        Request invite = invite(Optional.of(PLACE));
        String content = header(invite, "Geolocation").replaceAll("^<cid:|>$", "");
        assertTrue(content.endsWith("@198.51.100.1"), content);
        assertEquals("yes", header(invite, "Geolocation-Routing"));
        String document = invite.body("application/pidf+xml").orElseThrow();
        assertTrue(document.contains("entity=\"sip:+12025550150@"), document);
        assertTrue(document.contains("<gml:pos>38.8977 -77.0365</gml:pos>"), document);
        assertTrue(document.contains("<dm:timestamp>2026-11-27T16:00:00Z</dm:timestamp>"), document);
        assertTrue(invite.body().contains("Content-ID: <" + content + ">\r\n"));
        assertTrue(invite.body("application/sdp").orElseThrow().startsWith("v=0\r\n"));
    }

    @Test
    void whereItCanBeFetchedIsInTheHeaderAlone() {
        habits(false, true);
        Request invite =
                invite(LocationUri.parse("https://lis.example.com/a?b=c").map(uri -> uri));
        assertEquals("<https://lis.example.com/a?b=c>", header(invite, "Geolocation"));
        assertEquals("application/sdp", header(invite, "Content-Type"));
    }

    @Test
    void aCarrierThatCannotReadItGetsTheCallWithoutIt() {
        for (int refusal : new int[] {415, 424}) {
            habits(false, true);
            Request first = invite(Optional.of(PLACE));
            bench.wire.last().listener.onResponse(bench.wire.last().response(refusal, "far"));
            Request second = bench.wire.last().request;
            assertTrue(second.is("INVITE") && second.cseq() == first.cseq() + 1, second::toString);
            assertEquals("application/sdp", header(second, "Content-Type"));
            assertFalse(second.headers().first("Geolocation").isPresent());
            bench.wire.last().listener.onResponse(bench.wire.last().response(refusal, "far"));
            assertEquals(1, bench.events.count("ended REMOTE REJECTED " + refusal));
        }
    }
}
