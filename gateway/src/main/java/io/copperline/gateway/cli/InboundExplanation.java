package io.copperline.gateway.cli;

import io.copperline.config.CopperlineSettings;
import io.copperline.config.RingPlan;
import io.copperline.config.Treatment;
import io.copperline.config.Webhook;
import io.copperline.gateway.call.EndCodes;
import io.copperline.gateway.route.Asked;
import io.copperline.gateway.route.Barred;
import io.copperline.gateway.route.CarrierNumbers;
import io.copperline.gateway.route.NoRoute;
import io.copperline.gateway.route.RouteIn;
import io.copperline.gateway.route.RouteMatch;
import io.copperline.gateway.route.RouteResult;
import io.copperline.gateway.route.Routes;
import io.copperline.gateway.route.RuleTrial;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What would become of a call that a trunk brings, in words. */
final class InboundExplanation {
    private static final int NOT_FOUND = 404;

    /**
     * A call in.
     *
     * @param called as the carrier writes it
     * @param caller likewise; empty where he is hidden
     * @param trunk that brings it; empty where its carrier reads numbers as people do here
     */
    record Call(String called, String caller, String trunk, Instant at) {}

    private final CarrierNumbers carriers;
    private final Routes routes;
    private final LimitWords limits;
    private final PrintWriter out;

    InboundExplanation(CopperlineSettings settings, PrintWriter out) {
        carriers = CarrierNumbers.of(settings);
        routes = new Routes(settings.routes(), carriers.ours());
        limits = new LimitWords(settings.routes().limits(), out);
        this.out = out;
    }

    /** Whether somebody's phone would ring. */
    boolean of(Call call) {
        String called = carriers.shown(call.called(), call.trunk());
        Optional<RouteIn> route = routes.inbound(call.called(), carriers.of(call.trunk()));
        boolean taken = route.isPresent() && tell(route.get(), called, call);
        route.ifPresent(way -> limits.of(way, call.trunk()));
        if (route.isEmpty()) {
            out.println("No inbound rule is for " + called + ": the call is refused (" + NOT_FOUND + ").");
        }
        for (RuleTrial trial : routes.trials(call.called(), carriers.of(call.trunk()))) {
            out.println((trial.missed().isEmpty() ? "* " : "  ") + trial.rule() + ": "
                    + trial.missed().orElse("takes the call"));
        }
        return taken;
    }

    private boolean tell(RouteIn route, String called, Call call) {
        route.webhook().ifPresent(this::asked);
        return switch (route.treatment()) {
            case Treatment.Ring ring -> {
                out.println(called + " " + rings(ring.plan()) + ".");
                ring.otherwise().ifPresent(to -> {
                    var _ = forward("Where nobody answers, it", to, called, call);
                });
                yield true;
            }
            case Treatment.Forward to -> forward(called, to, called, call);
            case Treatment.Refuse refuse -> {
                String reason = refuse.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
                out.println(called + " is refused: " + reason + " (" + EndCodes.status(refuse.reason()) + ").");
                yield false;
            }
        };
    }

    private void asked(Webhook hook) {
        out.println("The webhook at " + hook.url().getHost() + " is asked first, for up to "
                + hook.patience().toSeconds() + " s. Where it does not say:");
    }

    private static String rings(RingPlan plan) {
        long seconds = plan.each().toSeconds();
        return plan.order() == RingPlan.Order.IN_TURN
                ? "rings " + String.join(", then ", plan.users()) + ", " + seconds + " s each"
                : "rings " + String.join(" and ", plan.users()) + ", for " + seconds + " s";
    }

    /** Whether it goes on to a trunk. */
    private boolean forward(String what, Treatment.Forward to, String called, Call call) {
        String caller = carriers.shown(call.caller(), call.trunk());
        String shown = Routes.shown(to, caller, called);
        Optional<RouteResult> result = carriers.ours()
                .dialled(to.number())
                .map(number -> routes.outbound(new Asked(number, Asked.NOBODY, shown, call.at())));
        if (result.isEmpty()) {
            out.println(what + " cannot go on to " + to.number() + ", which is no phone number.");
            return false;
        }
        return switch (result.get()) {
            case RouteMatch match -> {
                out.println(what + " goes on to " + to.number() + " by " + TrunkWords.of(match.choices()) + " ("
                        + match.rule() + "), which " + sees(match.shown()) + ".");
                limits.of(match);
                yield true;
            }
            case Barred barred -> cannot(what, to, barred.explanation());
            case NoRoute none -> cannot(what, to, none.explanation());
        };
    }

    private static String sees(String shown) {
        return shown.isEmpty() ? "sees no caller" : "sees " + shown + " call";
    }

    private boolean cannot(String what, Treatment.Forward to, String why) {
        out.println(what + " cannot go on to " + to.number() + ": " + why);
        return false;
    }
}
