package io.copperline.gateway.cli;

import io.copperline.config.CopperlineSettings;
import io.copperline.gateway.route.Barred;
import io.copperline.gateway.route.NoRoute;
import io.copperline.gateway.route.Numbers;
import io.copperline.gateway.route.PhoneNumber;
import io.copperline.gateway.route.RouteMatch;
import io.copperline.gateway.route.Routes;
import io.copperline.gateway.route.RuleTrial;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code copperline route-test FILE NUMBER}: which rule takes a call, and why the others do not. */
@Command(
        name = "route-test",
        description = "Says where a call to a number would go, and what becomes of each rule for it.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:it would go to a trunk", "1:it would be refused", "2:the file cannot be used"},
        mixinStandardHelpOptions = true)
final class RouteTestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "the configuration, such as copperline.yaml")
    private Path file;

    @Parameters(index = "1", paramLabel = "NUMBER", description = "the number as a user would write it")
    private String number;

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "who calls, by the sub of his token (default: nobody known)")
    private String user = "";

    @Override
    public Integer call() {
        return ConfigFile.read(file, System.getenv(), spec.commandLine().getErr())
                .map(this::test)
                .orElse(ConfigFile.CANNOT_BE_USED);
    }

    private int test(CopperlineSettings settings) {
        PrintWriter out = spec.commandLine().getOut();
        Numbers numbers = new Numbers(settings.region());
        Optional<PhoneNumber> read = numbers.dialled(number);
        boolean goes = read.isPresent() && tell(new Routes(settings.routes(), numbers), read.get(), out);
        if (read.isEmpty()) {
            out.println(number + " is no phone number in " + settings.region()
                    + ". Write it with its country code, such as +12025550100.");
        }
        out.flush();
        return goes ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private boolean tell(Routes routes, PhoneNumber called, PrintWriter out) {
        return switch (routes.outbound(called, user)) {
            case RouteMatch match -> {
                out.println(called.e164() + " goes to " + String.join(", then ", match.trunks()) + ".");
                trials(routes, called, match.rule(), out);
                yield true;
            }
            case Barred barred -> {
                out.println(barred.explanation());
                yield false;
            }
            case NoRoute none -> {
                out.println(none.explanation());
                yield false;
            }
        };
    }

    private void trials(Routes routes, PhoneNumber called, String winner, PrintWriter out) {
        for (RuleTrial trial : routes.trials(called, user)) {
            boolean wins = trial.rule().equals(winner);
            String fate = trial.missed().orElse(wins ? "takes the call" : "would take it, but an earlier rule does");
            out.println((wins ? "* " : "  ") + trial.rule() + ": " + fate);
        }
    }
}
