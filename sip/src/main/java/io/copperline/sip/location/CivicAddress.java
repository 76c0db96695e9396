package io.copperline.sip.location;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** An address as people write it on letters, part by part (RFC 5139). */
public record CivicAddress(Map<CivicElement, String> parts) implements CallerLocation {
    /** @param parts in whatever order; with a country at least */
    public CivicAddress {
        parts = Collections.unmodifiableMap(new EnumMap<>(parts));
    }

    @Override
    public String toString() {
        return "CivicAddress[]";
    }
}
