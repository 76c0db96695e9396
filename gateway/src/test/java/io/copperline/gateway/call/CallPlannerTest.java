package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.RouteSettings;
import io.copperline.gateway.call.PlaceCall.Limits;
import io.copperline.gateway.route.Numbers;
import io.copperline.gateway.route.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CallPlannerTest {
    private final Numbers numbers = new Numbers("US");
    private final CallPlanner planner = new CallPlanner(
            numbers,
            new Routes(
                    new RouteSettings(
                            List.of(new RouteSettings.Outbound(
                                    Optional.of("+"), Optional.empty(), List.of(), List.of("a"), 3)),
                            List.of(new RouteSettings.Inbound("+12025550150", "alice", 7)),
                            new RouteSettings.Barred(List.of(), List.of("+53"), List.of())),
                    numbers));

    private CallParties parties(String user, String from, Limits limits) {
        Optional<String> shown = Optional.of(from).filter(f -> !f.isEmpty());
        return planner.outbound(new PlaceCall(user, "+12025550100", shown, limits, "offer"))
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
        return planner.outbound(
                        new PlaceCall("alice", "+12025550100", Optional.empty(), limits, "offer", name, Map.of()))
                .parties()
                .details()
                .name();
    }

    @Test
    void refusesABarredNumber() {
        PlaceCall wish = new PlaceCall("alice", "+5351234567", Optional.empty(), Limits.NONE, "offer");
        CallRefused refused = assertThrows(CallRefused.class, () -> planner.outbound(wish));
        assertEquals(CallRefused.Code.DESTINATION_NOT_ALLOWED, refused.code());
    }

    @Test
    void aUserWithoutANumberHasNone() {
        assertEquals("", parties("bob", "", Limits.NONE).from());
    }
}
