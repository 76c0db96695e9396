package io.copperline.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The habits of common carriers and PBXs: a few keys of a trunk for each, in {@code profiles/NAME.yaml} beside this class, with where
 * they are documented. What the trunk says itself wins, key by key.
 */
final class Profiles {
    static final List<String> NAMES = List.of(
            "asterisk",
            "bandwidth",
            "didww",
            "freeswitch",
            "plivo",
            "sipgate",
            "teams",
            "telnyx",
            "twilio",
            "voipms",
            "vonage");

    static final Key<String> PROFILE = Key.open(
            "profile",
            Type.of("one of " + String.join(", ", NAMES), Profiles::name),
            "twilio",
            "The carrier's habits, by name: defaults for the keys below. docs/profiles.md lists them.");

    private Profiles() {}

    private static String name(String text) throws Mismatch {
        if (NAMES.contains(text)) {
            return text;
        }
        throw Nearest.to(text, NAMES)
                .map(nearest -> new Mismatch("write " + nearest))
                .orElseGet(Mismatch::new);
    }

    /** Puts in each trunk that names a profile what the profile says and the trunk does not. */
    static void apply(MappingNode root, ProblemList problems) {
        mapping(root, "trunks")
                .ifPresent(trunks -> trunks.getValue().forEach(entry -> {
                    if (entry.getValueNode() instanceof MappingNode trunk) {
                        complete(trunk, problems);
                    }
                }));
    }

    private static void complete(MappingNode trunk, ProblemList problems) {
        Optional<ScalarNode> named = value(trunk, PROFILE.name())
                .filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast);
        if (named.isEmpty()) {
            return;
        }
        String name = named.get().getValue();
        if (name.contains("${")) {
            problems.add(YamlFile.line(named.get()), PROFILE.name(), "a plain name", name, "write the name itself");
        }
        if (NAMES.contains(name)) {
            Set<String> own = trunk.getValue().stream().map(Profiles::key).collect(Collectors.toSet());
            List<NodeTuple> all = new ArrayList<>(trunk.getValue());
            for (NodeTuple habit : load(name).getValue()) {
                if (!own.contains(key(habit))) {
                    all.add(new NodeTuple(
                            at(habit.getKeyNode(), named.get().getStartMark()),
                            at(habit.getValueNode(), named.get().getStartMark())));
                }
            }
            trunk.setValue(all);
        }
    }

    /** The same node, as if it stood where the profile is named: that is the line that people can mend. */
    private static Node at(Node node, Mark mark) {
        return switch (node) {
            case SequenceNode list ->
                new SequenceNode(
                        list.getTag(),
                        true,
                        list.getValue().stream().map(item -> at(item, mark)).toList(),
                        mark,
                        mark,
                        list.getFlowStyle());
            case ScalarNode scalar ->
                new ScalarNode(scalar.getTag(), scalar.getValue(), mark, mark, scalar.getScalarStyle());
            default -> throw new IllegalStateException("a profile has keys with texts and lists alone");
        };
    }

    static MappingNode load(String name) {
        try (InputStream in = Profiles.class.getResourceAsStream("profiles/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the profile " + name + " is missing");
            }
            Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
            return (MappingNode) YamlFile.yaml().compose(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<MappingNode> mapping(MappingNode map, String name) {
        return value(map, name).filter(MappingNode.class::isInstance).map(MappingNode.class::cast);
    }

    private static Optional<Node> value(MappingNode map, String name) {
        return map.getValue().stream()
                .filter(entry -> key(entry).equals(name))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static String key(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode name ? name.getValue() : "";
    }
}
