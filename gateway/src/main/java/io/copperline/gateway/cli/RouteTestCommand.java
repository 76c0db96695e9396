package io.copperline.gateway.cli;

import io.copperline.config.CopperlineSettings;
import io.copperline.gateway.route.Numbers;
import io.copperline.gateway.route.PhoneNumber;
import io.copperline.sip.TrunkSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code copperline route-test FILE NUMBER [--inbound]}: which rule takes a call, and why the others do not. */
@Command(
        name = "route-test",
        description = "Says where a call to a number would go, out or in, and what becomes of each rule for it.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:it would go to a trunk, or with --inbound ring or go on",
            "1:it would be refused",
            "2:the file cannot be used"
        })
final class RouteTestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "the configuration, such as copperline.yaml")
    private Path file;

    @Parameters(
            index = "1",
            paramLabel = "NUMBER",
            description = "the number as a user would write it, or with --inbound the carrier")
    private String number;

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "who calls, by the sub of his token (default: nobody known)")
    private String user = "";

    @Option(names = "--inbound", description = "a call that comes in, rather than one that goes out")
    private boolean inbound;

    @Option(
            names = "--trunk",
            paramLabel = "TRUNK",
            description = "with --inbound: which trunk brings it (default: one whose carrier is at home in region)")
    private Optional<String> trunk = Optional.empty();

    @Option(
            names = "--caller",
            paramLabel = "NUMBER",
            description = "the number that he shows (default: his first inbound number; with --inbound none)")
    private Optional<String> caller = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "when, such as 2026-12-24T19:30 by routes.time-zone, or with an offset (default: now)")
    private Optional<String> at = Optional.empty();

    @Override
    public Integer call() {
        return ConfigFile.read(file, System.getenv(), spec.commandLine().getErr())
                .map(this::test)
                .orElse(ConfigFile.CANNOT_BE_USED);
    }

    private int test(CopperlineSettings settings) {
        PrintWriter out = spec.commandLine().getOut();
        boolean goes = inbound ? comesIn(settings, out) : goesOut(settings, out);
        out.flush();
        return goes ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private boolean comesIn(CopperlineSettings settings, PrintWriter out) {
        if (!user.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--user is for calls out: no user makes a call in");
        }
        List<String> names = settings.trunks().stream().map(TrunkSettings::name).toList();
        if (trunk.isPresent() && !names.contains(trunk.get())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--trunk " + trunk.get() + " is no trunk of the file, which has " + String.join(", ", names));
        }
        Instant time = time(settings.routes().limits().zone());
        return new InboundExplanation(settings, out)
                .of(new InboundExplanation.Call(number, caller.orElse(""), trunk.orElse(""), time));
    }

    private boolean goesOut(CopperlineSettings settings, PrintWriter out) {
        if (trunk.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--trunk is for --inbound: which trunk a call out takes is what is asked");
        }
        Numbers numbers = new Numbers(settings.region());
        RouteExplanation explanation = new RouteExplanation(settings.routes(), numbers, out);
        return explanation.of(
                number, user, shown(numbers), time(settings.routes().limits().zone()));
    }

    private Optional<String> shown(Numbers numbers) {
        if (caller.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> read = caller.flatMap(numbers::dialled).map(PhoneNumber::e164);
        if (read.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--caller " + caller.get() + " is no phone number");
        }
        return read;
    }

    private Instant time(ZoneId zone) {
        if (at.isEmpty()) {
            return Instant.now();
        }
        try {
            boolean local = at.get().matches("[^T]+T[0-9:.]+");
            return local
                    ? LocalDateTime.parse(at.get()).atZone(zone).toInstant()
                    : OffsetDateTime.parse(at.get()).toInstant();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(), "--at " + at.get() + " is no time such as 2026-12-24T19:30", e);
        }
    }
}
