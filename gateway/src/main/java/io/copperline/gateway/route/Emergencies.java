package io.copperline.gateway.route;

import com.google.i18n.phonenumbers.ShortNumberInfo;
import io.copperline.config.EmergencySettings;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which numbers bring help: those of the region, and those that the operator names. Immutable. */
final class Emergencies {
    private static final Pattern SHORT = Pattern.compile("[0-9]{2,8}");
    private static final Pattern BETWEEN = Pattern.compile("[ ().-]");

    private final EmergencySettings settings;
    private final String region;

    Emergencies(EmergencySettings settings, String region) {
        this.settings = settings;
        this.region = region;
    }

    /** @param written as a person dials it */
    Optional<EmergencyCall> of(String written) {
        if (written.length() > 2 * 8) {
            return Optional.empty();
        }
        String digits = BETWEEN.matcher(written).replaceAll("");
        if (!SHORT.matcher(digits).matches()) {
            return Optional.empty();
        }
        boolean helps = settings.numbers().contains(digits)
                || ShortNumberInfo.getInstance().isEmergencyNumber(digits, region);
        return helps
                ? Optional.of(new EmergencyCall(digits, settings.trunks(), settings.location()))
                : Optional.empty();
    }
}
