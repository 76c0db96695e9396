package io.copperline.sip.wire;

import java.util.List;

/** A request that we have sent. */
public interface ClientExchange {
    /**
     * Sends CANCEL for this INVITE. Only after a provisional response (RFC 3261 section 9.1).
     *
     * @param headers such as Reason
     */
    void cancel(List<Header> headers);
}
