package io.copperline.config;

import io.copperline.codecs.audio.AudioCodec;
import java.util.List;

/** Lists of codecs: at least one, each once. */
final class Codecs {
    private Codecs() {}

    static List<AudioCodec> read(Fields fields, Key<AudioCodec> key) {
        List<AudioCodec> codecs = fields.many(key);
        if (fields.empty(key)) {
            fields.problem(key, "at least one codec", "none", "write " + key.name() + ": " + key.example());
        } else if (codecs.stream().distinct().count() < codecs.size()) {
            fields.problem(key, "each codec once", "one of them again", "remove the second");
        }
        return codecs.stream().distinct().toList();
    }
}
