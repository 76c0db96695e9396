package io.copperline.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarrierCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String firstError() {
        return err.toString().lines().findFirst().orElse("");
    }

    @Test
    void explainsItself() {
        assertEquals(0, execute("carrier", "--help"));
        String help = out.toString();
        assertTrue(help.startsWith("Usage: copperline carrier "), help);
        for (String part : new String[] {
            "--habits=NAME|FILE", "--json", "--calls=N", "Exit codes:", "1   something was refused, fewer calls came,"
        }) {
            assertTrue(help.contains(part), part + " in " + help);
        }
    }

    @Test
    void anUnknownNameIsTold() {
        assertEquals(2, execute("carrier", "--habits", "twillio"));
        assertTrue(firstError().startsWith("There is no carrier twillio. There are asterisk, "), err::toString);
        assertTrue(firstError().endsWith(" A file of your own ends in .yaml."), err::toString);
    }

    @Test
    void aFileThatIsWrongIsTold(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("own.yaml"), "# mine\nchallenge: 402\n");
        assertEquals(2, execute("carrier", "--habits", file.toString()));
        assertEquals(
                file
                        + ":2: challenge: expected 401, 407, or 0 for none, found 402. Fix: write for instance challenge: 0.",
                firstError());
    }

    @Test
    void optionsThatMakeNoSenseAreTold() {
        assertEquals(2, execute("carrier", "--habits", "vonage", "--port", "70000"));
        assertEquals("port out of range:70000", firstError());
        err.getBuffer().setLength(0);
        assertEquals(2, execute("carrier", "--habits", "vonage", "--address", "0.0.0.0"));
        assertTrue(firstError().contains("name one address"), err::toString);
        err.getBuffer().setLength(0);
        assertEquals(2, execute("carrier", "--habits", "vonage", "--address", "carrier.example"));
        assertTrue(firstError().contains("carrier.example"), err::toString);
        err.getBuffer().setLength(0);
        assertEquals(2, execute("carrier", "--habits", "vonage", "--calls", "-1"));
        assertEquals("--calls and --seconds take numbers from 0.", firstError());
    }

    @Test
    void tlsWantsACertificate(@TempDir Path directory) throws IOException {
        assertEquals(2, execute("carrier", "--habits", "twilio"));
        assertEquals("These habits want TLS: add --certificate and --key, each a PEM file.", firstError());
        err.getBuffer().setLength(0);
        String file = Files.writeString(directory.resolve("no.pem"), "no").toString();
        assertEquals(2, execute("carrier", "--habits", "twilio", "--certificate", file, "--key", file));
        assertTrue(firstError().startsWith("--certificate or --key cannot be used: "), err::toString);
    }

    @Test
    void aPortThatIsTakenIsTold() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String port = "" + taken.getLocalPort();
            assertEquals(1, execute("carrier", "--habits", "vonage", "--port", port));
            assertTrue(firstError().startsWith("The carrier cannot listen on 127.0.0.1 port " + port), err::toString);
        }
    }
}
