package io.copperline.sip.location;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place on the earth, as in {@code geo:38.8977,-77.0365;u=20} (RFC 5870).
 *
 * @param latitude in degrees (WGS 84), north of the equator
 * @param longitude in degrees, east of Greenwich
 * @param altitude in metres above the ellipsoid
 * @param uncertainty in metres: how far off it may be
 */
public record GeoUri(
        BigDecimal latitude, BigDecimal longitude, Optional<BigDecimal> altitude, Optional<BigDecimal> uncertainty)
        implements CallerLocation {
    private static final String NUMBER = "-?\\d{1,9}(?:\\.\\d{1,20})?";
    /** RFC 5870 section 3.3; {@code crs} comes first, and further parameters say nothing to us. */
    private static final Pattern SYNTAX = Pattern.compile(
            "geo:(" + NUMBER + "),(" + NUMBER + ")(?:,(" + NUMBER
                    + "))?(?:;crs=wgs84)?(?:;u=(\\d{1,9}(?:\\.\\d{1,20})?))?(?:;(?!crs=|u=)[-a-z0-9]{1,32}(?:=[-a-z0-9.%_~]{1,64})?){0,8}");

    private static final BigDecimal RIGHT_ANGLE = BigDecimal.valueOf(90);
    private static final BigDecimal HALF_TURN = BigDecimal.valueOf(180);

    /** Reads one; empty for anything else, another reference system among it. */
    public static Optional<GeoUri> parse(String text) {
        Matcher found = SYNTAX.matcher(text.toLowerCase(Locale.ROOT));
        if (!found.matches()) {
            return Optional.empty();
        }
        GeoUri place = new GeoUri(
                new BigDecimal(found.group(1)),
                new BigDecimal(found.group(2)),
                Optional.ofNullable(found.group(3)).map(BigDecimal::new),
                Optional.ofNullable(found.group(4)).map(BigDecimal::new));
        boolean onEarth = place.latitude.abs().compareTo(RIGHT_ANGLE) <= 0
                && place.longitude.abs().compareTo(HALF_TURN) <= 0;
        return onEarth ? Optional.of(place) : Optional.empty();
    }

    @Override
    public String toString() {
        return "GeoUri[]";
    }
}
