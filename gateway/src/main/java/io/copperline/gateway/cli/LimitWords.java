package io.copperline.gateway.cli;

import io.copperline.config.CallLimits;
import io.copperline.config.RouteLimits;
import io.copperline.config.TrunkChoice;
import io.copperline.gateway.route.RouteIn;
import io.copperline.gateway.route.RouteMatch;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The limits that a call would have to keep, in words. */
record LimitWords(RouteLimits limits, PrintWriter out) {
    /** Those of the rule and the trunks by which it goes on. */
    void of(RouteMatch match) {
        of(match.rule(), match.limits());
        trunks(match);
    }

    /** Those of a user's call out. */
    void of(RouteMatch match, String user) {
        of("the rule", match.limits());
        of("the user", limits.ofUser(user));
        trunks(match);
    }

    private void trunks(RouteMatch match) {
        match.choices().stream().map(TrunkChoice::trunk).distinct().forEach(this::trunk);
    }

    private void trunk(String name) {
        List<String> words = channels(name);
        words.addAll(words(limits.ofTrunk(name)));
        tell("trunk " + name, words);
    }

    /** Those of a rule by which it comes in, and of the trunk that brings it, where that is known. */
    void of(RouteIn route, String trunk) {
        of(route.rule(), route.limits());
        tell("trunk " + trunk, channels(trunk));
    }

    private List<String> channels(String trunk) {
        List<String> words = new ArrayList<>();
        limits.channelsOf(trunk).ifPresent(n -> words.add(n + " channels, in and out"));
        return words;
    }

    private void of(String whose, CallLimits some) {
        tell(whose, words(some));
    }

    private static List<String> words(CallLimits limits) {
        List<String> words = new ArrayList<>();
        limits.calls().ifPresent(n -> words.add(n + " calls at once"));
        limits.perSecond().ifPresent(n -> words.add(n + " calls a second"));
        limits.minutesPerDay().ifPresent(n -> words.add(n + " minutes a day"));
        return words;
    }

    private void tell(String whose, List<String> words) {
        if (!words.isEmpty()) {
            out.println("Limits of " + whose + ": " + String.join(", ", words) + ".");
        }
    }
}
