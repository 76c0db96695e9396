package io.copperline.gateway.cli;

import io.copperline.config.RouteSettings;
import io.copperline.gateway.route.Asked;
import io.copperline.gateway.route.Barred;
import io.copperline.gateway.route.EmergencyCall;
import io.copperline.gateway.route.NoRoute;
import io.copperline.gateway.route.Numbers;
import io.copperline.gateway.route.PhoneNumber;
import io.copperline.gateway.route.RouteMatch;
import io.copperline.gateway.route.Routes;
import io.copperline.gateway.route.RuleTrial;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;

/** Where a call would go, in words. */
final class RouteExplanation {
    private final RouteSettings settings;
    private final Numbers numbers;
    private final Routes routes;
    private final PrintWriter out;

    RouteExplanation(RouteSettings settings, Numbers numbers, PrintWriter out) {
        this.settings = settings;
        this.numbers = numbers;
        this.out = out;
        routes = new Routes(settings, numbers);
    }

    /**
     * @param caller the number that is shown, in E.164; the user's first where empty
     * @return whether it goes anywhere
     */
    boolean of(String written, String user, Optional<String> caller, Instant at) {
        Optional<EmergencyCall> emergency = routes.emergency(written);
        if (emergency.isPresent()) {
            return tell(emergency.get());
        }
        Optional<PhoneNumber> called = numbers.dialled(written);
        if (called.isEmpty()) {
            out.println(written + " is no phone number in " + numbers.region()
                    + ". Write it with its country code, such as +12025550100.");
            return false;
        }
        String shown = caller.orElseGet(() -> routes.numbersOf(user).stream()
                .findFirst()
                .map(PhoneNumber::e164)
                .orElse(""));
        return tell(new Asked(called.get(), user, shown, at));
    }

    private boolean tell(EmergencyCall call) {
        if (call.trunks().isEmpty()) {
            out.println(
                    call.number() + " is an emergency number, and routes.emergency has no trunks: whoever calls it is"
                            + " told to use another phone.");
            return false;
        }
        out.println(call.number() + " is an emergency number: it goes, as it is dialled, to "
                + String.join(", then ", call.trunks()) + ". No rule, limit, token or barring counts.");
        return true;
    }

    private boolean tell(Asked call) {
        return switch (routes.outbound(call)) {
            case RouteMatch match -> {
                out.println(call.number().e164() + " goes to " + TrunkWords.of(match.choices()) + ".");
                written("Dialled", call.number().e164(), match.dialled());
                written("The caller shown", call.caller(), match.shown());
                new LimitWords(settings.limits(), out).of(match, call.user());
                trials(call, match.rule());
                yield true;
            }
            case Barred barred -> {
                out.println(barred.explanation());
                yield false;
            }
            case NoRoute none -> {
                out.println(none.explanation());
                yield false;
            }
        };
    }

    private void written(String what, String before, String after) {
        if (!before.equals(after)) {
            out.println(what + " as " + after + ".");
        }
    }

    private void trials(Asked call, String winner) {
        boolean decided = false;
        for (RuleTrial trial : routes.trials(call)) {
            boolean wins = trial.rule().equals(winner) && !decided;
            decided |= wins;
            String fate = trial.missed()
                    .orElse(wins ? "takes the call" : "would take it, but a rule that is tried before does");
            out.println((wins ? "* " : "  ") + trial.rule() + ": " + fate);
        }
    }
}
