package io.copperline.config;

import java.util.Optional;

/** A text is not what its key takes. Stackless: it becomes a problem. */
final class Mismatch extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Optional<String> fix;

    /** The type's own words say it all. */
    Mismatch() {
        this(Optional.empty());
    }

    /** @param fix a better fix than the key's example */
    Mismatch(String fix) {
        this(Optional.of(fix));
    }

    private Mismatch(Optional<String> fix) {
        super("", null, false, false);
        this.fix = fix;
    }

    Optional<String> fix() {
        return fix;
    }
}
