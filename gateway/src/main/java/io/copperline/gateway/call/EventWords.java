package io.copperline.gateway.call;

/** How a call's events are spelled on a data channel, and what a page may say there. A port: the spelling is the web side's. */
public interface EventWords {
    /** The channels' protocol ({@code RTCDataChannel.protocol}). */
    String protocol();

    /** @param number counts the call's events from 1 */
    String event(int number, CallEvent event);

    /** What a page is told whose message came to nothing. */
    String refused(CallRefused refused);

    /** Reads a page's message; fails with {@link CallRefused} where it is none. */
    Command command(String text);

    /** What a page may ask for. */
    sealed interface Command {
        /**
         * Keys to be pressed towards the phone, one after the other.
         *
         * @param digits of {@code 0-9*#ABCD}
         */
        record Digits(String digits, int durationMillis) implements Command {}

        record HangUp() implements Command {}
    }
}
