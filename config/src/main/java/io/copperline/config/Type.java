package io.copperline.config;

/**
 * What a key takes.
 *
 * @param expected in words, to stand after "expected"
 * @param secret whether the text must never be shown
 */
record Type<T>(String expected, boolean secret, Parser<T> parser) {
    interface Parser<T> {
        T parse(String text) throws Mismatch;
    }

    static <T> Type<T> of(String expected, Parser<T> parser) {
        return new Type<>(expected, false, parser);
    }

    /** Reads a text that stands in our own tables. */
    T parseOwn(String text) {
        try {
            return parser.parse(text);
        } catch (Mismatch e) {
            throw new IllegalStateException("our own default is not " + expected + ": " + text, e);
        }
    }
}
