package io.copperline.gateway.call;

import io.copperline.config.CallLimits;
import io.copperline.gateway.call.CallRefused.Code;
import io.copperline.gateway.route.Asked;
import io.copperline.gateway.route.Barred;
import io.copperline.gateway.route.CarrierNumbers;
import io.copperline.gateway.route.EmergencyCall;
import io.copperline.gateway.route.NoRoute;
import io.copperline.gateway.route.Numbers;
import io.copperline.gateway.route.PhoneNumber;
import io.copperline.gateway.route.RouteIn;
import io.copperline.gateway.route.RouteMatch;
import io.copperline.gateway.route.Routes;
import io.copperline.sip.Diversion;
import io.copperline.sip.Emergency;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.location.CallerLocation;
import io.copperline.sip.location.GeoUri;
import io.copperline.sip.stir.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a browser's wish to who calls whom by which trunks, or why not. Immutable; used from any thread. */
final class CallPlanner {
    private static final Logger LOG = LoggerFactory.getLogger(CallPlanner.class);

    /**
     * What is to be done.
     *
     * @param rule the rule that says so, in words; empty for an emergency call
     * @param limits the rule's
     */
    record Plan(CallParties parties, Course course, String rule, CallLimits limits) {}

    private final CarrierNumbers carriers;
    private final Numbers numbers;
    private final Routes routes;

    CallPlanner(CarrierNumbers carriers, Routes routes) {
        this.carriers = carriers;
        numbers = carriers.ours();
        this.routes = routes;
    }

    Plan outbound(PlaceCall wish, Instant now, RandomGenerator random) {
        Optional<EmergencyCall> emergency = routes.emergency(wish.to());
        if (emergency.isPresent()) {
            return emergency(wish, emergency.get(), now);
        }
        if (wish.location().isPresent()
                && wish.location().flatMap(GeoUri::parse).isEmpty()) {
            throw new CallRefused(
                    Code.BAD_LOCATION, "The 'location' is no place on earth. Write it as geo:38.8977,-77.0365;u=20.");
        }
        PhoneNumber to = dialled(wish.to());
        check(to, wish.limits()); // before the caller's number: what is forbidden is said first
        boolean withheld =
                wish.from().filter(PlaceCall.ANONYMOUS::equalsIgnoreCase).isPresent();
        String from = withheld ? firstOwn(wish.user(), wish.limits()) : from(wish);
        RouteMatch match = route(new Asked(to, wish.user(), from, now), wish.limits());
        CallParties parties = new CallParties(
                CallSnapshot.Direction.OUTBOUND,
                wish.user(),
                from,
                withheld,
                to.e164(),
                wish.limits().maxSeconds(),
                new CallDetails(name(wish), Optional.empty(), wish.headers(), ""));
        Course course = new Course(match.draw(random), match.dialled(), match.shown(), Optional.empty());
        return new Plan(parties, course, match.rule(), match.limits());
    }

    /** A number that can be called, as people write it. */
    PhoneNumber dialled(String written) {
        return numbers.dialled(written)
                .orElseThrow(() -> new CallRefused(
                        Code.BAD_NUMBER,
                        "This is no phone number. Write it with its country code, such as +12025550100."));
    }

    private static void check(PhoneNumber to, PlaceCall.Limits limits) {
        if (!destinationAllowed(limits, to)) {
            throw new CallRefused(Code.DESTINATION_NOT_ALLOWED, "The token does not allow calls to " + to.e164() + ".");
        }
    }

    /** Whom a user may be transferred to: a number that he could call himself, in E.164. */
    String destination(String written, String user, PlaceCall.Limits limits, Instant now) {
        PhoneNumber to = dialled(written);
        var _ = route(new Asked(to, user, firstOwn(user, limits), now), limits);
        return to.e164();
    }

    /** The rule for such a call; fails where its number is barred, not the token's, or on no route. */
    RouteMatch route(Asked call, PlaceCall.Limits limits) {
        check(call.number(), limits);
        return switch (routes.outbound(call)) {
            case RouteMatch match -> match;
            case Barred barred -> throw new CallRefused(Code.DESTINATION_NOT_ALLOWED, barred.explanation());
            case NoRoute none -> throw new CallRefused(Code.NO_ROUTE, none.explanation());
        };
    }

