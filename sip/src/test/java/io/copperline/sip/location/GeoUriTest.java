package io.copperline.sip.location;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeoUriTest {
    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    /** RFC 5870 sections 6.1 and 6.2 have the first two. */
    @Test
    void readsPlaces() {
        assertEquals(
                new GeoUri(number("13.4125"), number("103.8667"), Optional.empty(), Optional.empty()),
                GeoUri.parse("geo:13.4125,103.8667").orElseThrow());
        assertEquals(
                new GeoUri(number("48.2010"), number("16.3695"), Optional.of(number("183")), Optional.empty()),
                GeoUri.parse("geo:48.2010,16.3695,183").orElseThrow());
        assertEquals(
                new GeoUri(number("-90"), number("0.5"), Optional.empty(), Optional.of(number("12.5"))),
                GeoUri.parse("GEO:-90,0.5;crs=WGS84;u=12.5;x=y;flag").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "geo:",
                "geo:1",
                "1,2",
                "geo:91,0",
                "geo:0,180.5",
                "geo:1,2;crs=moon",
                "geo:1,2;u=-1",
                "geo:1,2;u=x",
                "geo:1e5,2",
                "geo:1,2,3,4",
                "geo: 1,2",
                "geo:1,2\r\nX: y",
                "geo:1234567890,2",
                "geo:NaN,2",
                "https://a.example"
            })
    void readsNothingElse(String text) {
        assertEquals(Optional.empty(), GeoUri.parse(text));
    }

    @Test
    void isNobodysToReadInALog() {
        assertTrue(GeoUri.parse("geo:13.4125,103.8667").stream()
                .noneMatch(place -> place.toString().contains("13")));
        assertEquals(
                "LocationUri[https]",
                LocationUri.parse("https://a.example/alice").orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://a.example",
                "a",
                "https://a.example/<x>",
                "https://a.example/ b",
                "geo:1,2",
                "mailto:a@b"
            })
    void whatCannotBeFetchedIsNoReference(String text) {
        assertEquals(Optional.empty(), LocationUri.parse(text));
    }
}
