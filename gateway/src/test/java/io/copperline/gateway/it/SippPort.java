package io.copperline.gateway.it;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether sipp has opened its port, by what Linux lists of the network that it is in (proc_pid_net(5)): nothing is sent to find out.
 * A carrier that is asked before it is there would be asked again, and another one after that.
 */
final class SippPort {
    private static final int WORD_BYTES = 4;
    private static final String ANY = "[0-9A-F]+:0000 ";
    /** Of TCP's states. */
    private static final String LISTENING = "0A ";

    private SippPort() {}

    static void awaitOpen(Process sipp, Carrier carrier, Path output) {
        boolean udp = carrier.transport().startsWith("u");
        Pattern open = Pattern.compile(": " + listed(InetAddress.ofLiteral(carrier.host()))
                + String.format(Locale.ROOT, ":%04X ", carrier.port()) + ANY + (udp ? "" : LISTENING));
        Await.until("sipp is there: " + output, () -> {
            if (!sipp.isAlive()) {
                throw new AssertionError("sipp ended with " + sipp.exitValue() + ":\n" + Sipp.text(output));
            }
            return Stream.of("", "6")
                    .map(version -> Path.of("/proc", "" + sipp.pid(), "net", (udp ? "udp" : "tcp") + version))
                    .flatMap(list -> lines(list).stream())
                    .anyMatch(line -> open.matcher(line).find());
        });
    }

    /** Each four bytes as one number of a little-endian machine. */
    private static String listed(InetAddress address) {
        StringBuilder digits = new StringBuilder();
        byte[] bytes = address.getAddress();
        for (int word = 0; word < bytes.length; word += WORD_BYTES) {
            for (int i = WORD_BYTES - 1; i >= 0; i--) {
                digits.append(String.format(Locale.ROOT, "%02X", bytes[word + i]));
            }
        }
        return digits.toString();
    }

    private static List<String> lines(Path list) {
        try {
            return Files.readAllLines(list);
        } catch (IOException e) {
            return List.of(); // it has ended
        }
    }
}
