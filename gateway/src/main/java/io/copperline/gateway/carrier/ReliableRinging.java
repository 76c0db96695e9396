package io.copperline.gateway.carrier;

/**
 * A provisional response that is sent until its PRACK comes (RFC 3262 section 3): after 0.5, 1, 2, ... s, for 32 s. Owned by the carrier's
 * thread.
 */
final class ReliableRinging {
    private static final long FIRST_MILLIS = 500; // T1

    private final Exchange invite;
    private final CarrierCall call;
    private final Later later;
    private final String response;
    private final String acknowledgement;
    private final Runnable stopPatience;
    private Runnable stopNext = () -> {};

    /**
     * Rings at once.
     *
     * @param status 180, or 183 with the answer
     * @param sequence of its first reliable response
     * @param inVain runs where no PRACK has come in time
     */
    ReliableRinging(
            Exchange invite, CarrierCall call, Later later, int status, int sequence, String sdp, Runnable inVain) {
        this.invite = invite;
        this.call = call;
        this.later = later;
        response = invite.reliable(status, sequence, sdp);
        acknowledgement = sequence + " " + invite.request().sequence() + " INVITE";
        stopPatience = later.run(
                () -> {
                    stop();
                    inVain.run();
                },
                Resending.PATIENCE_MILLIS);
        send(FIRST_MILLIS);
    }

    private void send(long waitMillis) {
        invite.reply().send(response);
        stopNext = later.run(() -> send(2 * waitMillis), waitMillis);
    }

    Exchange invite() {
        return invite;
    }

    CarrierCall call() {
        return call;
    }

    /** A copy of the INVITE has come (RFC 3261 section 17.2.1). */
    void repeat() {
        invite.reply().send(response);
    }

    /** Whether this PRACK is for it. */
    boolean acknowledges(WireMessage prack) {
        return prack.first("rack").replaceAll("\\s+", " ").equals(acknowledgement);
    }

    void stop() {
        stopNext.run();
        stopPatience.run();
    }
}
