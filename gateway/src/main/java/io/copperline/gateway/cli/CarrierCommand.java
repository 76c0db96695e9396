package io.copperline.gateway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.copperline.codecs.Secret;
import io.copperline.config.CarrierHabits;
import io.copperline.config.CarrierHabits.Registration;
import io.copperline.config.ConfigProblems;
import io.copperline.config.HabitsReader;
import io.copperline.gateway.carrier.CallOrder;
import io.copperline.gateway.carrier.PemIdentity;
import io.copperline.gateway.carrier.ScriptedCarrier;
import io.copperline.sip.SipTransport;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code copperline carrier}: a carrier with habits, for tests. */
@Command(
        name = "carrier",
        description =
                "A carrier for tests: takes calls, echoes them, and tells of everything that a carrier with these habits refuses. With --call it calls, too.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nothing was refused, as many calls came as --calls says, and all that it made were as asked",
            "1:something was refused, fewer calls came, one that it made was not as asked, or the port is taken",
            "2:the options or the habits' file cannot be used"
        })
final class CarrierCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--habits",
            required = true,
            paramLabel = "NAME|FILE",
            description = "a profile's name, such as twilio, or a file of your own (.yaml)")
    private String habits;

    @Option(names = "--address", description = "where it listens, and what it calls itself (default: ${DEFAULT-VALUE})")
    private String address = "127.0.0.1";

    @Option(names = "--port", description = "its port; 0 takes a free one (default: ${DEFAULT-VALUE})")
    private int port = 5060;

    @Option(names = "--username", description = "its one account (default: ${DEFAULT-VALUE})")
    private String username = "copperline";

    @Option(names = "--password", description = "that account's password, for tests (default: ${DEFAULT-VALUE})")
    private String password = "secret";

    @Option(names = "--certificate", paramLabel = "PEM", description = "with TLS: its certificate, then the chain")
    private Optional<Path> certificate = Optional.empty();

    @Option(names = "--key", paramLabel = "PEM", description = "with TLS: the certificate's key, PKCS #8")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = "--calls",
            paramLabel = "N",
            description = "ends after so many calls have been hung up (default: it takes any number)")
    private int calls;

    @Option(names = "--seconds", paramLabel = "N", description = "ends after so long (default: when it is stopped)")
    private long seconds;

    @Mixin
    private CarrierCallOptions own = new CarrierCallOptions();

    @Option(names = "--json", description = "one JSON object for each event, a line each")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Optional<CarrierHabits> read = habits();
        if (read.isEmpty()) {
            return ConfigFile.CANNOT_BE_USED;
        }
        if (calls < 0 || seconds < 0) {
            throw new ParameterException(spec.commandLine(), "--calls and --seconds take numbers from 0.");
        }
        PrintWriter out = spec.commandLine().getOut();
        Optional<InetSocketAddress> gateway = gateway(read.get());
        CarrierRun run = new CarrierRun(out, json, calls, orders(), own.expectation());
        try (ScriptedCarrier carrier = ScriptedCarrier.start(
                read.get(),
                at(),
                tls(read.get()),
                username,
                new Secret(password),
                new SecureRandom(),
                System::nanoTime,
                run)) {
            listening(out, carrier, read.get());
            run.call(carrier, gateway);
            return untilOver(carrier, run, out);
        } catch (IOException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("The carrier cannot listen on " + address + " port " + port + ": " + e.getMessage()
                    + ". Fix: take another --address or --port, or stop what has it.");
            err.flush();
            return ExitCode.SOFTWARE;
        }
    }

    private List<CallOrder> orders() {
        try {
            return own.orders();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Optional<InetSocketAddress> gateway(CarrierHabits read) {
        try {
            Optional<InetSocketAddress> gateway = own.gateway();
            if (gateway.isEmpty() && !orders().isEmpty() && read.registration() == Registration.NONE) {
                throw new IllegalArgumentException("Nobody registers with these habits: add --gateway HOST:PORT.");
            }
            return gateway;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Optional<CarrierHabits> habits() {
        try {
            boolean file = habits.endsWith(".yaml") || habits.endsWith(".yml");
            return Optional.of(
                    file ? HabitsReader.read(Path.of(habits), System.getenv()) : HabitsReader.shipped(habits));
        } catch (ConfigProblems e) {
            PrintWriter err = spec.commandLine().getErr();
            e.problems().forEach(err::println);
            err.flush();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + " A file of your own ends in .yaml.", e);
        }
    }

    private InetSocketAddress at() {
        try {
            InetAddress here = InetAddress.ofLiteral(address);
            if (here.isAnyLocalAddress()) {
                throw new IllegalArgumentException(
                        "--address " + address + " would stand in the carrier's messages: name one address.");
            }
            return new InetSocketAddress(here, port);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Optional<SSLContext> tls(CarrierHabits read) {
        if (read.transport() != SipTransport.TLS) {
            return Optional.empty();
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "These habits want TLS: add --certificate and --key, each a PEM file.");
        }
        try {
            return Optional.of(PemIdentity.read(certificate.get(), key.get()));
        } catch (GeneralSecurityException | IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "--certificate or --key cannot be used: " + e.getMessage(), e);
        }
    }

    private void listening(PrintWriter out, ScriptedCarrier carrier, CarrierHabits read) {
        String transport = read.transport().wireName();
        out.println(
                json
                        ? JsonNodeFactory.instance
                                .objectNode()
                                .put("event", "listening")
                                .put("address", address)
                                .put("port", carrier.port())
                                .put("transport", transport)
                        : "The carrier listens on " + address + " port " + carrier.port() + " " + transport + ".");
        out.flush();
    }

    /**
     * Waits for the calls or for the time that was given, or for a signal. The signal's hook ends the process itself: after a signal
     * a Java runtime would report 128 and the signal's number, whatever was found.
     */
    private int untilOver(ScriptedCarrier carrier, CarrierRun run, PrintWriter out) throws InterruptedException {
        Thread hook = new Thread(() -> Runtime.getRuntime().halt(verdict(carrier, run, out)), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        run.await(seconds);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            new CountDownLatch(1).await(); // the hook is at it
        }
        return verdict(carrier, run, out);
    }

    private int verdict(ScriptedCarrier carrier, CarrierRun run, PrintWriter out) {
        int came = carrier.calls();
        int violations = carrier.violations().size();
        out.println(
                json
                        ? JsonNodeFactory.instance
                                .objectNode()
                                .put("event", "end")
                                .put("calls", came)
                                .put("made", run.made())
                                .put("failed", run.failed())
                                .put("violations", violations)
                        : words(came, run, violations));
        out.flush();
        return violations == 0 && came >= calls && run.failed() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private String words(int came, CarrierRun run, int violations) {
        String wanted = came < calls ? came + " of " + counted(calls, "call") : counted(came, "call");
        String made = run.made() + run.failed() == 0
                ? ""
                : ", " + run.made() + " made, " + (run.failed() == 0 ? "all" : run.failed() + " not") + " as asked";
        return wanted + made + ", " + (violations == 0 ? "nothing refused." : counted(violations, "violation") + ".");
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
