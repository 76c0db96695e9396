package io.copperline.gateway.route;

import io.copperline.config.CopperlineSettings;
import io.copperline.sip.TrunkSettings;
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

    /** Those of a file's trunks. */
    public static CarrierNumbers of(CopperlineSettings settings) {
        Map<String, String> regions = settings.trunks().stream()
                .filter(trunk -> trunk.identity().region().isPresent())
                .collect(Collectors.toMap(
                        TrunkSettings::name, trunk -> trunk.identity().region().get()));
        return new CarrierNumbers(new Numbers(settings.region()), regions);
    }

    /** As people dial here. */
    public Numbers ours() {
        return ours;
    }

    /** Reads what this trunk's carrier writes. */
    public Function<String, Optional<PhoneNumber>> of(String trunk) {
        return byTrunk.getOrDefault(trunk, ours)::carrier;
    }

    /** What a trunk's carrier has written as we show it: in E.164 where it is a number. */
    public String shown(String written, String trunk) {
        return of(trunk).apply(written).map(PhoneNumber::e164).orElse(written);
    }
}
