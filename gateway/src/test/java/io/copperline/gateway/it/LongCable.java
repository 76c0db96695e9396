package io.copperline.gateway.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What leads to a {@link Namespace} that is far away: packets take their time, and some are lost. Not by the kernel's netem, which
 * not every kernel has. It goes with this process, however that ends.
 */
final class LongCable implements AutoCloseable {
    private final Process process;
    private final BufferedReader confirmed;

    private LongCable(Process process) {
        this.process = process;
        confirmed = process.inputReader(StandardCharsets.US_ASCII);
    }

    /** @param name of the device here; in the namespace of that process it is {@code eth0} */
    static LongCable lay(String name, long pid) {
        try {
            String script = Resource.text("/it/long-cable.py");
            List<String> command = List.of("/usr/bin/python3", "-c", script, name, "" + pid);
            LongCable cable = new LongCable(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            cable.awaitConfirmation();
            return cable;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Each packet takes so long in either direction, and of those that go inside some are lost.
     *
     * @param lossPercent by chance
     */
    void stretch(int delayMillis, int lossPercent) {
        order("stretch " + delayMillis + " " + lossPercent);
    }

    /** Nothing comes back from this TCP port inside, not even a refusal. */
    void silence(int port) {
        order("silence " + port);
    }

    /** Nothing comes back to this TCP port of this machine, as where a firewall has forgotten the connection. */
    void forget(int port) {
        order("forget " + port);
    }

    /** Ends both, also where they had not begun. */
    void heal() {
        order("heal");
    }

    private void order(String line) {
        try {
            process.outputWriter(StandardCharsets.US_ASCII)
                    .append(line)
                    .append('\n')
                    .flush();
            awaitConfirmation();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitConfirmation() throws IOException {
        if (!"done".equals(confirmed.readLine())) {
            throw new AssertionError("the cable is broken");
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
