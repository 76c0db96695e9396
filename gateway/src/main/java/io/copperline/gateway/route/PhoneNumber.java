package io.copperline.gateway.route;

import java.util.regex.Pattern;

/**
 * A number in E.164 form. It shows only its last two digits by itself, so that a log line never gives a number away by
 * accident; {@link #e164()} is the number.
 *
 * @param e164 a plus and 2 to 15 digits
 */
public record PhoneNumber(String e164) {
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");

    public PhoneNumber {
        if (!E164.matcher(e164).matches()) {
            throw new IllegalArgumentException("not a number in E.164 form");
        }
    }

    /** The number without its plus, as some carriers want it. */
    public String digits() {
        return e164.substring(1);
    }

    @Override
    public String toString() {
        return "**" + e164.substring(e164.length() - 2);
    }
}
