package io.copperline.gateway.webhook;

import io.copperline.config.Treatment;

/** What has come of a question. */
public sealed interface Answer {
    /** The web service says what becomes of the call. */
    record Says(Treatment treatment) implements Answer {}

    /**
     * The rule's own words count.
     *
     * @param why what was wrong, for people; empty where the service has left it open
     */
    record Open(Outcome outcome, String why) implements Answer {}
}
