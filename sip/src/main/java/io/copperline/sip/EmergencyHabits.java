package io.copperline.sip;

/**
 * How a carrier takes calls for help.
 *
 * @param service whether they go to {@code urn:service:sos} (RFC 5031) rather than to the number that was dialled
 * @param location whether they say where the caller is (RFC 6442)
 */
public record EmergencyHabits(boolean service, boolean location) {
    /** What a trunk has unless its operator says otherwise. */
    public static final EmergencyHabits USUAL = new EmergencyHabits(false, false);
}
