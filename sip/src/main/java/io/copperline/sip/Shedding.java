package io.copperline.sip;

/**
 * What is shed before it is read.
 *
 * @param messagesPerSecond how many messages one address may send on average, over whatever transports; twice as many may come at once, and the last
 *     quarter is for what belongs to calls there are
 */
public record Shedding(int messagesPerSecond) {
    public static final Shedding USUAL = new Shedding(2000);
}