    /** Who needs help is heard whatever his token says, is not cut off, and shows the number at which he can be called back. */
    private Plan emergency(PlaceCall wish, EmergencyCall call, Instant now) {
        if (call.trunks().isEmpty()) {
            throw new CallRefused(
                    Code.NO_EMERGENCY_CALLS,
                    "Emergency calls cannot be made from here. Dial " + call.number() + " on another phone at once.");
        }
        String from = wanted(wish)
                .filter(ownNumbers(wish.user(), wish.limits())::contains)
                .orElseGet(() -> firstOwn(wish.user(), wish.limits()));
        CallParties parties = new CallParties(
                CallSnapshot.Direction.OUTBOUND, wish.user(), from, false, call.number(), OptionalInt.empty());
        Emergency help = new Emergency(location(wish, call), now);
        return new Plan(
                parties, new Course(call.trunks(), call.number(), from, Optional.of(help)), "", CallLimits.NONE);
    }

    /** Where the page says, or the operator; what cannot be read holds nobody up here. */
    private static Optional<CallerLocation> location(PlaceCall wish, EmergencyCall call) {
        Optional<CallerLocation> told = wish.location().flatMap(GeoUri::parse).map(CallerLocation.class::cast);
        if (told.isEmpty() && wish.location().isPresent()) {
            LOG.warn("The page of {} tells no readable location with an emergency call", wish.user());
        }
        return told.or(call::location);
    }

    /** Exact numbers, or beginnings that end in an asterisk. */
    private static boolean destinationAllowed(PlaceCall.Limits limits, PhoneNumber to) {
        return limits.destinations().isEmpty()
                || limits.destinations().stream()
                        .anyMatch(allowed -> allowed.endsWith("*")
                                ? to.e164().startsWith(allowed.substring(0, allowed.length() - 1))
                                : to.e164().equals(allowed));
    }

    /** The number to show: the wanted one if it is the user's, otherwise the user's first, otherwise none. */
    private String from(PlaceCall wish) {
        if (wish.from().isEmpty()) {
            return firstOwn(wish.user(), wish.limits());
        }
        return wanted(wish)
                .filter(ownNumbers(wish.user(), wish.limits())::contains)
                .orElseThrow(() -> new CallRefused(
                        Code.NUMBER_NOT_ALLOWED,
                        "The number in 'from' is not one that this user may show. Leave it out, or use one of the"
                                + " token's numbers."));
    }

    /** Likewise of the names, which nobody but the token vouches for. */
    private static Optional<String> name(PlaceCall wish) {
        if (wish.name().isPresent()
                && !wish.limits().names().contains(wish.name().get())) {
            throw new CallRefused(
                    Code.NAME_NOT_ALLOWED,
                    "The 'name' is not one that this user may show. Leave it out, or use one of the token's names.");
        }
        return wish.name().or(() -> wish.limits().names().stream().findFirst());
    }

    private Optional<String> wanted(PlaceCall wish) {
        return wish.from().flatMap(numbers::dialled).map(PhoneNumber::e164);
    }

    /** By it the carrier knows who calls, also where the called shall not. */
    private String firstOwn(String user, PlaceCall.Limits limits) {
        return ownNumbers(user, limits).stream().findFirst().orElse("");
    }

    private List<String> ownNumbers(String user, PlaceCall.Limits limits) {
        Stream<PhoneNumber> own = limits.numbers().isEmpty()
                ? routes.numbersOf(user).stream()
                : limits.numbers().stream().flatMap(n -> numbers.dialled(n).stream());
        return own.map(PhoneNumber::e164).toList();
    }

    /** Where a call goes that a trunk brings. */
    Optional<RouteIn> inbound(String calledNumber, String trunk) {
        return routes.inbound(calledNumber, carriers.of(trunk));
    }

    /** Whether it would come in here. */
    boolean isOurs(PhoneNumber number) {
        return routes.isOurs(number);
    }

    /** What a call that comes in tells beside its numbers, as we show it. */
    CallDetails details(IncomingCall incoming) {
        Optional<Diversion> diversion = incoming.diversion()
                .map(who -> new Diversion(shown(who.number(), incoming.trunk()), who.reason(), who.withheld()));
        return new CallDetails(
                incoming.displayName(),
                diversion,
                incoming.headers(),
                incoming.verdict().map(Verdict::text).orElse(""));
    }

    /** What a trunk's carrier has written, where it is a number. */
    Optional<PhoneNumber> number(String carriersNumber, String trunk) {
        return carriers.of(trunk).apply(carriersNumber);
    }

    /** A carrier's number as we show it. */
    String shown(String carriersNumber, String trunk) {
        return carriers.shown(carriersNumber, trunk);
    }
}
