package io.copperline.gateway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.copperline.config.CopperlineSettings;
import io.copperline.gateway.doctor.Finding;
import io.copperline.gateway.doctor.TestCall;
import io.copperline.gateway.doctor.TrunkDoctor;
import io.copperline.gateway.route.Numbers;
import io.copperline.gateway.route.PhoneNumber;
import io.copperline.sip.OutgoingCall;
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
            exitCodeList = {"0:every step passed", "1:one failed", "2:the file cannot be used, or has no such trunk"},
            mixinStandardHelpOptions = true)
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
        Numbers numbers = new Numbers(settings.region());
        String from = Optional.ofNullable(caller)
                .map(written -> e164(numbers, "--from", written))
                .or(() -> settings.routes().inbound().stream()
                        .flatMap(rule -> numbers.carrier(rule.number()).stream())
                        .map(PhoneNumber::e164)
                        .findFirst())
                .orElse("");
        OutgoingCall call = new OutgoingCall(e164(numbers, "--call", called), from, Optional.empty());
        return new TestCall(call, settings.media(), settings.region());
    }

    private String e164(Numbers numbers, String option, String written) {
        return numbers.dialled(written)
                .map(PhoneNumber::e164)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        option + ": " + written
                                + " is no phone number. Write it with its country code, such as +12025550100."));
    }

    private static void print(PrintWriter out, Finding finding, boolean json) {
        out.println(json ? object(finding) : line(finding));
        out.flush();
    }

    private static String line(Finding finding) {
        String fix = finding.fix().isEmpty() ? "" : ". Fix: " + finding.fix();
        return String.format(
                Locale.ROOT,
                "%-7s %-9s %s%s (%d ms)",
                spelled(finding.outcome()),
                finding.step(),
                finding.what(),
                fix,
                finding.millis());
    }

    private static String object(Finding finding) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("step", finding.step())
                .put("outcome", spelled(finding.outcome()))
                .put("what", finding.what())
                .put("fix", finding.fix())
                .put("millis", finding.millis())
                .toString();
    }

    private static String spelled(Finding.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
