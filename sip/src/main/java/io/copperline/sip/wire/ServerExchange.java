package io.copperline.sip.wire;

/** A request that someone has sent us. */
@FunctionalInterface
public interface ServerExchange {
    /** Answers. A 2xx to an INVITE may be sent again, since nobody else repeats it (RFC 3261 section 13.3.1.4). */
    void respond(Response response);
}
