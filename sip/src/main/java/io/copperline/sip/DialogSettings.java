package io.copperline.sip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the dialogs of a trunk are kept.
 *
 * @param sessionExpires how long a call may go without a refresh before it counts as lost (RFC 4028); zero: for ever
 * @param minSe the shortest such time that we let the peer impose; RFC 4028 section 4 has 90 s as the least
 * @param prack whether provisional responses are acknowledged
 */
public record DialogSettings(Duration sessionExpires, Duration minSe, Prack prack) {
    /** What a trunk has unless its operator says otherwise. */
    public static final DialogSettings USUAL =
            new DialogSettings(Duration.ofMinutes(30), Duration.ofSeconds(90), Prack.SUPPORTED);

    /** The option tags of what we can do, and what may be required of us. */
    List<String> supported() {
        List<String> tags = new ArrayList<>();
        if (prack != Prack.OFF) {
            tags.add(OptionTags.RELIABLE);
        }
        if (!sessionExpires.isZero()) {
            tags.add(OptionTags.TIMER);
        }
        tags.add(OptionTags.REPLACES);
        return tags;
    }
}
