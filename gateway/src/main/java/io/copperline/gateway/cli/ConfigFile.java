package io.copperline.gateway.cli;

import io.copperline.config.ConfigProblem;
import io.copperline.config.ConfigProblems;
import io.copperline.config.ConfigReader;
import io.copperline.config.CopperlineSettings;
import io.copperline.gateway.route.Numbers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration for a command, and tells people what is wrong with it. */
final class ConfigFile {
    /** What a command answers when the configuration cannot be used. */
    static final int CANNOT_BE_USED = 2;

    private ConfigFile() {}

    /** The settings; empty where there were problems, which are then printed, one to a line. */
    static Optional<CopperlineSettings> read(Path file, Map<String, String> environment, PrintWriter err) {
        try {
            CopperlineSettings settings = ConfigReader.read(file, environment);
            if (Numbers.knows(settings.region())) {
                return Optional.of(settings);
            }
            err.println(new ConfigProblem(
                    file,
                    0,
                    "region",
                    "a region with telephone numbers",
                    settings.region(),
                    "write for instance region: US"));
        } catch (ConfigProblems e) {
            e.problems().forEach(err::println);
            int count = e.problems().size();
            err.println(file + " cannot be used: " + count + (count == 1 ? " problem." : " problems."));
        }
        err.flush();
        return Optional.empty();
    }
}
