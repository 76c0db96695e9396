package io.copperline.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code ${env:NAME}} and {@code ${file:PATH}} stand for. Everything else of that form is a problem. */
final class Substitutions {
    static final String ENVIRONMENT = "env";
    static final String FILE = "file";

    private static final String OPENING = "${";
    private static final int LARGEST_FILE_BYTES = 64 * 1024;
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{(?:(env):([A-Za-z_][A-Za-z0-9_]*)|(file):((?:(?!:-)[^${}])+))\\}");

    private final Path directory;
    private final Map<String, String> environment;
    private final Map<String, String> fileTexts = new HashMap<>();

    /** What is wrong with a text. */
    record Trouble(String expected, String fix) {}

    /** @param directory where relative paths begin */
    Substitutions(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** Whether everything in the text can be replaced. Nothing may be replaced before this said so. */
    Optional<Trouble> check(String text) {
        Matcher variable = VARIABLE.matcher(text);
        for (int at = text.indexOf(OPENING); at >= 0; at = text.indexOf(OPENING, variable.end())) {
            if (!variable.find(at) || variable.start() != at) {
                return Optional.of(
                        new Trouble(
                                "only ${env:NAME} and ${file:PATH} to be replaced",
                                "use one of the two; to have a value with ${ in it, keep it in an environment variable or file"));
            }
            Optional<Trouble> missing =
                    variable.group(1) != null ? checkVariable(variable.group(2)) : checkFile(variable.group(4));
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    private Optional<Trouble> checkVariable(String name) {
        return environment.containsKey(name)
                ? Optional.empty()
                : Optional.of(new Trouble(
                        "the environment variable " + name + " to be set", "set it where Copperline is started"));
    }

    private Optional<Trouble> checkFile(String name) {
        try {
            fileTexts.put(name, read(directory.resolve(name)));
            return Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.of(new Trouble(
                    "a readable text file at " + name + ", of at most 64 KiB",
                    "make the file, or correct the path; relative paths begin at " + directory));
        }
    }

    private static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE_BYTES + 1);
            if (bytes.length > LARGEST_FILE_BYTES) {
                throw new IOException("too large");
            }
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }

    /** The value of a variable that {@link #check} has seen. */
    String value(String kind, String name) {
        String value = kind.equals(FILE) ? fileTexts.get(name) : environment.get(name);
        return value == null ? "" : value;
    }
}
