package io.copperline.sip;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a trunk is doing, at one moment.
 *
 * @param registration where the registration stands; with several accounts, where the best of them does
 * @param registeredUntil when the carrier will forget us unless we refresh
 * @param registrationFailure why the last REGISTER failed, of the first account whose did
 * @param health what OPTIONS have said
 * @param roundTrip how long the last answered OPTIONS took, with the quickest server
 * @param probeFailure why the last OPTIONS failed, with the first server that did not answer
 * @param lookupFailure why the carrier's servers could not be looked up last; those known before are used
 * @param servers how many servers of the carrier are known; 0 until they are looked up
 * @param serversDown how many of them do not answer OPTIONS
 * @param activeCalls legs in progress
 * @param accounts where each account that registers stands
 */
public record TrunkState(
        Registration registration,
        Optional<Instant> registeredUntil,
        Optional<TrunkFailure> registrationFailure,
        Health health,
        Optional<Duration> roundTrip,
        Optional<TrunkFailure> probeFailure,
        Optional<TrunkFailure> lookupFailure,
        int servers,
        int serversDown,
        int activeCalls,
        List<AccountState> accounts) {

    public TrunkState {
        accounts = List.copyOf(accounts);
    }

    /** Where one account's registration stands, as the trunk's does. */
    public record AccountState(
            String username, Registration registration, Optional<Instant> until, Optional<TrunkFailure> failure) {}

    /** Where a registration stands. */
    public enum Registration {
        /** The carrier knows our address; there is nothing to register. */
        NOT_NEEDED,
        /** The first REGISTER is on its way. */
        REGISTERING,
        /** The carrier sends calls to us. */
        REGISTERED,
        /** The carrier does not send calls to us; we try again. */
        FAILED,
        /** We have signed off. */
        UNREGISTERED
    }

    /** Whether the carrier answers. */
    public enum Health {
        /** Not asked yet, or not often enough to be sure. */
        UNKNOWN,
        /** Every server answers, as far as is known. */
        UP,
        /** Some servers do not answer, and some do. */
        DEGRADED,
        /** No server answers: calls take another trunk where there is one. */
        DOWN
    }

    /** Whether a call is worth trying: nothing is known to be wrong. */
    public boolean usable() {
        boolean registered = registration == Registration.NOT_NEEDED || registration == Registration.REGISTERED;
        return registered && health != Health.DOWN;
    }
}
