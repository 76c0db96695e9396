package io.copperline.gateway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.CallLimits;
import io.copperline.config.Callers;
import io.copperline.config.EmergencySettings;
import io.copperline.config.OpenHours;
import io.copperline.config.Rewriting;
import io.copperline.config.RouteLimits;
import io.copperline.config.RouteSettings;
import io.copperline.config.RouteTerms;
import io.copperline.config.TrunkChoice;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesOutTest {
    private static final PhoneNumber WASHINGTON = new PhoneNumber("+12025550100");
    /** A Friday, nine in the evening in Berlin. */
    private static final Instant FRIDAY = Instant.parse("2026-11-27T20:00:00Z");

    private final Numbers numbers = new Numbers("US");

    private Routes routes(RouteSettings.Order order, EmergencySettings emergency, RouteSettings.Outbound... rules) {
        return new Routes(
                new RouteSettings(
                        List.of(rules),
                        List.of(),
                        new RouteSettings.Barred(List.of(), List.of(), List.of()),
                        order,
                        emergency,
                        RouteLimits.NONE),
                numbers);
    }

    private Routes routes(RouteSettings.Outbound... rules) {
        return routes(RouteSettings.Order.FILE, EmergencySettings.NONE, rules);
    }

    private static RouteSettings.Outbound rule(String prefix, int line, RouteTerms terms) {
        return new RouteSettings.Outbound(
                Optional.of(prefix), Optional.empty(), List.of(), List.of(TrunkChoice.of("a")), line, terms);
    }

    private static RouteTerms terms(Callers callers, OpenHours hours) {
        return new RouteTerms(callers, hours, Rewriting.NONE, Rewriting.NONE, CallLimits.NONE);
    }

    private static RouteTerms writing(Rewriting called, Rewriting shown) {
        return new RouteTerms(Callers.ANY, OpenHours.ALWAYS, called, shown, CallLimits.NONE);
    }

    private static Asked asked(String caller, Instant at) {
        return new Asked(WASHINGTON, "alice", caller, at);
    }

    private static String winner(Routes routes, Asked call) {
        return routes.outbound(call) instanceof RouteMatch match ? match.rule() : "none";
    }

    @Test
    void theLongestPrefixMayWinWhereverItStands() {
        RouteSettings.Outbound[] rules = {
            rule("+", 1, RouteTerms.NONE),
            rule("+1202", 2, RouteTerms.NONE),
            rule("+1202", 3, RouteTerms.NONE),
            new RouteSettings.Outbound(
                    Optional.empty(),
                    Optional.of(Pattern.compile("\\+1\\d*99")),
                    List.of(),
                    List.of(TrunkChoice.of("p")),
                    4,
                    RouteTerms.NONE)
        };
        Routes longest = routes(RouteSettings.Order.LONGEST_PREFIX, EmergencySettings.NONE, rules);
        assertEquals("line 2, prefix +1202", winner(longest, asked("", FRIDAY)));
        Asked patterned = new Asked(new PhoneNumber("+12025550199"), "alice", "", FRIDAY);
        assertEquals("line 4, pattern \\+1\\d*99", winner(longest, patterned));
        assertEquals("line 1, prefix +", winner(routes(rules), patterned));
    }

    @Test
    void rulesMayBeForSomeCallersAlone() {
        Callers berlin = new Callers(List.of("+4930"), Optional.of(Pattern.compile("\\+1202\\d{7}")));
        Routes routes = routes(rule("+", 1, terms(berlin, OpenHours.ALWAYS)), rule("+", 2, RouteTerms.NONE));
        assertEquals("line 1, prefix +", winner(routes, asked("+4930123456", FRIDAY)));
        assertEquals("line 1, prefix +", winner(routes, asked("+12025550150", FRIDAY)));
        assertEquals("line 2, prefix +", winner(routes, asked("+4989123456", FRIDAY)));
        assertEquals("line 2, prefix +", winner(routes, asked("", FRIDAY)));
        assertEquals(
                Optional.of("it is not for callers without a number"),
                routes.trials(asked("", FRIDAY)).getFirst().missed());
    }

    @Test
    void nightsBelongToTheDayOnWhichTheyBegin() {
        OpenHours nights = new OpenHours(
                List.of(new OpenHours.Span(22 * 60, 6 * 60)), Set.of(DayOfWeek.FRIDAY), ZoneId.of("Europe/Berlin"));
        Routes routes = routes(rule("+", 1, terms(Callers.ANY, nights)));
        assertEquals("none", winner(routes, asked("", Instant.parse("2026-11-27T20:59:59Z"))));
        assertEquals("line 1, prefix +", winner(routes, asked("", Instant.parse("2026-11-27T21:00:00Z"))));
        assertEquals("line 1, prefix +", winner(routes, asked("", Instant.parse("2026-11-28T04:59:59Z"))));
        assertEquals("none", winner(routes, asked("", Instant.parse("2026-11-28T05:00:00Z"))));
        assertEquals("none", winner(routes, asked("", Instant.parse("2026-11-28T22:00:00Z"))), "that is Saturday's");
    }

    @Test
    void numbersAreWrittenAsTheCarriersOfTheRuleWantThem() {
        Rewriting national = new Rewriting("+1", "0", Optional.empty(), "");
        Rewriting whole = new Rewriting("", "", Optional.of(Pattern.compile("\\+1(\\d{3})(\\d+)")), "9$2");
        RouteMatch match =
                (RouteMatch) routes(rule("+", 1, writing(national, whole))).outbound(asked("+12025550150", FRIDAY));
        assertEquals("02025550100", match.dialled());
        assertEquals("95550150", match.shown());
        RouteMatch nobody =
                (RouteMatch) routes(rule("+", 1, writing(whole, national))).outbound(asked("", FRIDAY));
        assertEquals("95550100", nobody.dialled());
        assertEquals("", nobody.shown());
    }

    @Test
    void aNumberThatCannotBeDialledGoesNowhere() {
        Rewriting words = new Rewriting("", "", Optional.of(Pattern.compile(".*")), "sip:evil@example.com");
        RouteResult result = routes(rule("+", 1, writing(words, Rewriting.NONE)), rule("+", 2, RouteTerms.NONE))
                .outbound(asked("", FRIDAY));
        assertEquals(
                new NoRoute(
                        "No route for +12025550100: line 1, prefix + takes it, but its key called makes no number that"
                                + " can be dialled of it."),
                result);
    }

    @Test
    void trunksAreDrawnByTheirWeights() {
        RouteMatch match = new RouteMatch(
                List.of(
                        TrunkChoice.of("last"),
                        new TrunkChoice("a", OptionalInt.of(80)),
                        new TrunkChoice("b", OptionalInt.of(20))),
                "line 1",
                "+1",
                "",
                CallLimits.NONE);
        Random random = new Random(7);
        int times = 10_000;
        int first = 0;
        for (int i = 0; i < times; i++) {
            List<String> order = match.draw(random);
            assertEquals(Set.of("a", "b", "last"), Set.copyOf(order));
            assertEquals("last", order.getLast());
            first += order.getFirst().equals("a") ? 1 : 0;
        }
        assertTrue(first > 7_800 && first < 8_200, "a came first " + first + " times");
    }

    @Test
    void emergencyNumbersAreThoseOfTheRegionAndTheOperators() {
        EmergencySettings settings = new EmergencySettings(List.of("933"), List.of("b", "a"), Optional.empty());
        Routes routes = routes(RouteSettings.Order.FILE, settings);
        Stream.of("911", " 9-1-1 ", "112", "933")
                .forEach(number -> assertTrue(routes.emergency(number).isPresent(), number));
        Stream.of("110", "0911", "9111", "+911", "1911", "", "911;ext=5", "9".repeat(50))
                .forEach(number -> assertTrue(routes.emergency(number).isEmpty(), number));
        assertEquals(
                new EmergencyCall("911", List.of("b", "a"), Optional.empty()),
                routes.emergency("9.1.1").orElseThrow());
    }
}
