package io.copperline.gateway.cli;

import io.copperline.config.ConfigProblem;
import io.copperline.config.ConfigProblems;
import io.copperline.config.ConfigReader;
import io.copperline.config.CopperlineSettings;
import io.copperline.gateway.route.Numbers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
            List<ConfigProblem> problems = regions(file, settings);
            if (problems.isEmpty()) {
                return Optional.of(settings);
            }
            problems.forEach(err::println);
        } catch (ConfigProblems e) {
            e.problems().forEach(err::println);
            int count = e.problems().size();
            err.println(file + " cannot be used: " + count + (count == 1 ? " problem." : " problems."));
        }
        err.flush();
        return Optional.empty();
    }

    /** Which regions have telephones is nothing that the configuration's own room knows. */
    private static List<ConfigProblem> regions(Path file, CopperlineSettings settings) {
        Map<String, String> regions = new LinkedHashMap<>(Map.of("region", settings.region()));
        settings.trunks()
                .forEach(trunk -> trunk.identity()
                        .region()
                        .ifPresent(region -> regions.put("trunks." + trunk.name() + ".number-region", region)));
        return regions.entrySet().stream()
                .filter(entry -> !Numbers.knows(entry.getValue()))
                .map(entry -> new ConfigProblem(
                        file,
                        0,
                        entry.getKey(),
                        "a region with telephone numbers",
                        entry.getValue(),
                        "write for instance US"))
                .toList();
    }
}
