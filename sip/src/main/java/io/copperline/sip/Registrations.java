package io.copperline.sip;

import io.copperline.sip.wire.Response;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The registrations of a trunk's accounts, each on its own. Owned by the trunk's executor; where they stand is read from anywhere. */
final class Registrations {
    /** From the best for calls to the worst. */
    private static final List<TrunkState.Registration> BEST_FIRST = List.of(
            TrunkState.Registration.REGISTERED,
            TrunkState.Registration.REGISTERING,
            TrunkState.Registration.FAILED,
            TrunkState.Registration.UNREGISTERED,
            TrunkState.Registration.NOT_NEEDED);

    private final List<Registration> all;

    Registrations(List<Registration> all) {
        this.all = all;
    }

    void onTime() {
        all.forEach(Registration::onTime);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Who hears of each 200. */
    void onRegistered(Consumer<Response> who) {
        all.forEach(one -> one.onRegistered(who));
    }

    /** Registers all anew without waiting. */
    void again() {
        all.forEach(Registration::again);
    }

    /** The connection to there has ended. */
    void onConnectionEnded(InetSocketAddress peer, SipTransport transport) {
        all.forEach(one -> one.onConnectionEnded(peer, transport));
    }

    /** Signs all off; {@code done} runs when the carrier has answered each. */
    void leave(Runnable done) {
        leave(0, done);
    }

    private void leave(int from, Runnable done) {
        if (from == all.size()) {
            done.run();
        } else {
            all.get(from).leave(() -> leave(from + 1, done));
        }
    }

    /** Where the best of them stands, with the failure of the first that fails. */
    Registration.Standing standing() {
        List<Registration.Standing> standings =
                all.stream().map(Registration::standing).toList();
        Optional<TrunkFailure> failure =
                standings.stream().flatMap(one -> one.failure().stream()).findFirst();
        return standings.stream()
                .min(Comparator.comparingInt(one -> BEST_FIRST.indexOf(one.registration())))
                .map(best -> new Registration.Standing(best.registration(), best.until(), failure))
                .orElse(new Registration.Standing(
                        TrunkState.Registration.NOT_NEEDED, Optional.empty(), Optional.empty()));
    }

    List<TrunkState.AccountState> accounts() {
        return all.stream().map(Registration::state).toList();
    }
}
