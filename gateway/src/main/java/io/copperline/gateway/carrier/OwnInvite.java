package io.copperline.gateway.carrier;

import java.util.Optional;

/**
 * The INVITE of a call of the carrier's own, until it has its final response. Owned by its call.
 *
 * <pre>
 *   CALLING --1xx--> RINGING --2xx------------------------------> DONE
 *      |                '--too long: CANCEL--> CANCELLING --487-----^
 *      '--300 and above, or nothing for 32 s------------------------'
 * </pre>
 */
final class OwnInvite {
    private enum State {
        CALLING,
        RINGING,
        CANCELLING,
        DONE
    }

    /** Whose it is. */
    interface Owner {
        /** A provisional response that wants to be confirmed (RFC 3262), each once. */
        void reliable(WireMessage response);

        /**
         * It is answered, and the answer confirmed.
         *
         * @param late it was being cancelled, or is over
         */
        void accepted(int status, WireMessage response, boolean late);

        /** @param why where there is more to say than the status */
        void refused(int status, boolean cancelled, String why);

        void failed(String why);
    }

    private final PlacedCall.Parts parts;
    private final Reply way;
    private final OwnRequests requests;
    private final String sdp;
    private final Owner owner;
    private State state = State.CALLING;
    private Runnable stopTimer = () -> {};
    private Optional<Resending> inviting = Optional.empty();
    private Optional<Resending> cancelling = Optional.empty();
    private String ack = "";
    private String reliable = "";
    private boolean signed;
    private boolean tooLate;

    OwnInvite(PlacedCall.Parts parts, Reply way, OwnRequests requests, String sdp, Owner owner) {
        this.parts = parts;
        this.way = way;
        this.requests = requests;
        this.sdp = sdp;
        this.owner = owner;
    }

    /** @param ringMillis how long it may take */
    void begin(long ringMillis) {
        send(Optional.empty());
        stopTimer = parts.later().run(this::giveUp, ringMillis);
    }

    private void send(Optional<String> credentials) {
        String text = requests.invite(sdp, credentials);
        inviting = Optional.of(Resending.start(parts.later(), way, text, () -> owner.failed("nothing answers INVITE")));
    }

    /** Nobody picks up. RFC 3261 section 9.1: no CANCEL before a provisional response. */
    private void giveUp() {
        tooLate = true;
        if (state == State.RINGING) {
            state = State.CANCELLING;
            cancelling = Optional.of(Resending.start(
                    parts.later(), way, requests.cancel(), () -> owner.failed("nothing answers CANCEL")));
            // RFC 3261 section 9.1: where the INVITE gets no answer even so, it is over.
            stopTimer = parts.later().run(() -> owner.failed("CANCEL ends nothing"), Resending.PATIENCE_MILLIS);
        }
    }

    /** Whether nothing has been heard of it. */
    boolean isUnheard() {
        return state == State.CALLING;
    }

    void onCancelled(int status) {
        if (status >= 200) {
            cancelling.ifPresent(Resending::stop);
        }
    }

    void onResponse(int status, WireMessage response) {
        if (response.sequence() != requests.inviteSequence()) {
            if (status >= 300) {
                way.send(requests.refusedAck(response)); // the challenge, once more
            }
        } else if (status < 200) {
            provisional(response);
        } else if (status < 300) {
            accepted(status, response);
        } else {
            way.send(requests.refusedAck(response));
            if (state != State.DONE) {
                refused(status, response);
            }
        }
    }

    private void provisional(WireMessage response) {
        inviting.ifPresent(Resending::stop);
        if (state == State.DONE) {
            return;
        }
        if (state == State.CALLING) {
            state = State.RINGING;
        }
        if (response.all("require").anyMatch(tags -> tags.contains("100rel"))
                && !response.first("rseq").equals(reliable)) {
            reliable = response.first("rseq");
            requests.follow(response);
            owner.reliable(response);
        }
        if (tooLate && state == State.RINGING) {
            giveUp();
        }
    }

    private void accepted(int status, WireMessage response) {
        if (ack.isEmpty()) {
            boolean late = state == State.CANCELLING || state == State.DONE;
            stop();
            requests.follow(response);
            ack = requests.ack();
            way.send(ack);
            owner.accepted(status, response, late);
        } else {
            way.send(ack); // the 200 once more
        }
    }

    private void refused(int status, WireMessage response) {
        boolean challenged = status == 401 || status == 407;
        if (challenged && !signed && state != State.CANCELLING) {
            String challenge = response.first(status == 407 ? "proxy-authenticate" : "www-authenticate");
            Optional<String> credentials =
                    parts.credentials().to(challenge, status == 407, "INVITE", requests.inviteUri());
            if (credentials.isPresent()) {
                signed = true;
                inviting.ifPresent(Resending::stop);
                state = State.CALLING;
                send(credentials);
                return;
            }
        }
        boolean cancelled = state == State.CANCELLING;
        stop();
        owner.refused(status, cancelled, challenged ? "the credentials are not taken, or are none for MD5" : "");
    }

    /** Nothing is sent again from now on, but ACKs. */
    void stop() {
        state = State.DONE;
        stopTimer.run();
        inviting.ifPresent(Resending::stop);
        cancelling.ifPresent(Resending::stop);
    }
}
