package io.copperline.gateway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.config.RouteSettings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private static final PhoneNumber WASHINGTON = new PhoneNumber("+12025550100");
    private static final PhoneNumber LONDON = new PhoneNumber("+442079460150");

    private final Numbers numbers = new Numbers("US");

    @Test
    void takesTheFirstRuleThatMatches() {
        Routes routes = outbound(prefix("+1202", 3, "cheap", "dear"), prefix("+1", 5, "other"));
        assertEquals(new RouteMatch(List.of("cheap", "dear"), "line 3, prefix +1202"), routes.outbound(WASHINGTON));
    }

    @Test
    void matchesPatternsAgainstTheWholeNumber() {
        Routes routes = outbound(pattern("\\+44", 3, "uk"), pattern("\\+44\\d+", 4, "uk2"));
        assertEquals(new RouteMatch(List.of("uk2"), "line 4, pattern \\+44\\d+"), routes.outbound(LONDON));
    }

    @Test
    void saysWhatWasTriedWhereNothingMatches() {
        Routes routes = outbound(prefix("+49", 12, "de"), pattern("\\+1800.*", 15, "free"));
        assertEquals(
                new NoRoute("No route for +12025550100. Tried: line 12, prefix +49 (the number does not begin so);"
                        + " line 15, pattern \\+1800.* (the whole number does not match)."),
                routes.outbound(WASHINGTON));
        assertEquals(
                new NoRoute("No route for +12025550100: the configuration has no routes.outbound."),
                outbound().outbound(WASHINGTON));
    }

    @Test
    void findsTheUserHoweverTheCarrierWritesTheNumber() {
        Routes routes = inbound(
                new RouteSettings.Inbound("+1 202-555-0150", "alice", 7), new RouteSettings.Inbound("100", "desk", 8));
        for (String written : List.of("+12025550150", "12025550150", "2025550150", "+12025550150;npdi")) {
            assertEquals(Optional.of("alice"), routes.inbound(written), written);
        }
        assertEquals(Optional.of("desk"), routes.inbound("100"));
        assertEquals(Optional.empty(), routes.inbound("+12025550151"));
        assertEquals(Optional.empty(), routes.inbound("nonsense"));
    }

    @Test
    void listsTheNumbersOfAUserInOrder() {
        Routes routes = inbound(
                new RouteSettings.Inbound("+12025550151", "alice", 7),
                new RouteSettings.Inbound("100", "alice", 8),
                new RouteSettings.Inbound("+12025550150", "alice", 9));
        assertEquals(
                List.of(new PhoneNumber("+12025550151"), new PhoneNumber("+12025550150")), routes.numbersOf("alice"));
        assertEquals(List.of(), routes.numbersOf("bob"));
    }

    private Routes outbound(RouteSettings.Outbound... rules) {
        return new Routes(new RouteSettings(List.of(rules), List.of()), numbers);
    }

    private Routes inbound(RouteSettings.Inbound... rules) {
        return new Routes(new RouteSettings(List.of(), List.of(rules)), numbers);
    }

    private static RouteSettings.Outbound prefix(String prefix, int line, String... trunks) {
        return new RouteSettings.Outbound(Optional.of(prefix), Optional.empty(), List.of(trunks), line);
    }

    private static RouteSettings.Outbound pattern(String pattern, int line, String... trunks) {
        return new RouteSettings.Outbound(
                Optional.empty(), Optional.of(Pattern.compile(pattern)), List.of(trunks), line);
    }
}
