package io.copperline.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** The file as nodes with lines, and as the plain maps, lists and texts that Commons Configuration takes. */
final class YamlFile {
    private static final int LARGEST_BYTES = 1024 * 1024;

    private final ProblemList problems;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlFile(ProblemList problems) {
        this.problems = problems;
    }

    /** The root of the file with its structure checked; empty where it cannot be read on. */
    static Optional<MappingNode> read(Path file, ProblemList problems) {
        YamlFile yaml = new YamlFile(problems);
        return yaml.text(file).flatMap(yaml::root);
    }

    /** The same of a text. */
    static Optional<MappingNode> parse(String text, ProblemList problems) {
        return new YamlFile(problems).root(text);
    }

    /** The texts of the nodes, without any type but map, list and text. Of a key that stands twice, the last counts. */
    static Map<String, Object> tree(MappingNode root) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (NodeTuple entry : root.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode name) {
                tree.put(name.getValue(), value(entry.getValueNode()));
            }
        }
        return tree;
    }

    private static Object value(Node node) {
        return switch (node) {
            case MappingNode map -> tree(map);
            case SequenceNode list -> {
                List<Object> items = new ArrayList<>();
                list.getValue().forEach(item -> items.add(value(item)));
                yield items;
            }
            case ScalarNode scalar -> scalar.getValue();
            default -> "";
        };
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private Optional<MappingNode> root(String text) {
        try {
            Node root = yaml().compose(new StringReader(text));
            if (root == null) {
                return Optional.of(
                        new MappingNode(Tag.MAP, true, List.of(), null, null, DumperOptions.FlowStyle.BLOCK));
            }
            if (!(root instanceof MappingNode map)) {
                problems.add(line(root), "", "keys and values", "", "begin with a line of the form key: value");
                return Optional.empty();
            }
            return wellFormed(root, 1) ? Optional.of(map) : Optional.empty();
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            // Not the exception's message: it quotes the file, secrets and all.
            problems.add(
                    line,
                    "",
                    "YAML",
                    e.getProblem().replaceFirst("^found ", ""),
                    "indent with spaces, and quote texts with special characters");
        } catch (YAMLException e) {
            problems.add(0, "", "YAML in UTF-8 without control characters", "", "save the file as plain text");
        }
        return Optional.empty();
    }

    private Optional<String> text(Path file) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                problems.add(0, "", "a file of at most 1 MiB", "", "check that this is the right file");
                return Optional.empty();
            }
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (java.nio.charset.CharacterCodingException e) {
            problems.add(0, "", "text in UTF-8", "", "save the file in UTF-8");
        } catch (IOException e) {
            problems.add(0, "", "a readable file", "", "check the path and its permissions");
        }
        return Optional.empty();
    }

    static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_BYTES);
        options.setNestingDepthLimit(20);
        DumperOptions unused = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(unused), unused, options, new TextResolver());
    }

    /** An alias is the same node twice; it could contain itself. */
    private boolean wellFormed(Node node, int line) {
        if (!seen.add(node)) {
            problems.add(line, "", "no aliases", "", "write the value out where it is needed");
            return false;
        }
        int here = line(node);
        if (!node.getTag().equals(Tag.STR)
                && !node.getTag().equals(Tag.SEQ)
                && !node.getTag().equals(Tag.MAP)) {
            problems.add(here, "", "no tags", "", "write the value without " + node.getTag());
            return false;
        }
        return switch (node) {
            case MappingNode map -> wellFormedMap(map);
            case SequenceNode list ->
                list.getValue().stream().map(item -> wellFormed(item, here)).reduce(true, Boolean::logicalAnd);
            default -> true;
        };
    }

    private boolean wellFormedMap(MappingNode map) {
        boolean good = true;
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple entry : map.getValue()) {
            int here = line(entry.getKeyNode());
            if (entry.getKeyNode() instanceof ScalarNode name) {
                Integer before = lines.put(name.getValue(), here);
                if (before != null) {
                    problems.add(
                            here,
                            name.getValue(),
                            "every key once",
                            "it again (first on line " + before + ")",
                            "remove one of the two");
                }
            } else {
                problems.add(here, "", "a plain key", "", "write a name before the colon");
                good = false;
            }
            good &= wellFormed(entry.getValueNode(), here);
        }
        return good;
    }
}
