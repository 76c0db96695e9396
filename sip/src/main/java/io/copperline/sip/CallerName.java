package io.copperline.sip;

import java.util.Optional;
import java.util.regex.Pattern;

/** A name that stands beside a number: one line of up to 64 characters, with nothing that would turn the text around it. */
public final class CallerName {
    public static final int MAX_CHARS = 64;

    /** Controls, and the format characters by which a name could pretend to be other text (Unicode TR 36). The two joiners of Indic and Persian script stay. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\u2028\\u2029\\ufffd&&[^\\u200c\\u200d]]");

    private CallerName() {}

    /** What of a name may be shown or sent; empty where that is nothing. */
    public static Optional<String> clean(String name) {
        String seen =
                UNSEEN.matcher(name).replaceAll(" ").replaceAll("\\s+", " ").strip();
        int end = seen.offsetByCodePoints(0, Math.min(MAX_CHARS, seen.codePointCount(0, seen.length())));
        String cut = seen.substring(0, end).strip();
        return cut.isEmpty() ? Optional.empty() : Optional.of(cut);
    }
}
