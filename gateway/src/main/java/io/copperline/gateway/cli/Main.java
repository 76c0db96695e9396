package io.copperline.gateway.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program's entry. */
@Command(
        name = "copperline",
        description = "The gateway between the browser's WebRTC API and the telephone network.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            RouteTestCommand.class,
            TrunkCommand.class,
            CarrierCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        scope = CommandLine.ScopeType.INHERIT)
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((failure, command, parsed) -> {
            // A bug, or a thing that no room foresaw: people get the message, the stack stays in the log.
            PrintWriter err = command.getErr();
            err.println("copperline: " + failure.getMessage());
            err.flush();
            return CommandLine.ExitCode.SOFTWARE;
        });
    }
}
