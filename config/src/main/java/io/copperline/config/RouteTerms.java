package io.copperline.config;

/**
 * What else a rule for calls out has to say.
 *
 * @param callers whose calls it is for, by their numbers
 * @param hours when it is in force
 * @param called how the called number is written for its carriers
 * @param shown how the caller's number is
 * @param limits how many calls may go by it
 */
public record RouteTerms(Callers callers, OpenHours hours, Rewriting called, Rewriting shown, CallLimits limits) {
    public static final RouteTerms NONE =
            new RouteTerms(Callers.ANY, OpenHours.ALWAYS, Rewriting.NONE, Rewriting.NONE, CallLimits.NONE);
}
