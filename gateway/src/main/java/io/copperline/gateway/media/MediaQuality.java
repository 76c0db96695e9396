package io.copperline.gateway.media;

import java.util.Optional;

/** How both legs sound; a leg on which nothing could be measured, as on hold, is empty. */
public record MediaQuality(Optional<LegRating> browser, Optional<LegRating> trunk) {
    /** Two tenths of a class: less is nothing to trouble anyone with. */
    private static final double NOTICEABLE = 0.2;

    public static final MediaQuality UNKNOWN = new MediaQuality(Optional.empty(), Optional.empty());

    /** Whether a leg sounds otherwise than it did then, by so much that people notice. */
    boolean differsFrom(MediaQuality then) {
        return differs(browser, then.browser) || differs(trunk, then.trunk);
    }

    private static boolean differs(Optional<LegRating> now, Optional<LegRating> then) {
        return now.isPresent()
                && then.filter(before -> Math.abs(before.mos() - now.get().mos()) < NOTICEABLE)
                        .isEmpty();
    }
}
