package io.copperline.sip;

import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ServerExchange;
import io.copperline.sip.wire.WireFailure;
import java.util.Optional;

/** One state of a leg. It holds what only that state knows, and does nothing about what does not concern it. */
interface LegState {

    /** Our audio is known now. */
    default void audio() {}

    /** Refuses an offer that nobody could answer. */
    default void weighOffer() {}

    default void ring() {}

    default void earlyMedia() {}

    default void answer() {}

    default void reject(int status, int q850) {}

    default void hangUp(int q850) {}

    default void hold(boolean held) {}

    /** False where no INFO can be sent. */
    default boolean sendInfoDtmf(InfoDtmf digit) {
        return false;
    }

    /** Asks the peer to call somebody else. */
    default void refer(ReferTarget target, ReferListener listener) {
        listener.refused(481);
    }

    /** How somebody else may take our place here. */
    default Optional<ReferTarget.Dialog> replaceable() {
        return Optional.empty();
    }

    /** A new call wants to take this one's place. */
    default void onReplaces(Replaces replaces, IncomingCall by) {
        by.refuse(481, 0);
    }

    /** A response to our first INVITE, the repeated and forked 2xx among them. */
    default void onInviteResponse(Response response) {}

    /** Our first INVITE will have no response. */
    default void onInviteFailure(WireFailure failure, String what) {}

    /** The CANCEL of the INVITE that made this leg. */
    default void onCancel(Request cancel, ServerExchange exchange) {
        exchange.respond(Response.to(cancel, 200, "")); // too late, and harmless (RFC 3261 section 9.2)
    }

    /** A request of the peer within this leg's dialog, other than ACK and CANCEL. */
    void onRequest(Request request, ServerExchange exchange);

    default void onAck(Request ack) {}
}
