package io.copperline.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
                  line 9, prefix +: would take it, but an earlier rule does
                """, out.toString());
        out.getBuffer().setLength(0);
        assertEquals(1, execute("route-test", file.toString(), "+19005551234"));
        assertEquals("+19005551234 is barred: routes.barred has premium-rate.\n", out.toString());
        out.getBuffer().setLength(0);
        assertEquals(1, execute("route-test", file.toString(), "911"));
        assertTrue(out.toString().startsWith("911 is no phone number in US."), out.toString());
    }

    @Test
    void tellsItsVersion() {
        assertEquals(0, execute("version"));
        assertTrue(out.toString().startsWith("Copperline "));
    }

    private int execute(String... arguments) {
        CommandLine commands = Main.commandLine();
        return commands.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
