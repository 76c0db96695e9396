package io.copperline.config;

import io.copperline.config.Fields.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads what a scripted carrier insists on. */
public final class HabitsReader {
    private HabitsReader() {}

    /** The names of the files that are shipped: those of the profiles. */
    public static List<String> shipped() {
        return Profiles.NAMES;
    }

    /**
     * One of the files that are shipped.
     *
     * @throws IllegalArgumentException where there is none of that name
     */
    public static CarrierHabits shipped(String name) {
        if (!Profiles.NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "There is no carrier " + name + ". There are " + String.join(", ", Profiles.NAMES) + ".");
        }
        Path file = Path.of("habits", name + ".yaml");
        try (InputStream in = HabitsReader.class.getResourceAsStream(file.toString())) {
            if (in == null) {
                throw new IllegalStateException("the habits of " + name + " are missing");
            }
            ProblemList problems = new ProblemList(file);
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return read(YamlFile.parse(text, problems), file, Map.of(), problems);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConfigProblems e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A file of the user's own.
     *
     * @param environment what {@code ${env:NAME}} stands for
     * @throws ConfigProblems with everything that is wrong, not only the first of it
     */
    public static CarrierHabits read(Path file, Map<String, String> environment) throws ConfigProblems {
        ProblemList problems = new ProblemList(file);
        return read(YamlFile.read(file, problems), file, environment, problems);
    }

    private static CarrierHabits read(
            Optional<MappingNode> root, Path file, Map<String, String> environment, ProblemList problems)
            throws ConfigProblems {
        if (root.isEmpty()) {
            problems.throwIfAny();
        }
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
        Substitutions substitutions = new Substitutions(directory, environment);
        TextConfiguration texts = new TextConfiguration(YamlFile.tree(root.orElseThrow()), substitutions);
        Reading reading = new Reading(problems, texts, substitutions, directory);
        CarrierHabits habits =
                HabitsSection.read(new Fields(reading, HabitsSection.TABLE, "", "", root.map(node -> node), 0));
        problems.throwIfAny();
        return habits;
    }
}
