package io.copperline.gateway.route;

import io.copperline.config.RouteSettings;
import io.copperline.config.Treatment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The rules of one configuration. Immutable; used from any thread. */
public final class Routes {
    private final RulesOut outbound;
    private final Emergencies emergencies;
    private final Barring barring;
    private final RulesIn inbound;

    public Routes(RouteSettings settings, Numbers numbers) {
        outbound = new RulesOut(settings);
        inbound = new RulesIn(settings.inbound(), numbers);
        emergencies = new Emergencies(settings.emergency(), numbers.region());
        barring = new Barring(settings.barred(), numbers);
    }

    /**
     * Whether it is an emergency number, which is to be asked before anything else.
     *
     * @param written as a person dials it
     */
    public Optional<EmergencyCall> emergency(String written) {
        return emergencies.of(written);
    }

    /** Where a call goes: by the first rule that takes it, unless the number is barred. */
    public RouteResult outbound(Asked call) {
        return barring.of(call.number()).<RouteResult>map(barred -> barred).orElseGet(() -> outbound.of(call));
    }

    /** What becomes of each rule for such a call, in the order in which they are tried. */
    public List<RuleTrial> trials(Asked call) {
        return outbound.trials(call);
    }

    /**
     * Where a call to a number goes.
     *
     * @param calledNumber the user part of the Request-URI, as the carrier wrote it
     * @param reader of what that carrier writes
     */
    public Optional<RouteIn> inbound(String calledNumber, Function<String, Optional<PhoneNumber>> reader) {
        return inbound.of(calledNumber, reader);
    }

    /** What becomes of each inbound rule for such a call, in the order of the file: the one that has missed nothing takes it. */
    public List<RuleTrial> trials(String calledNumber, Function<String, Optional<PhoneNumber>> reader) {
        return inbound.trials(calledNumber, reader);
    }

    /**
     * The caller whom a number sees to which a call in goes on; empty where there is none.
     *
     * @param from who calls, as we show numbers
     * @param called whom
     */
    public static String shown(Treatment.Forward forward, String from, String called) {
        if (forward.as() == Treatment.Forward.As.CALLED) {
            return called;
        }
        // Carriers write "Restricted" and the like of callers whom they hide.
        return RulesOut.isDiallable(from) ? from : "";
    }

    /** Whether a number is called here. */
    public boolean isOurs(PhoneNumber number) {
        return inbound.of(number).isPresent();
    }

    /** The single numbers on which a user is reached, in the order of the file; the first is the one to show by default. */
    public List<PhoneNumber> numbersOf(String user) {
        return inbound.numbersOf(user);
    }
}
