package io.copperline.gateway.carrier;

/** Sends a request, over UDP again and again, until {@link #stop} or for 32 s (RFC 3261 sections 17.1.1.2 and 17.1.2.2). */
final class Resending {
    static final long PATIENCE_MILLIS = 32_000; // 64 T1: timers B and F
    private static final long FIRST_MILLIS = 500; // T1
    private static final long MOST_MILLIS = 4_000; // T2

    private final Later later;
    private final Reply way;
    private final String message;
    private final boolean invite;
    private final Runnable stopPatience;
    private Runnable stopNext = () -> {};

    private Resending(Later later, Reply way, String message, boolean invite, Runnable inVain) {
        this.later = later;
        this.way = way;
        this.message = message;
        this.invite = invite;
        stopPatience = later.run(
                () -> {
                    stop();
                    inVain.run();
                },
                PATIENCE_MILLIS);
    }

    /** @param inVain runs where it was not stopped in time */
    static Resending start(Later later, Reply way, String message, Runnable inVain) {
        Resending one = new Resending(later, way, message, message.startsWith("INVITE "), inVain);
        one.send(FIRST_MILLIS);
        return one;
    }

    private void send(long waitMillis) {
        way.send(message);
        if (!way.stream()) {
            long next = invite ? 2 * waitMillis : Math.min(2 * waitMillis, MOST_MILLIS);
            stopNext = later.run(() -> send(next), waitMillis);
        }
    }

    void stop() {
        stopNext.run();
        stopPatience.run();
    }
}
