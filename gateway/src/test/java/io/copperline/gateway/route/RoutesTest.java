package io.copperline.gateway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.config.CallLimits;
import io.copperline.config.DestinationKind;
import io.copperline.config.RingPlan;
import io.copperline.config.RouteSettings;
import io.copperline.config.RouteTerms;
import io.copperline.config.Treatment;
import io.copperline.config.TrunkChoice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    private static final PhoneNumber WASHINGTON = new PhoneNumber("+12025550100");
    private static final PhoneNumber LONDON = new PhoneNumber("+442079460150");

    private static final RouteSettings.Barred NOTHING = new RouteSettings.Barred(List.of(), List.of(), List.of());

    private final Numbers numbers = new Numbers("US");

    @Test
    void takesTheFirstRuleThatMatches() {
        Routes routes = outbound(prefix("+1202", 3, "cheap", "dear"), prefix("+1", 5, "other"));
        assertEquals(
                match(WASHINGTON, "line 3, prefix +1202", "cheap", "dear"),
                routes.outbound(asked(WASHINGTON, "alice")));
    }

    @Test
    void matchesPatternsAgainstTheWholeNumber() {
        Routes routes = outbound(pattern("\\+44", 3, "uk"), pattern("\\+44\\d+", 4, "uk2"));
        assertEquals(match(LONDON, "line 4, pattern \\+44\\d+", "uk2"), routes.outbound(asked(LONDON, "alice")));
    }

    @Test
    void saysWhatWasTriedWhereNothingMatches() {
        Routes routes = outbound(prefix("+49", 12, "de"), pattern("\\+1800.*", 15, "free"));
        assertEquals(
                new NoRoute("No route for +12025550100. Tried: line 12, prefix +49 (the number does not begin so);"
                        + " line 15, pattern \\+1800.* (the whole number does not match)."),
                routes.outbound(asked(WASHINGTON, "alice")));
        assertEquals(
                new NoRoute("No route for +12025550100: the configuration has no routes.outbound."),
                outbound().outbound(asked(WASHINGTON, "alice")));
    }

    @Test
    void aRuleMayBeForSomeUsersAlone() {
        Routes routes = outbound(
                new RouteSettings.Outbound(
                        Optional.of("+1"), Optional.empty(), List.of("bob"), choices("dear"), 3, RouteTerms.NONE),
                prefix("+1", 5, "cheap"));
        assertEquals(match(WASHINGTON, "line 3, prefix +1", "dear"), routes.outbound(asked(WASHINGTON, "bob")));
        assertEquals(match(WASHINGTON, "line 5, prefix +1", "cheap"), routes.outbound(asked(WASHINGTON, "alice")));
        assertEquals(
                new RuleTrial("line 3, prefix +1", Optional.of("it is not for user alice")),
                routes.trials(asked(WASHINGTON, "alice")).getFirst());
    }

    @ParameterizedTest
    @CsvSource({
        "+19005551234, premium-rate",
        "+8816315551234, satellite",
        "+870773112345, satellite",
        "+447400123456, ''",
        "+18445550100, ''"
    })
    void whatFraudLikesIsBarred(String number, String kind) {
        RouteSettings.Barred barred = new RouteSettings.Barred(
                List.of(DestinationKind.PREMIUM_RATE, DestinationKind.SATELLITE), List.of(), List.of());
        RouteResult result = routes(barred).outbound(asked(new PhoneNumber(number), "alice"));
        assertEquals(
                kind.isEmpty()
                        ? match(new PhoneNumber(number), "line 3, prefix +", "any")
                        : new Barred(number + " is barred: routes.barred has " + kind + "."),
                result);
    }

    @Test
    void prefixesAreBarredAndExcepted() {
        Routes routes = routes(new RouteSettings.Barred(
                List.of(DestinationKind.PREMIUM_RATE), List.of("+44"), List.of("+4420", "+1900555")));
        assertEquals(
                new Barred("+447400123456 is barred: routes.barred-prefixes has +44."),
                routes.outbound(asked(new PhoneNumber("+447400123456"), "alice")));
        assertEquals(match(LONDON, "line 3, prefix +", "any"), routes.outbound(asked(LONDON, "alice")));
        PhoneNumber premium = new PhoneNumber("+19005551234");
        assertEquals(
                match(premium, "line 3, prefix +", "any"),
                routes.outbound(asked(new PhoneNumber("+19005551234"), "alice")));
    }

    private Routes routes(RouteSettings.Barred barred) {
        return new Routes(new RouteSettings(List.of(prefix("+", 3, "any")), List.of(), barred), numbers);
    }

    @Test
    void findsTheUserHoweverTheCarrierWritesTheNumber() {
        Routes routes = inbound(
                new RouteSettings.Inbound("+1 202-555-0150", "alice", 7), new RouteSettings.Inbound("100", "desk", 8));
        for (String written : List.of("+12025550150", "12025550150", "2025550150", "+12025550150;npdi")) {
            assertEquals(
                    Optional.of("line 7, number +1 202-555-0150"),
                    routes.inbound(written, numbers::carrier).map(RouteIn::rule),
                    written);
        }
        assertEquals(
                Optional.of(new Treatment.Ring(RingPlan.of("desk"), Optional.empty())),
                routes.inbound("100", numbers::carrier).map(RouteIn::treatment));
        assertEquals(Optional.empty(), routes.inbound("+12025550151", numbers::carrier));
        assertEquals(Optional.empty(), routes.inbound("nonsense", numbers::carrier));
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
        return new Routes(new RouteSettings(List.of(rules), List.of(), NOTHING), numbers);
    }

    private Routes inbound(RouteSettings.Inbound... rules) {
        return new Routes(new RouteSettings(List.of(), List.of(rules), NOTHING), numbers);
    }

    private static Asked asked(PhoneNumber number, String user) {
        return new Asked(number, user, "", Instant.EPOCH);
    }

    private static RouteMatch match(PhoneNumber number, String rule, String... trunks) {
        return new RouteMatch(choices(trunks), rule, number.e164(), "", CallLimits.NONE);
    }

    private static List<TrunkChoice> choices(String... trunks) {
        return Stream.of(trunks).map(TrunkChoice::of).toList();
    }

    private static RouteSettings.Outbound prefix(String prefix, int line, String... trunks) {
        return new RouteSettings.Outbound(
                Optional.of(prefix), Optional.empty(), List.of(), choices(trunks), line, RouteTerms.NONE);
    }

    private static RouteSettings.Outbound pattern(String pattern, int line, String... trunks) {
        return new RouteSettings.Outbound(
                Optional.empty(),
                Optional.of(Pattern.compile(pattern)),
                List.of(),
                choices(trunks),
                line,
                RouteTerms.NONE);
    }
}
