package io.copperline.gateway.cli;

import io.copperline.config.CopperlineSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code copperline check FILE}: exit code 0 where the file can be used, 2 where it cannot. */
@Command(
        name = "check",
        description = "Checks a configuration file and prints everything that is wrong with it.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the file can be used", "2:it cannot"})
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "the configuration, such as copperline.yaml")
    private Path file;

    @Override
    public Integer call() {
        return ConfigFile.read(file, System.getenv(), spec.commandLine().getErr())
                .map(this::praise)
                .orElse(ConfigFile.CANNOT_BE_USED);
    }

    private int praise(CopperlineSettings settings) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(file + " is good: " + count(settings.trunks().size(), "trunk") + ", "
                + count(settings.routes().outbound().size(), "outbound route") + ", "
                + count(settings.routes().inbound().size(), "inbound number") + ".");
        new RouteNotes(settings, out).write(Instant.now());
        out.flush();
        return ExitCode.OK;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
