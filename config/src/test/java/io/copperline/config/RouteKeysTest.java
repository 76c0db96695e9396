package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteKeysTest {
    private static final OptionalInt ANY = OptionalInt.empty();

    @TempDir
    Path directory;

    private ConfigFixture config;

    @BeforeEach
    void setUp() {
        config = new ConfigFixture(directory);
    }

    @Test
    void readsAllThatARuleForCallsOutMaySay() {
        RouteSettings routes = config.read(ConfigFixture.good("""
                        trunks:
                          a: {server: a.example, limits: {channels: 40, calls: 30, calls-per-second: 5}}
                          b: {server: b.example}
                        routes:
                          order: longest-prefix
                          time-zone: Europe/Berlin
                          outbound:
                            - prefix: +49
                              callers: +4930
                              days: [fri-sun, tue]
                              hours: [08:00-12:00, 22:00-06:00]
                              trunks: [{name: a, weight: 80}, b]
                              called: {strip: "+49", prepend: "0"}
                              shown: {replace: '\\+49(\\d+)', with: '0$1'}
                              limits: {minutes-per-day: 600}
                          emergency: {numbers: [933], trunks: [b, a]}
                          user-limits:
                            - {users: [alice], calls: 9}
                            - {calls: 2}
                          inbound:
                            - {number: +12025550150, user: alice, limits: {calls: 3, calls-per-second: 2}}
                            - {number: +12025550151, user: alice}
                        """)).routes();
        RouteSettings.Outbound rule = routes.outbound().getFirst();
        assertEquals(List.of(new TrunkChoice("a", OptionalInt.of(80)), TrunkChoice.of("b")), rule.trunks());
        assertEquals(
                new OpenHours(
                        List.of(new OpenHours.Span(480, 720), new OpenHours.Span(1_320, 360)),
                        Set.of(DayOfWeek.TUESDAY, DayOfWeek.FRIDAY, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                        ZoneId.of("Europe/Berlin")),
                rule.terms().hours());
        assertEquals(List.of("+4930"), rule.terms().callers().prefixes());
        assertEquals("030123", rule.terms().called().of("+4930123"));
        assertEquals("030123", rule.terms().shown().of("+4930123"));
        assertEquals("+43123", rule.terms().shown().of("+43123"));
        assertEquals(new CallLimits(ANY, ANY, OptionalInt.of(600)), rule.terms().limits());
        assertEquals(RouteSettings.Order.LONGEST_PREFIX, routes.order());
        assertEquals(new EmergencySettings(List.of("933"), List.of("b", "a"), Optional.empty()), routes.emergency());
        assertEquals(
                new CallLimits(OptionalInt.of(30), OptionalInt.of(5), ANY),
                routes.limits().ofTrunk("a"));
        assertEquals(OptionalInt.of(40), routes.limits().channelsOf("a"));
        assertEquals(ANY, routes.limits().channelsOf("b"));
        assertEquals(
                List.of(new CallLimits(OptionalInt.of(3), OptionalInt.of(2), ANY), CallLimits.NONE),
                routes.inbound().stream().map(RouteSettings.Inbound::limits).toList());
        assertEquals(OptionalInt.of(9), routes.limits().ofUser("alice").calls());
        assertEquals(OptionalInt.of(2), routes.limits().ofUser("bob").calls());
    }

    @Test
    void saysWhatIsWrongInARule() {
        assertEquals(
                List.of(
                        "copperline.yaml:7: routes.outbound[0].trunks[0].wieght: expected a known key. Fix: did you mean"
                                + " weight? Otherwise remove it.",
                        "copperline.yaml:7: routes.outbound[0].trunks: expected a trunk from the trunks section, found z."
                                + " Fix: use one of a.",
                        "copperline.yaml:8: routes.outbound[0].hours: expected times of the day such as 08:00-18:00,"
                                + " found 8-18. Fix: write for instance hours: [08:00-18:00].",
                        "copperline.yaml:9: routes.outbound[0].days: expected days such as mon-fri or sun, found monday."
                                + " Fix: write for instance days: [mon-fri].",
                        "copperline.yaml:10: routes.outbound[0].called.replace: expected strip and prepend, or replace and"
                                + " with, found both. Fix: remove one of the two ways.",
                        "copperline.yaml:11: routes.outbound[0].shown.with: expected groups that replace has, found $2."
                                + " Fix: write $1 for the first group of replace, if it has one.",
                        "copperline.yaml:12: routes.emergency.trunks: expected a trunk from the trunks section, found b."
                                + " Fix: use one of a."),
                config.problems(ConfigFixture.good("""
                        trunks: {a: {server: a.example}}
                        routes:
                          outbound: [{prefix: +1,
                              trunks: [{name: a, wieght: 80}, z],
                              hours: 8-18,
                              days: monday,
                              called: {strip: "+", replace: '.*', with: x},
                              shown: {replace: '(.*)', with: $2}}]
                          emergency: {trunks: [b]}
                        """)));
    }

    @Test
    void saysWhichLimitsMakeNoSense() {
        assertEquals(
                List.of(
                        "copperline.yaml:4: trunks.a.limits.calls: expected at most the trunk's channels (20), which calls out"
                                + " share with calls in, found 30. Fix: lower calls or raise channels; without calls, calls"
                                + " out may take all channels.",
                        "copperline.yaml:6: routes.inbound[0].limits: expected a rule that takes calls, found one that refuses"
                                + " all of them. Fix: remove limits, or refuse.",
                        "copperline.yaml:7: routes.inbound[1].limits.minutes-per-day: expected a known key. Fix: remove it, or"
                                + " use one of calls, calls-per-second."),
                config.problems(ConfigFixture.good("""
                        trunks: {a: {server: a.example, limits: {channels: 20, calls: 30}}}
                        routes:
                          inbound: [{number: "100", refuse: busy, limits: {calls: 2}},
                            {number: "101", user: alice, limits: {minutes-per-day: 3}}]
                        """)));
    }
}
