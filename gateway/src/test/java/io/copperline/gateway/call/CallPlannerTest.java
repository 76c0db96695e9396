package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import io.copperline.gateway.call.PlaceCall.Limits;
import io.copperline.gateway.route.CarrierNumbers;
import io.copperline.gateway.route.Numbers;
import io.copperline.gateway.route.RouteIn;
import io.copperline.gateway.route.Routes;
import io.copperline.sip.Emergency;
import io.copperline.sip.location.CallerLocation;
import io.copperline.sip.location.GeoUri;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallPlannerTest {
    private final Numbers numbers = new Numbers("US");
    private final CallPlanner planner = planner(EmergencySettings.NONE);

    private CallPlanner planner(EmergencySettings emergency) {
        return planner(emergency, RouteTerms.NONE);
    }

    private CallPlanner planner(EmergencySettings emergency, RouteTerms terms) {
        return new CallPlanner(
                new CarrierNumbers(numbers, Map.of("german", "DE")),
                new Routes(
                        new RouteSettings(
                                List.of(new RouteSettings.Outbound(
                                        Optional.of("+"),
                                        Optional.empty(),
                                        List.of(),
                                        List.of(TrunkChoice.of("a")),
                                        3,
                                        terms)),
                                List.of(new RouteSettings.Inbound("+12025550150", "alice", 7)),
                                new RouteSettings.Barred(List.of(), List.of("+53"), List.of()),
                                RouteSettings.Order.FILE,
                                emergency,
                                RouteLimits.NONE),
                        numbers));
    }

    private static CallPlanner.Plan plan(CallPlanner planner, PlaceCall wish) {
        return planner.outbound(wish, Instant.EPOCH, new Random(1));
    }

    private CallParties parties(String user, String from, Limits limits) {
        Optional<String> shown = Optional.of(from).filter(f -> !f.isEmpty());
        return plan(planner, new PlaceCall(user, "+12025550100", shown, limits, "offer"))
                .parties();
    }

    @Test
    void showsTheUsersFirstNumber() {
        CallParties parties = parties("alice", "", Limits.NONE);
        assertEquals("+12025550150", parties.from());
        assertFalse(parties.withheld());
    }

    @Test
    void showsWhichOfItsNumbersAUserWants() {
        Limits two = new Limits(
                List.of("+12025550151", "+12025550152"), List.of(), OptionalInt.empty(), OptionalInt.empty());
        assertEquals("+12025550152", parties("alice", "(202) 555-0152", two).from());
        CallRefused refused = assertThrows(CallRefused.class, () -> parties("alice", "+12025550150", two));
        assertEquals(CallRefused.Code.NUMBER_NOT_ALLOWED, refused.code());
    }

    @Test
    void tellsTheCarrierTheNumberOfWhoeverWithholdsIt() {
        CallParties parties = parties("alice", "anonymous", Limits.NONE);
        assertEquals("+12025550150", parties.from());
        assertTrue(parties.withheld());
    }

    @Test
    void showsTheNamesOfTheTokenAndNoOther() {
        Limits named =
                new Limits(List.of(), List.of(), OptionalInt.empty(), OptionalInt.empty(), List.of("Alice", "Sales"));
        assertEquals(Optional.of("Alice"), named(named, Optional.empty()));
        assertEquals(Optional.of("Sales"), named(named, Optional.of("Sales")));
        CallRefused refused = assertThrows(CallRefused.class, () -> named(named, Optional.of("Police")));
        assertEquals(CallRefused.Code.NAME_NOT_ALLOWED, refused.code());
        assertEquals(Optional.empty(), named(Limits.NONE, Optional.empty()));
    }

    private Optional<String> named(Limits limits, Optional<String> name) {
        PlaceCall wish = new PlaceCall(
                "alice", "+12025550100", Optional.empty(), limits, "offer", name, Map.of(), Optional.empty());
        return plan(planner, wish).parties().details().name();
    }

    @Test
    void refusesABarredNumber() {
        PlaceCall wish = new PlaceCall("alice", "+5351234567", Optional.empty(), Limits.NONE, "offer");
        CallRefused refused = assertThrows(CallRefused.class, () -> plan(planner, wish));
        assertEquals(CallRefused.Code.DESTINATION_NOT_ALLOWED, refused.code());
    }

    @Test
    void anEmergencyCallHasItsOwnTrunksWhateverTheTokenSays() {
        Limits tight = new Limits(List.of(), List.of("+1202*"), OptionalInt.of(60), OptionalInt.of(1));
        PlaceCall wish = new PlaceCall("alice", "9-1-1", Optional.of("anonymous"), tight, "offer");
        CallPlanner.Plan plan =
                plan(planner(new EmergencySettings(List.of(), List.of("b", "c"), Optional.empty())), wish);
        assertEquals(
                new Course(
                        List.of("b", "c"),
                        "911",
                        "+12025550150",
                        Optional.of(new Emergency(
                                Optional.empty(),
                                plan.course().help().orElseThrow().begun()))),
                plan.course());
        assertEquals(
                new CallParties(
                        CallSnapshot.Direction.OUTBOUND, "alice", "+12025550150", false, "911", OptionalInt.empty()),
                plan.parties());
    }

    @Test
    void anEmergencyCallComesFromWhereThePageSaysOrElseFromWhereTheOperatorSays() {
        CallerLocation office = GeoUri.parse("geo:38.8977,-77.0365").orElseThrow();
        CallPlanner planner = planner(new EmergencySettings(List.of(), List.of("b"), Optional.of(office)));
        assertEquals(Optional.of(office), location(planner, "911", Optional.empty()));
        assertEquals(GeoUri.parse("geo:1,2;u=3").map(p -> p), location(planner, "911", Optional.of("geo:1,2;u=3")));
        assertEquals(Optional.of(office), location(planner, "911", Optional.of("geo:100,2")), "nobody is held up");
    }

    private static Optional<CallerLocation> location(CallPlanner planner, String to, Optional<String> told) {
        PlaceCall wish =
                new PlaceCall("alice", to, Optional.empty(), Limits.NONE, "offer", Optional.empty(), Map.of(), told);
        return plan(planner, wish).course().help().flatMap(Emergency::location);
    }

    @Test
    void onlyAnEmergencyCallTellsWhereItIsFrom() {
        assertEquals(Optional.empty(), location(planner, "+12025550100", Optional.of("geo:1,2")));
        CallRefused refused =
                assertThrows(CallRefused.class, () -> location(planner, "+12025550100", Optional.of("geo:100,2")));
        assertEquals(CallRefused.Code.BAD_LOCATION, refused.code());
    }

    @Test
    void whoCallsForHelpWhereThereIsNoneIsToldSo() {
        PlaceCall wish = new PlaceCall("alice", "112", Optional.empty(), Limits.NONE, "offer");
        CallRefused refused = assertThrows(CallRefused.class, () -> plan(planner, wish));
        assertEquals(CallRefused.Code.NO_EMERGENCY_CALLS, refused.code());
        assertEquals(
                "Emergency calls cannot be made from here. Dial 112 on another phone at once.", refused.getMessage());
    }

    @Test
    void aCarriersNumbersWithoutACountryCodeAreOfItsOwnCountry() {
        assertEquals("+4930123456", planner.shown("030123456", "german"));
        assertEquals("+12025550150", planner.shown("+12025550150", "german"));
        assertEquals("030123456", planner.shown("030123456", "a"), "no number here");
        assertEquals("+12025550150", planner.shown("2025550150", "a"));
        assertEquals(
                Optional.of("line 7, number +12025550150"),
                planner.inbound("2025550150", "a").map(RouteIn::rule));
        assertEquals(Optional.empty(), planner.inbound("2025550150", "german"));
    }

    @Test
    void transfersAreJudgedByTheNumberThatTheTokenGives() {
        CallPlanner strict = planner(
                EmergencySettings.NONE,
                new RouteTerms(
                        new Callers(List.of("+12025550151"), Optional.empty()),
                        OpenHours.ALWAYS,
                        Rewriting.NONE,
                        Rewriting.NONE,
                        CallLimits.NONE));
        Limits own = new Limits(List.of("+12025550151"), List.of(), OptionalInt.empty(), OptionalInt.empty());
        assertEquals("+12025550100", strict.destination("(202) 555-0100", "alice", own, Instant.EPOCH));
        CallRefused refused = assertThrows(
                CallRefused.class, () -> strict.destination("(202) 555-0100", "alice", Limits.NONE, Instant.EPOCH));
        assertEquals(CallRefused.Code.NO_ROUTE, refused.code());
    }

    @Test
    void aUserWithoutANumberHasNone() {
        assertEquals("", parties("bob", "", Limits.NONE).from());
    }
}
