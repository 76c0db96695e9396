package io.copperline.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One section of the file, read by its table. A value that is missing or wrong becomes a problem once, and its default
 * stands in for it, so that the rest can be looked at too.
 */
final class Fields {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final int LONGEST_SHOWN = 60;

    /** What all sections of one file share. */
    record Reading(ProblemList problems, TextConfiguration texts, Substitutions substitutions, Path directory) {}

    private final Reading reading;
    private final Section section;
    private final String path;
    private final String address;
    private final int line;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();

    /**
     * @param path the full key, for people
     * @param address the same for {@link TextConfiguration}
     * @param node a mapping; anything else becomes a problem, and an empty section
     */
    Fields(Reading reading, Section section, String path, String address, Optional<Node> node, int line) {
        this.reading = reading;
        this.section = section;
        this.path = path;
        this.address = address;
        this.line = line;
        node.ifPresent(this::open);
    }

    private void open(Node node) {
        switch (node) {
            case MappingNode map -> map.getValue().forEach(this::enter);
            // A section whose keys are all commented out is an empty text in YAML.
            case ScalarNode scalar when scalar.getValue().isEmpty() -> {}
            default ->
                reading.problems()
                        .add(line, path, "a map of keys", shape(node), "indent keys and values below " + path + ":");
        }
    }

    private void enter(NodeTuple entry) {
        String name = ((ScalarNode) entry.getKeyNode()).getValue();
        List<String> known = section.entries().stream().map(Entry::name).toList();
        if (known.contains(name)) {
            nodes.put(name, entry.getValueNode());
            lines.put(name, YamlFile.line(entry.getKeyNode()));
            return;
        }
        String meant = Nearest.to(name, known)
                .map(nearest -> "did you mean " + nearest + "? Otherwise remove it")
                .orElse("remove it, or use one of " + String.join(", ", known));
        reading.problems().add(YamlFile.line(entry.getKeyNode()), key(name), "a known key", "", meant);
    }

    int line() {
        return line;
    }

    private int line(Entry entry) {
        return lines.getOrDefault(entry.name(), line);
    }

    /** Whether the key stands in the file, with a good value or not. */
    boolean has(Entry entry) {
        return nodes.containsKey(entry.name());
    }

    /** Whether the key stands in the file with an empty list, or does not stand there and is empty by default. */
    boolean empty(Key<?> key) {
        Node node = nodes.get(key.name());
        return node == null
                ? key.defaultValues().isEmpty()
                : node instanceof SequenceNode list && list.getValue().isEmpty();
    }

