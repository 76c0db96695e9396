package io.copperline.config;

import io.copperline.sip.EmergencyHabits;

/** The keys of a trunk that say how its carrier takes calls for help. */
final class TrunkEmergencyKeys {
    /** To what emergency calls go. */
    enum Target {
        NUMBER,
        SERVICE
    }

    static final Key<Target> TARGET = Key.of(
            "emergency-target",
            Types.oneOf(Target.class),
            "number",
            "To what emergency calls go: the number that was dialled, or urn:service:sos (RFC 5031).");
    static final Key<Boolean> LOCATION = Key.of(
            "emergency-location",
            Types.YES_OR_NO,
            "false",
            "Whether emergency calls say where the caller is (RFC 6442), where it is known.");

    private TrunkEmergencyKeys() {}

    static EmergencyHabits read(Fields trunk) {
        return new EmergencyHabits(trunk.one(TARGET) == Target.SERVICE, trunk.one(LOCATION));
    }
}
