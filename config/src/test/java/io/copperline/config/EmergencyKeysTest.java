package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.sip.EmergencyHabits;
import io.copperline.sip.location.CallerLocation;
import io.copperline.sip.location.CivicAddress;
import io.copperline.sip.location.CivicElement;
import io.copperline.sip.location.GeoUri;
import io.copperline.sip.location.LocationUri;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmergencyKeysTest {
    @TempDir
    Path directory;

    private static String text(String emergency) {
        return ConfigFixture.good("trunks: {a: {server: a.example}}\nroutes: {emergency: {" + emergency + "}}\n");
    }

    private Optional<CallerLocation> location(String emergency) {
        return new ConfigFixture(directory)
                .read(text(emergency))
                .routes()
                .emergency()
                .location();
    }

    private List<String> problems(String emergency) {
        return new ConfigFixture(directory).problems(text(emergency));
    }

    @Test
    void callsComeFromAPlaceOrAnAddressOrWhereItCanBeFetched() {
        assertEquals(Optional.empty(), location(""));
        assertEquals(
                GeoUri.parse("geo:38.8977,-77.0365;u=20").map(place -> place),
                location("location: 'geo:38.8977,-77.0365;u=20'"));
        assertEquals(
                LocationUri.parse("https://lis.example.com/office").map(uri -> uri),
                location("location: 'https://lis.example.com/office'"));
        assertEquals(
                Optional.of(new CivicAddress(Map.of(
                        CivicElement.COUNTRY, "DE", CivicElement.CITY, "Berlin", CivicElement.HOUSE_NUMBER, "7"))),
                location("address: {country: DE, city: Berlin, house-number: 7}"));
    }

    @Test
    void whatIsNoLocationIsTold() {
        assertEquals(
                List.of(
                        "copperline.yaml:5: routes.emergency.location: expected a place such as geo:38.8977,-77.0365;u=20, or"
                                + " an https:, sips: or sip: URI, found geo:95,2. Fix: write for instance location:"
                                + " geo:38.8977,-77.0365;u=20."),
                problems("location: 'geo:95,2'"));
        assertEquals(
                List.of("copperline.yaml:5: routes.emergency.address.country: expected a region of two capital letters"
                        + " (ISO 3166-1), found nothing. Fix: add country: US."),
                problems("address: {city: Berlin}"));
        assertEquals(
                List.of(
                        "copperline.yaml:5: routes.emergency.location: expected either a location or an address, found both."
                                + " Fix: remove one of them."),
                problems("location: 'geo:1,2', address: {country: DE}"));
    }

    @Test
    void aTrunkSaysHowItsCarrierTakesThem() {
        String trunk = "trunks: {a: {server: a.example, emergency-target: service, emergency-location: true}}\n";
        assertEquals(
                new EmergencyHabits(true, true),
                new ConfigFixture(directory)
                        .read(ConfigFixture.good(trunk))
                        .trunks()
                        .getFirst()
                        .emergency());
    }
}
