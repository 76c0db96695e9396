package io.copperline.config;

import io.copperline.config.Fields.Reading;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads {@code copperline.yaml}. */
public final class ConfigReader {
    private ConfigReader() {}

    /**
     * The settings of a file.
     *
     * @param environment what {@code ${env:NAME}} stands for
     * @throws ConfigProblems with everything that is wrong, not only the first of it
     */
    public static CopperlineSettings read(Path file, Map<String, String> environment) throws ConfigProblems {
        ProblemList problems = new ProblemList(file);
        Optional<MappingNode> root = YamlFile.read(file, problems);
        if (root.isEmpty()) {
            problems.throwIfAny();
        }
        Profiles.apply(root.orElseThrow(), problems);
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
        Substitutions substitutions = new Substitutions(directory, environment);
        TextConfiguration texts = new TextConfiguration(YamlFile.tree(root.orElseThrow()), substitutions);
        Reading reading = new Reading(problems, texts, substitutions, directory);
        CopperlineSettings settings =
                RootSection.read(new Fields(reading, RootSection.TABLE, "", "", root.map(node -> node), 0));
        problems.throwIfAny();
        return settings;
    }
}
