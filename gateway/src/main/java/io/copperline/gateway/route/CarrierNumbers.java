package io.copperline.gateway.route;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Numbers as each trunk's carrier writes them: without a country code they are of its own country. Immutable. */
public final class CarrierNumbers {
    private final Numbers ours;
    private final Map<String, Numbers> byTrunk;

    /**
     * @param ours of the region in which people dial
     * @param regions of trunks whose carriers are at home in another, by the trunks' names
     */
    public CarrierNumbers(Numbers ours, Map<String, String> regions) {
        this.ours = ours;
        byTrunk = regions.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, trunk -> new Numbers(trunk.getValue())));
    }

    /** As people dial here. */
    public Numbers ours() {
        return ours;
    }

    /** Reads what this trunk's carrier writes. */
    public Function<String, Optional<PhoneNumber>> of(String trunk) {
        return byTrunk.getOrDefault(trunk, ours)::carrier;
    }
}