    String key(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    void problem(Entry entry, String expected, String found, String fix) {
        reading.problems().add(line(entry), key(entry.name()), expected, found, fix);
    }

    /** A key with a default. */
    <T> T one(Key<T> key) {
        return maybe(key).orElseGet(key::defaultValue);
    }

    /** A key that must be there; {@code standIn} where it is not. */
    <T> T required(Key<T> key, T standIn) {
        needs(key);
        return maybe(key).orElse(standIn);
    }

    void needs(Key<?> key) {
        if (!has(key)) {
            problem(key, key.type().expected(), "nothing", "add " + example(key));
        }
    }

    <T> Optional<T> maybe(Key<T> key) {
        Node node = nodes.get(key.name());
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof ScalarNode scalar)) {
            problem(key, key.type().expected(), shape(node), "write " + example(key));
            return Optional.empty();
        }
        return convert(key, scalar, address(key.name()));
    }

    <T> List<T> many(Key<T> key) {
        return items(key, (item, _) -> {
            problem(key, "a list, each " + key.type().expected(), shape(item), "write " + example(key));
            return Optional.empty();
        });
    }

    /** A list whose items are one value each, or maps that {@code whole} reads. */
    <T> List<T> mixed(Key<T> key, Section map, Function<Fields, Optional<T>> whole) {
        return items(
                key,
                (item, i) -> whole.apply(new Fields(
                        reading,
                        map,
                        key(key.name()) + "[" + i + "]",
                        itemAddress(key, i),
                        Optional.of(item),
                        YamlFile.line(item))));
    }

    private <T> List<T> items(Key<T> key, BiFunction<Node, Integer, Optional<T>> other) {
        Node node = nodes.get(key.name());
        if (node == null) {
            return key.defaultValues();
        }
        List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        List<T> values = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Optional<T> value = items.get(i) instanceof ScalarNode scalar
                    ? convert(key, scalar, itemAddress(key, i))
                    : other.apply(items.get(i), i);
            value.ifPresent(values::add);
        }
        return values;
    }

    private String itemAddress(Key<?> key, int i) {
        return address(key.name()) + "(" + i + ")";
    }

    /** A file that must be readable, relative to the configuration file. */
    Optional<Path> file(Key<Path> key) {
        Optional<Path> file = maybe(key).map(reading.directory()::resolve);
        if (file.isPresent() && !(Files.isRegularFile(file.get()) && Files.isReadable(file.get()))) {
            problem(key, "a readable file", file.get().toString(), "correct the path, or the file's permissions");
        }
        return file;
    }

    /** A path that need not be there yet, relative to the configuration file. */
    Optional<Path> path(Key<Path> key) {
        return maybe(key).map(reading.directory()::resolve);
    }

    Fields section(Section child) {
        return new Fields(reading, child, key(child.name()), address(child.name()), node(child), line(child));
    }

    /** The sections of a map whose names the operator chooses. */
    Map<String, Fields> named(Section child) {
        Map<String, Fields> sections = new LinkedHashMap<>();
        Optional<Node> node = node(child);
        if (node.isPresent() && !(node.get() instanceof MappingNode) && !empty(node.get())) {
            problem(
                    child,
                    "a map of names",
                    shape(node.get()),
                    "write each name on its own line, its keys indented below");
        }
        if (node.isPresent() && node.get() instanceof MappingNode map) {
            map.getValue().forEach(entry -> addNamed(child, entry, sections));
        }
        return sections;
    }

    private void addNamed(Section child, NodeTuple entry, Map<String, Fields> sections) {
        String name = ((ScalarNode) entry.getKeyNode()).getValue();
        int at = YamlFile.line(entry.getKeyNode());
        String full = key(child.name()) + "." + name;
        if (!NAME.matcher(name).matches()) {
            reading.problems()
                    .add(at, full, "a name of letters, digits, - and _", "", "give it a name such as my-carrier");
            return;
        }
        String below = address(child.name()) + "." + name;
        sections.put(name, new Fields(reading, child, full, below, Optional.of(entry.getValueNode()), at));
    }

    /** The sections of a list. */
    List<Fields> listed(Section child) {
        List<Fields> sections = new ArrayList<>();
        Optional<Node> node = node(child);
        if (node.isPresent() && !(node.get() instanceof SequenceNode) && !empty(node.get())) {
            problem(child, "a list", shape(node.get()), "begin each item with a dash");
        }
        if (node.isPresent() && node.get() instanceof SequenceNode list) {
            for (Node item : list.getValue()) {
                String index = sections.size() + "";
                sections.add(new Fields(
                        reading,
                        child,
                        key(child.name()) + "[" + index + "]",
                        address(child.name()) + "(" + index + ")",
                        Optional.of(item),
                        YamlFile.line(item)));
            }
        }
        return sections;
    }

    private Optional<Node> node(Section child) {
        return Optional.ofNullable(nodes.get(child.name()));
    }

    private String address(String name) {
        return address.isEmpty() ? name : address + "." + name;
    }

    private <T> Optional<T> convert(Key<T> key, ScalarNode scalar, String at) {
        Optional<Substitutions.Trouble> trouble = reading.substitutions().check(scalar.getValue());
        if (trouble.isPresent()) {
            problem(key, trouble.get().expected(), "", trouble.get().fix());
            return Optional.empty();
        }
        String text = reading.texts().text(at).orElse("");
        try {
            if (text.isEmpty()) {
                throw new Mismatch();
            }
            return Optional.of(key.type().parser().parse(text));
        } catch (Mismatch e) {
            String found = scalar.getValue().isEmpty() ? "nothing" : shown(key, scalar.getValue());
            problem(key, key.type().expected(), found, e.fix().orElse("write for instance " + example(key)));
            return Optional.empty();
        }
    }

    private static String shown(Key<?> key, String text) {
        if (key.type().secret()) {
            return "";
        }
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }

    private static String example(Key<?> key) {
        return key.name() + ": " + key.example();
    }

    private static boolean empty(Node node) {
        return node instanceof ScalarNode scalar && scalar.getValue().isEmpty();
    }

    private static String shape(Node node) {
        return switch (node) {
            case MappingNode map -> "a map";
            case SequenceNode list -> "a list";
            default -> "one value";
        };
    }
}
