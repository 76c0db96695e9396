package io.copperline.config;

/** Which called numbers an inbound rule is for. */
public sealed interface CalledNumbers {
    /** @param number as the operator wrote it: a number, or an extension that has no E.164 form */
    record One(String number) implements CalledNumbers {}

    /**
     * All from one number to another, both included.
     *
     * @param first in E.164
     * @param last in E.164, with as many digits
     */
    record Range(String first, String last) implements CalledNumbers {
        /** @param e164 a number in E.164 */
        public boolean has(String e164) {
            return e164.length() == first.length() && e164.compareTo(first) >= 0 && e164.compareTo(last) <= 0;
        }
    }

    /** All that begin so, in E.164. */
    record Prefix(String prefix) implements CalledNumbers {}
}
