package io.copperline.gateway.cli;

import io.copperline.config.CopperlineSettings;
import io.copperline.gateway.doctor.Finding;
import io.copperline.gateway.doctor.TestCall;
import io.copperline.gateway.doctor.TrunkDoctor;
import io.copperline.sip.TrunkSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code copperline trunk test FILE NAME}. */
@Command(name = "trunk", description = "Looks at a trunk.", synopsisSubcommandLabel = "COMMAND")
final class TrunkCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            name = "test",
            description =
                    "Finds the carrier, connects, asks by OPTIONS, registers, and may place a call: each step passes, or says how to mend it.",
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {"0:every step passed", "1:one failed", "2:the file cannot be used, or has no such trunk"})
    int test(
            @Parameters(paramLabel = "FILE", description = "the configuration, such as copperline.yaml") Path file,
            @Parameters(paramLabel = "NAME", description = "the trunk's name") String name,
            @Option(
                            names = "--call",
                            paramLabel = "NUMBER",
                            description =
                                    "also calls this number, listens, says a tone and presses a key; takes about 20 s")
                    String called,
            @Option(
                            names = "--from",
                            paramLabel = "NUMBER",
                            description = "the number to show with it (default: the first of routes.inbound)")
                    String caller,
            @Option(names = "--json", description = "one JSON object for each step, a line each") boolean json) {
        PrintWriter err = spec.commandLine().getErr();
        Optional<CopperlineSettings> settings = ConfigFile.read(file, System.getenv(), err);
        if (settings.isEmpty()) {
            return ConfigFile.CANNOT_BE_USED;
        }
        Optional<TrunkSettings> trunk = settings.get().trunks().stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
        if (trunk.isEmpty()) {
            String names =
                    settings.get().trunks().stream().map(TrunkSettings::name).collect(Collectors.joining(", "));
            err.println(file + " has no trunk " + name + (names.isEmpty() ? "." : ". It has " + names + "."));
            err.flush();
            return ConfigFile.CANNOT_BE_USED;
        }
        Optional<TestCall> call = Optional.ofNullable(called).map(number -> testCall(settings.get(), number, caller));
        PrintWriter out = spec.commandLine().getOut();
        boolean healthy = new TrunkDoctor(
                        settings.get().sip(),
                        trunk.get(),
                        call,
                        InstantSource.system(),
                        System::nanoTime,
                        new SecureRandom(),
                        finding -> print(out, finding, json))
                .examine();
        return healthy ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private TestCall testCall(CopperlineSettings settings, String called, String caller) {
        try {
            return TestCall.of(settings, called, Optional.ofNullable(caller), Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static void print(PrintWriter out, Finding finding, boolean json) {
        out.println(json ? finding.json() : line(finding));
        out.flush();
    }

    private static String line(Finding finding) {
        String fix = finding.fix().isEmpty() ? "" : ". Fix: " + finding.fix();
        return String.format(
                Locale.ROOT,
                "%-7s %-9s %s%s (%d ms)",
                finding.outcome().spelled(),
                finding.step(),
                finding.what(),
                fix,
                finding.millis());
    }
}
