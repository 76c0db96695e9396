package io.copperline.config;

import io.copperline.sip.location.CallerLocation;
import io.copperline.sip.location.CivicAddress;
import io.copperline.sip.location.CivicElement;
import io.copperline.sip.location.GeoUri;
import io.copperline.sip.location.LocationUri;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of {@code routes.emergency}. */
final class EmergencyKeys {
    private static final Key<String> NUMBERS = Key.list(
            "numbers",
            RouteTypes.SHORT_NUMBER,
            "[]",
            "[933]",
            "Emergency numbers beside those of region, as they are dialled.");
    private static final Key<String> TRUNKS = Key.list(
            "trunks",
            Types.TEXT,
            "[]",
            "[carrier]",
            "The trunks that take emergency calls, best first. None: whoever makes one is told that it is impossible.");
    private static final Key<CallerLocation> LOCATION = Key.open(
            "location",
            Type.of(
                    "a place such as geo:38.8977,-77.0365;u=20, or an https:, sips: or sip: URI",
                    EmergencyKeys::location),
            "geo:38.8977,-77.0365;u=20",
            "Where emergency calls come from, for trunks with emergency-location: a place, with u the metres that it may be off"
                    + " (RFC 5870), or where the carrier may fetch it. Where a page says where its user is, that counts.");

    private static final Map<CivicElement, Key<String>> PARTS = parts();

    private static final Section ADDRESS = new Section(
            "address",
            Section.Shape.ONCE,
            "The same as an address (RFC 5139), in place of location.",
            List.copyOf(PARTS.values()));
    static final Section TABLE = Section.of(
            "emergency",
            "Calls to 112, 911 and their kin. No limit, no token and no barring stops them.",
            NUMBERS,
            TRUNKS,
            LOCATION,
            ADDRESS);

    private EmergencyKeys() {}

    private static CallerLocation location(String text) throws Mismatch {
        Optional<CallerLocation> found = GeoUri.parse(text).map(place -> place);
        return found.or(() -> LocationUri.parse(text)).orElseThrow(Mismatch::new);
    }

    private static Map<CivicElement, Key<String>> parts() {
        Map<CivicElement, Key<String>> keys = new EnumMap<>(CivicElement.class);
        for (CivicElement part : CivicElement.values()) {
            keys.put(
                    part,
                    switch (part) {
                        case COUNTRY -> part("country", Types.REGION, "US", "The country, by two letters.");
                        case STATE -> part("state", Types.TEXT, "DC", "The state, province or land.");
                        case COUNTY -> part("county", Types.TEXT, "Kings County", "The county or district.");
                        case CITY -> part("city", Types.TEXT, "Washington", "The city or town.");
                        case CITY_DISTRICT -> part("city-district", Types.TEXT, "Georgetown", "The part of the city.");
                        case LEADING_DIRECTION ->
                            part("leading-direction", Types.TEXT, "N", "Before the street's name.");
                        case STREET -> part("street", Types.TEXT, "Pennsylvania", "The street's name.");
                        case STREET_SUFFIX ->
                            part("street-suffix", Types.TEXT, "Avenue", "Its kind, where it is told apart.");
                        case TRAILING_DIRECTION ->
                            part("trailing-direction", Types.TEXT, "NW", "After the street's name.");
                        case HOUSE_NUMBER -> part("house-number", Types.TEXT, "1600", "The number alone.");
                        case HOUSE_NUMBER_SUFFIX ->
                            part("house-number-suffix", Types.TEXT, "A", "What follows the number.");
                        case ADDITIONAL ->
                            part("additional", Types.TEXT, "rear entrance", "Whatever else helps to find it.");
                        case FLOOR -> part("floor", Types.TEXT, "2", "The floor.");
                        case NAME -> part("name", Types.TEXT, "Example Ltd", "Who lives or works there.");
                        case POSTAL_CODE -> part("postal-code", Types.TEXT, "20500", "The postal code.");
                        case BUILDING -> part("building", Types.TEXT, "West Wing", "The building.");
                        case UNIT -> part("unit", Types.TEXT, "Suite 3", "The flat or suite.");
                        case ROOM -> part("room", Types.TEXT, "201", "The room.");
                    });
        }
        return keys;
    }

    private static Key<String> part(String name, Type<String> type, String example, String doc) {
        return Key.open(name, type, example, doc);
    }

    /** @param trunks the names of all */
    static EmergencySettings read(Fields section, Set<String> trunks) {
        List<String> chosen = section.many(TRUNKS);
        chosen.forEach(trunk -> TrunkNames.check(section, TRUNKS, trunk, trunks));
        Optional<CallerLocation> place = section.maybe(LOCATION);
        Optional<CallerLocation> address = address(section.section(ADDRESS));
        if (section.has(LOCATION) && section.has(ADDRESS)) {
            section.problem(LOCATION, "either a location or an address", "both", "remove one of them");
        }
        return new EmergencySettings(section.many(NUMBERS), chosen, place.or(() -> address));
    }

    private static Optional<CallerLocation> address(Fields section) {
        Map<CivicElement, String> parts = new EnumMap<>(CivicElement.class);
        PARTS.forEach((part, key) -> section.maybe(key).ifPresent(text -> parts.put(part, text)));
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        section.needs(PARTS.get(CivicElement.COUNTRY)); // RFC 5139 section 3.1: without it the other parts mean nothing
        return Optional.of(new CivicAddress(parts));
    }
}
