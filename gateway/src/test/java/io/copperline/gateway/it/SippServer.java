package io.copperline.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One server of a carrier: sipp by a scenario of {@code it/sipp}, at a port of loopback or far away, for any number of calls. */
final class SippServer implements AutoCloseable {
    private final Process process;
    private final Path messages;
    private final Path output;

    private SippServer(Process process, Path messages, Path output) {
        this.process = process;
        this.messages = messages;
        this.output = output;
    }

    /** Returns when it is there, as all of these do: whom it does not answer at once may try elsewhere. */
    static SippServer udp(Path directory, int port, String scenario) {
        return at(directory, Carrier.at(port), scenario);
    }

    static SippServer tcp(Path directory, int port, String scenario) {
        return at(directory, Carrier.at(port).byTcp(), scenario);
    }

    /** The same in a network of its own, at one of its addresses. */
    static SippServer udp(Namespace network, String address, Path directory, int port, String scenario) {
        return start(network.inside(), directory, Carrier.at(port).at(address), scenario);
    }

    static SippServer tcp(Namespace network, String address, Path directory, int port, String scenario) {
        return start(network.inside(), directory, Carrier.at(port).at(address).byTcp(), scenario);
    }

    static SippServer at(Path directory, Carrier carrier, String scenario) {
        return start(List.of(), directory, carrier, scenario);
    }

    private static SippServer start(List<String> where, Path directory, Carrier carrier, String scenario) {
        String name = scenario + "-" + carrier.host() + "-" + carrier.port() + carrier.transport();
        Path messages = directory.resolve(name + ".messages.log");
        Path output = directory.resolve(name + ".output.log");
        List<String> command = new ArrayList<>(where);
        command.addAll(List.of(
                "sipp",
                "-sf",
                Sipp.file(scenario).toString(),
                "-nostdin",
                "-trace_msg",
                "-message_file",
                messages.toString(),
                "-trace_err",
                "-error_file",
                directory.resolve(name + ".errors.log").toString()));
        command.addAll(carrier.words());
        try {
            Files.deleteIfExists(messages); // of an earlier one
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            SippPort.awaitOpen(process, carrier, output);
            return new SippServer(process, messages, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every SIP message, both ways. */
    String messages() {
        return Sipp.text(messages);
    }

    /** How many INVITEs have come; repetitions do not count. */
    int invites() {
        return received("INVITE ").size();
    }

    /** When messages came in that begin so, by sipp's own clock, which is the machine's; of one that was repeated, the first time. */
    List<Instant> received(String begin) {
        return Sipp.times(messages(), "received", begin);
    }

    /** When the first INVITE came. */
    Instant invitedAt() {
        return invitedAt("");
    }

    /** When the first INVITE to this number came. */
    Instant invitedAt(String number) {
        return received("INVITE sip:" + number).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no INVITE has come; see " + output + "\n" + messages()));
    }

    @Override
    public void close() {
        Sipp.end(process);
    }
}
