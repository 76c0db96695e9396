package io.copperline.gateway.call;

import io.copperline.gateway.call.CallRefused.Code;
import io.copperline.gateway.route.Asked;
import io.copperline.gateway.route.PhoneNumber;
import io.copperline.gateway.route.RouteMatch;
import io.copperline.sip.Destination;
import io.copperline.sip.Onward;
import io.copperline.sip.Redirects;
import io.copperline.sip.Referral;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Where a call of this user may go on to when the carrier sends it there. A number is barred, and routed, as if the user had dialled
 * it: otherwise whoever can redirect a call could spend the operator's money. Immutable.
 *
 * @param caller who calls then, in E.164; empty where there is no number
 * @param limits those of the token by which the call was made
 */
record Onwards(
        CallPlanner planner,
        TrunkLines trunks,
        Admission admission,
        String user,
        String caller,
        PlaceCall.Limits limits,
        InstantSource clock,
        RandomGenerator random) {

    /** The same for another user: who has answered a call that rang for several. */
    Onwards of(String other) {
        return new Onwards(planner, trunks, admission, other, caller, limits, clock, random);
    }

    /** The ways that a 3xx leaves open, best first; empty where it may not be followed. */
    List<Way> redirected(List<Destination> contacts, String trunk, Redirects policy) {
        return contacts.stream()
                .flatMap(to -> redirected(to, trunk, policy).stream())
                .toList();
    }

    private List<Way> redirected(Destination to, String trunk, Redirects policy) {
        try {
            Optional<PhoneNumber> number = planner.number(to.user(), trunk);
            return switch (policy) {
                case OFF -> List.of();
                case SAME_TRUNK -> sameTrunk(to, number, trunk);
                case ROUTES -> number.map(known -> routed(known, Onward.NONE)).orElse(List.of());
            };
        } catch (CallRefused e) {
            return List.of(); // The next Contact may be allowed.
        }
    }

    private List<Way> sameTrunk(Destination to, Optional<PhoneNumber> number, String trunk) {
        check(number);
        if (to.ofCarrier()) {
            return List.of(
                    new Way(trunk, number.map(PhoneNumber::e164).orElse(to.user()), caller, Onward.to(to.uri())));
        }
        boolean tel = to.host().isEmpty(); // A number, of no server in particular.
        return number.filter(_ -> tel).map(known -> new Way(trunk, known.e164(), caller, Onward.NONE)).stream()
                .toList();
    }

    /**
     * How the user is handed on to whom the carrier names; fails with {@link CallRefused}. It counts for the rule and the trunks, and for the
     * user no second time.
     */
    HandingOn referred(Referral referral, String trunk) {
        Destination to = referral.to();
        Optional<PhoneNumber> number = planner.number(to.user(), trunk);
        if (referral.replaces().isPresent() || number.isEmpty()) {
            // That dialog, or that name, is the carrier's own: nobody else knows it.
            check(number);
            if (!to.ofCarrier()) {
                throw new CallRefused(Code.DESTINATION_NOT_ALLOWED, "This place is not the carrier's.");
            }
            String name = number.map(PhoneNumber::e164).orElse(to.user());
            Onward onward = new Onward(Optional.of(to.uri()), referral.replaces(), referral.referredBy());
            return new HandingOn(List.of(new Way(trunk, name, caller, onward)), admission.handedOn());
        }
        RouteMatch match = route(number.get());
        Onward onward = new Onward(Optional.empty(), Optional.empty(), referral.referredBy());
        return new HandingOn(Way.by(match, onward, trunks, random), admission.forwarded(match, clock.instant()));
    }

    /** What a leg of the carrier's takes of the limits that comes in the place of the call's own. */
    CallPermits replacing(String trunk) {
        return admission.replacing(trunk, clock.instant());
    }

    private List<Way> routed(PhoneNumber number, Onward onward) {
        return Way.by(route(number), onward, trunks, random);
    }

    /** A carrier's number as we show it. */
    String shown(String carriersNumber, String trunk) {
        return planner.shown(carriersNumber, trunk);
    }

    private RouteMatch route(PhoneNumber number) {
        return planner.route(new Asked(number, user, caller, clock.instant()), limits);
    }

    private void check(Optional<PhoneNumber> number) {
        if (number.isPresent()) {
            var _ = route(number.get());
        } else if (!limits.destinations().isEmpty()) {
            throw new CallRefused(Code.DESTINATION_NOT_ALLOWED, "The token allows certain numbers only.");
        }
    }
}
