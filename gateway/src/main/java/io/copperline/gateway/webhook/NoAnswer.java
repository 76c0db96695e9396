package io.copperline.gateway.webhook;

/** A question has come to nothing; the message says for people what was wrong. Control flow, so without a stack trace. */
final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    NoAnswer(Outcome outcome, String why) {
        super(why, null, false, false);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
