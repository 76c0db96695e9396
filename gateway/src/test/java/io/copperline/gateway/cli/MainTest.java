package io.copperline.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void praisesAGoodFile() {
        assertEquals(0, execute("check", "src/main/dist/etc/lab.yaml"));
        assertEquals(
                "src/main/dist/etc/lab.yaml is good: 1 trunk, 1 outbound route, 2 inbound numbers.\n", out.toString());
    }

    @Test
    void notesWhatMayNotBeMeantSo(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), """
                region: US
                auth: {hs256-secret: 0123456789abcdef0123456789abcdef}
                trunks: {a: {server: a.example}}
                routes:
                  outbound: [{prefix: +1, trunks: a}, {prefix: +49, users: [alice], trunks: a}]
                  inbound:
                    - number: +12025550150
                      user: alice
                      webhook: http://10.0.0.1/calls?key=sesame
                      webhook-secret: 0123456789abcdef0123456789abcdef
                    - {number: +12025550151, forward: +19005551234}
                    - {number: +12025550152, forward: +493012345}
                    - {number: +12025550153, forward: +12}
                    - {number: +12025550154, forward: +12025550177}
                  emergency: {trunks: [a], location: "geo:38.8977,-77.0365"}
                """);
        assertEquals(0, execute("check", file.toString()));
        assertEquals(
                List.of(
                        "Note: the rule on line 7 asks its webhook by http, so whoever is on the way to 10.0.0.1 can read"
                                + " who calls, and change the answer.",
                        "Note: the rule on line 11 forwards to a number that may not be called: +19005551234 is barred:"
                                + " routes.barred has premium-rate.",
                        "Note: the rule on line 12 forwards calls of hidden callers, at this time, nowhere: No route for"
                                + " +493012345. Tried: line 5, prefix +1 (the number does not begin so); line 5, prefix"
                                + " +49 (it is for certain users only).",
                        "Note: the rule on line 13 forwards to +12, which is no phone number.",
                        "Note: routes.emergency says where calls come from, and none of its trunks tells it: add"
                                + " emergency-location: true to those whose carrier takes locations."),
                out.toString().lines().skip(1).toList());
    }

    @Test
    void printsEveryProblemOnALineOfItsOwn(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("bad.yaml"), "region: US\nauht:\nhttp: {prot: 1}\n");
        assertEquals(2, execute("check", file.toString()));
        assertEquals(4, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains(file + ":3: http.prot: expected a known key. Fix: did you mean port?"));
        assertTrue(err.toString().endsWith("bad.yaml cannot be used: 3 problems.\n"));
    }

    @Test
    void refusesARegionWithoutTelephones(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("c.yaml"), "region: AQ\nauth: {hs256-secret: 0123456789abcdef0123456789abcdef}\n");
        assertEquals(2, execute("check", file.toString()));
        assertTrue(err.toString().contains("region: expected a region with telephone numbers, found AQ"));
        err.getBuffer().setLength(0);
        file = Files.writeString(directory.resolve("d.yaml"), """
                region: US
                auth: {hs256-secret: 0123456789abcdef0123456789abcdef}
                trunks: {pole: {server: a.example, number-region: AQ}}
                """);
        assertEquals(2, execute("check", file.toString()));
        assertTrue(err.toString().contains("trunks.pole.number-region: expected a region with telephone numbers"));
    }

    @Test
    void saysWhichRuleTakesACallAndWhyTheOthersDoNot(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), """
                region: US
                auth: {hs256-secret: 0123456789abcdef0123456789abcdef}
                trunks: {cheap: {server: a.example}, dear: {server: b.example}}
                routes:
                  outbound:
                    - {prefix: "+49", trunks: [dear]}
                    - {prefix: "+1", users: [bob], trunks: [dear]}
                    - {prefix: "+1", trunks: [cheap, dear]}
                    - {prefix: "+", trunks: [dear]}
                """);
        assertEquals(0, execute("route-test", file.toString(), "(202) 555-0100", "--user", "alice"));
        assertEquals("""
                +12025550100 goes to cheap, then dear.
                  line 6, prefix +49: the number does not begin so
                  line 7, prefix +1: it is not for user alice
                * line 8, prefix +1: takes the call
                  line 9, prefix +: would take it, but a rule that is tried before does
                """, out.toString());
        out.getBuffer().setLength(0);
        assertEquals(1, execute("route-test", file.toString(), "+19005551234"));
        assertEquals("+19005551234 is barred: routes.barred has premium-rate.\n", out.toString());
        out.getBuffer().setLength(0);
        assertEquals(1, execute("route-test", file.toString(), "911"));
        assertTrue(out.toString().startsWith("911 is an emergency number, and routes.emergency has no trunks"));
        out.getBuffer().setLength(0);
        assertEquals(1, execute("route-test", file.toString(), "12"));
        assertTrue(out.toString().startsWith("12 is no phone number in US."), out.toString());
    }

    @Test
    void saysWhatElseBearsOnARoute(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), """
                region: DE
                auth: {hs256-secret: 0123456789abcdef0123456789abcdef}
                trunks: {a: {server: a.example, limits: {channels: 40, calls: 30}}, b: {server: b.example}, c: {server: c.example}}
                routes:
                  order: longest-prefix
                  time-zone: Europe/Berlin
                  outbound:
                    - {prefix: "+", trunks: [c]}
                    - prefix: "+49"
                      days: [mon-fri]
                      hours: [08:00-18:00]
                      callers: [+4930]
                      trunks: [{name: a, weight: 80}, {name: b, weight: 20}, c]
                      called: {strip: "+49", prepend: "0"}
                      limits: {minutes-per-day: 600}
                  emergency: {trunks: [c, a]}
                """);
        String[] call = {"route-test", file.toString(), "+4989123456", "--caller", "030 12345678", "--at"};
        assertEquals(0, execute(with(call, "2026-11-27T09:00")));
        assertEquals("""
                +4989123456 goes to a (80 %) or b (20 %), then c.
                Dialled as 089123456.
                Limits of the rule: 600 minutes a day.
                Limits of trunk a: 40 channels, in and out, 30 calls at once.
                * line 9, prefix +49: takes the call
                  line 8, prefix +: would take it, but a rule that is tried before does
                """, out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, execute(with(call, "2026-11-28T09:00")));
        assertEquals("""
                +4989123456 goes to c.
                  line 9, prefix +49: it is not in force at this time
                * line 8, prefix +: takes the call
                """, out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, execute("route-test", file.toString(), "112"));
        assertTrue(out.toString().startsWith("112 is an emergency number: it goes, as it is dialled, to c, then a."));
        assertEquals(2, execute(with(call, "tomorrow")));
    }

    private static final String CALLS_IN = """
            region: US
            auth: {hs256-secret: 0123456789abcdef0123456789abcdef}
            trunks: {a: {server: a.example}, berlin: {server: b.example, number-region: DE, limits: {channels: 9}}}
            routes:
              outbound:
                - {prefix: "+1", trunks: [{name: a, weight: 1}, {name: berlin, weight: 1}]}
                - {prefix: "+33", callers: [+49], trunks: [berlin]}
              inbound:
                - {prefix: "+4930", users: [alice, bob], ring: in-turn, ring-for: 15s, forward: +12025550177}
                - {number: +4930123456, user: carol, limits: {calls: 5, calls-per-second: 2}}
                - {numbers: [+4930123400-+4930123499], refuse: unwanted}
                - {number: "100", forward: +12025550178, forward-as: called}
                - {number: +12025550150, forward: +33123456789}
                - {number: +12025550151, user: dave, webhook: "https://app.example.com/x?key=1", webhook-secret: 0123456789abcdef0123456789abcdef}
            """;

    @Test
    void saysWhatBecomesOfACallIn(@TempDir Path directory) throws IOException {
        String file = Files.writeString(directory.resolve("c.yaml"), CALLS_IN).toString();
        assertEquals(0, execute("route-test", file, "030 123456", "--inbound", "--trunk", "berlin"));
        assertEquals("""
                +4930123456 rings carol, for 60 s.
                Limits of line 10, number +4930123456: 5 calls at once, 2 calls a second.
                Limits of trunk berlin: 9 channels, in and out.
                  line 9, prefix +4930: would take it, but a rule for this single number goes before
                * line 10, number +4930123456: takes the call
                  line 11, numbers +4930123400-+4930123499: would take it, but a rule that is tried before does
                  line 12, number 100: it is not for this number
                  line 13, number +12025550150: it is not for this number
                  line 14, number +12025550151: it is not for this number
                """, out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, execute("route-test", file, "+493012", "--inbound"));
        assertTrue(out.toString().startsWith("""
                +493012 rings alice, then bob, 15 s each.
                Where nobody answers, it goes on to +12025550177 by a (50 %) or berlin (50 %) (line 6, prefix +1), which sees no caller.
                Limits of trunk berlin: 9 channels, in and out.
                * line 9, prefix +4930: takes the call
                """), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(1, execute("route-test", file, "7", "--inbound"));
        assertTrue(out.toString().startsWith("No inbound rule is for 7: the call is refused (404).\n  line 9,"));
    }

    @Test
    void saysHowACallInGoesOnOrIsRefused(@TempDir Path directory) throws IOException {
        String file = Files.writeString(directory.resolve("c.yaml"), CALLS_IN).toString();
        assertEquals(0, execute("route-test", file, "100", "--inbound"));
        assertTrue(out.toString().contains("(line 6, prefix +1), which sees 100 call.\n"), out.toString());
        out.getBuffer().setLength(0);
        String[] toFrance = {"route-test", file, "12025550150", "--inbound", "--caller", "030123456", "--trunk"};
        assertEquals(0, execute(with(toFrance, "berlin")));
        assertTrue(
                out.toString()
                        .startsWith("+12025550150 goes on to +33123456789 by berlin (line 7, prefix +33), which sees"
                                + " +4930123456 call.\n"),
                out.toString());
        out.getBuffer().setLength(0);
        assertEquals(1, execute("route-test", file, "+12025550150", "--inbound"));
        assertTrue(
                out.toString().contains("line 7, prefix +33 (it is not for callers without a number)."),
                out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, execute("route-test", file, "+12025550151", "--inbound"));
        assertTrue(out.toString().startsWith("""
                The webhook at app.example.com is asked first, for up to 3 s. Where it does not say:
                +12025550151 rings dave, for 60 s.
                """), out.toString());
    }

    @Test
    void refusesWhatIsNoQuestionAboutACallIn(@TempDir Path directory) throws IOException {
        String file = Files.writeString(directory.resolve("c.yaml"), CALLS_IN).toString();
        assertEquals(2, execute("route-test", file, "100", "--inbound", "--user", "alice"));
        assertEquals(2, execute("route-test", file, "100", "--inbound", "--trunk", "c"));
        assertTrue(err.toString().contains("--trunk c is no trunk of the file, which has a, berlin"), err.toString());
        assertEquals(2, execute("route-test", file, "+12025550100", "--trunk", "a"));
    }

    private static String[] with(String[] call, String last) {
        String[] all = java.util.Arrays.copyOf(call, call.length + 1);
        all[call.length] = last;
        return all;
    }

    @Test
    void tellsItsVersion() {
        assertEquals(0, execute("version"));
        assertTrue(out.toString().startsWith("Copperline "));
        String version = out.toString();
        for (List<String> asked : List.of(List.of("--version"), List.of("trunk", "test", "-V"))) {
            out.getBuffer().setLength(0);
            assertEquals(0, execute(asked.toArray(String[]::new)));
            assertEquals(version, out.toString());
        }
    }

    @Test
    void helpsHoweverItIsAsked() {
        assertEquals(0, execute("help"));
        String help = out.toString();
        assertTrue(help.contains("route-test") && help.contains("trunk"), help);
        out.getBuffer().setLength(0);
        assertEquals(0, execute("--help"));
        assertEquals(help, out.toString());
        assertEquals(0, execute("trunk", "--help"));
        assertEquals("", err.toString());
    }

    private int execute(String... arguments) {
        CommandLine commands = Main.commandLine();
        return commands.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
