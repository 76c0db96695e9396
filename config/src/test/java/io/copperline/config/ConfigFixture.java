package io.copperline.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Configurations written by tests into a directory of their own. */
final class ConfigFixture {
    static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final Path directory;

    ConfigFixture(Path directory) {
        this.directory = directory;
    }

    Path write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CopperlineSettings read(String yaml) {
        return read(yaml, Map.of());
    }

    CopperlineSettings read(String yaml, Map<String, String> environment) {
        try {
            return ConfigReader.read(write("copperline.yaml", yaml), environment);
        } catch (ConfigProblems e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** The problems as they are printed, without the directory. */
    List<String> problems(String yaml) {
        return problems(yaml, Map.of());
    }

    List<String> problems(String yaml, Map<String, String> environment) {
        try {
            ConfigReader.read(write("copperline.yaml", yaml), environment);
            return List.of();
        } catch (ConfigProblems e) {
            return e.problems().stream()
                    .map(problem -> problem.toString().replace(directory + "/", ""))
                    .toList();
        }
    }

    /** A configuration with no problem, and {@code more} below it. */
    static String good(String more) {
        return "region: US\nauth:\n  hs256-secret: " + SECRET + "\n" + more;
    }
}
