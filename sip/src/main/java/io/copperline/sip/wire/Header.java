package io.copperline.sip.wire;

/**
 * One header field.
 *
 * @param name its long name; compared without regard to case
 * @param value its value on one line
 */
public record Header(String name, String value) {
    public Header {
        name = oneLine(name);
        value = oneLine(value);
    }

    /** Whether this is the header of that name (RFC 3261 section 7.3.1). */
    public boolean is(String otherName) {
        return name.equalsIgnoreCase(otherName);
    }

    // A line break inside a value would end the header: whatever stands behind it must not become a header of its own.
    private static String oneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i)) && text.charAt(i) != '\t') {
                return text.replaceAll("[\\p{Cntrl}&&[^\t]]+", " ");
            }
        }
        return text;
    }
}
