package io.copperline.gateway.cli;

import io.copperline.config.CopperlineSettings;
import io.copperline.config.HttpSettings;
import io.copperline.gateway.Gateway;
import io.copperline.gateway.StartFailed;
import io.copperline.gateway.ops.Logs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code copperline run FILE}: runs until it is told to stop (SIGTERM or SIGINT), then ends calls and frees everything. */
@Command(
        name = "run",
        description = "Runs the gateway with a configuration file.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:it was told to stop", "1:it could not start", "2:the file cannot be used"})
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "the configuration, such as copperline.yaml")
    private Path file;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Optional<CopperlineSettings> settings = ConfigFile.read(file, System.getenv(), err);
        if (settings.isEmpty()) {
            return ConfigFile.CANNOT_BE_USED;
        }
        Logs.start(settings.get().log());
        try (Gateway gateway = Gateway.start(settings.get())) {
            welcome(settings.get(), gateway.httpPort());
            awaitStop(gateway);
            return ExitCode.OK;
        } catch (StartFailed e) {
            err.println("copperline cannot start: " + e.getMessage());
            err.flush();
            return ExitCode.SOFTWARE;
        }
    }

    private void welcome(CopperlineSettings settings, int port) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Copperline runs. " + (settings.lab().enabled() ? "Call from a browser: " : "Browsers reach it at ")
                + url(settings.http(), port));
        out.flush();
    }

    private static String url(HttpSettings http, int port) {
        if (http.publicUrl().isPresent()) {
            return http.publicUrl().get().toString();
        }
        // A browser takes localhost for a secure context, and only there gives a page the microphone over plain HTTP.
        String host = http.bind().startsWith("127.") || http.bind().equals("::1") ? "localhost" : http.bind();
        return (http.tls().isPresent() ? "https://" : "http://") + host + ":" + port + "/";
    }

    /**
     * Waits for ever. The signal's hook closes the gateway, and then ends the process itself: after a signal a Java runtime
     * would report 128 and the signal's number, as if stopping had gone wrong.
     */
    private static void awaitStop(Gateway gateway) throws InterruptedException {
        Thread hook = new Thread(
                () -> {
                    gateway.close();
                    Runtime.getRuntime().halt(ExitCode.OK);
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        new CountDownLatch(1).await();
    }
}
