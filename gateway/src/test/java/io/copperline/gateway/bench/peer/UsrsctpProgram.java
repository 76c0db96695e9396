package io.copperline.gateway.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The same transfer by usrsctp, the stack of Firefox, in C: where its headers and a compiler are there. */
final class UsrsctpProgram implements AutoCloseable {
    private final Path directory;

    private UsrsctpProgram(Path directory) {
        this.directory = directory;
    }

    /** Compiles it; empty where that cannot be done here. */
    static Optional<UsrsctpProgram> compile() throws IOException, InterruptedException {
        if (!Files.exists(Path.of("/usr/include/usrsctp.h")) || !Files.isExecutable(Path.of("/usr/bin/cc"))) {
            return Optional.empty();
        }
        Path source = Path.of("gateway/src/test/c/usrsctp-transfer.c").toAbsolutePath();
        UsrsctpProgram program = new UsrsctpProgram(Files.createTempDirectory("usrsctp"));
        String said = run("cc", "-O2", "-o", program.binary(), source.toString(), "-lusrsctp", "-lpthread");
        if (!said.isEmpty()) {
            System.err.println(said);
        }
        return Optional.of(program);
    }

    private String binary() {
        return directory.resolve("usrsctp-transfer").toString();
    }

    /** Megabytes for each second of processor time, both sides together. */
    double transfer(long bytes) throws IOException, InterruptedException {
        return Double.parseDouble(run(binary(), Long.toString(bytes), Integer.toString(ChannelTransfer.MESSAGE_BYTES))
                .strip());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(Path.of(binary()));
        Files.delete(directory);
    }
}
