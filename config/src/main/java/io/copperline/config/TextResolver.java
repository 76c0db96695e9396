package io.copperline.config;

import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Takes every scalar for text. YAML 1.1 would make 8 of an unquoted 010, and 90 of 1:30. */
final class TextResolver extends Resolver {
    @Override
    protected void addImplicitResolvers() {
        // None: that is the point.
    }

    @Override
    public Tag resolve(NodeId kind, String value, boolean implicit) {
        return switch (kind) {
            case sequence -> Tag.SEQ;
            case mapping -> Tag.MAP;
            default -> Tag.STR;
        };
    }
}
