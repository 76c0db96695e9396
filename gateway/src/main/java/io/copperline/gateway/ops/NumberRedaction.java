package io.copperline.gateway.ops;

import io.copperline.gateway.route.PhoneNumber;
import java.util.regex.Pattern;

/**
 * Whether logs show phone numbers.
 *
 * @param on whether only their last two digits are shown
 */
public record NumberRedaction(boolean on) {
    /** Numbers with a plus, and those in sip, sips and tel URIs. Bare digits may be anything, an SSRC for instance. */
    private static final Pattern NUMBER =
            Pattern.compile("(?:\\+|%2[Bb]|(?<=\\b(?:sips?|tel):))[0-9][0-9 ().-]{3,18}[0-9](?![0-9])");

    private static final int LONGEST_TEXT = 65_536;

    /** The number as a log may have it. */
    public String show(PhoneNumber number) {
        return on ? number.toString() : number.e164();
    }

    /** Any text as a log may have it. */
    public String show(String text) {
        if (!on || text.length() > LONGEST_TEXT) {
            return on ? "(text too long to show)" : text;
        }
        return NUMBER.matcher(text)
                .replaceAll(
                        found -> "**" + found.group().substring(found.group().length() - 2));
    }
}
