package io.copperline.gateway.carrier;

import io.copperline.codecs.audio.OpusMissing;
import io.copperline.config.CallingHabits.Digits;
import io.copperline.gateway.carrier.CallOutcome.Ending;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One call of the carrier's own. Owned by the carrier's thread.
 *
 * <pre>
 *   CALLING --1xx--> RINGING --2xx--> TALKING --time is over--> ENDING --200--> OVER
 *      |                |                 '--BYE---------------------------------^
 *      |                '--too long: CANCEL--> CANCELLING --487----------------->|
 *      '--300 and above, or nothing for 32 s------------------------------------>'
 * </pre>
 */
final class PlacedCall implements CarrierCall.Owner, OwnDialog.Owner {
    private static final long DIGITS_AFTER_MILLIS = 1_000;

    private enum State {
        CALLING,
        RINGING,
        CANCELLING,
        TALKING,
        ENDING,
        OVER
    }

    /** What it works with. */
    record Parts(Self self, Calls calls, Later later, LongSupplier nanoTime, DigestAnswer credentials) {}

    private final Parts parts;
    private final CallOrder order;
    private final OwnRequests requests;
    private final Reply way;
    private final TonePhone phone;
    private final Consumer<CallOutcome> told;
    private final long beganNanos;
    private final OwnDialog dialog;
    private final OwnOffer offer;
    private State state = State.CALLING;
    private Runnable stopTimer = () -> {};
    private Optional<Resending> inviting = Optional.empty();
    private Optional<Resending> cancelling = Optional.empty();
    private String ack = "";
    private Optional<AudioOffer> answer = Optional.empty();
    private boolean signed;
    private boolean tooLate;
    private boolean over;
    private String reliable = "";
    private int status;
    private long answerMillis;
    private String trouble = "";

    /** @param told of the outcome, once */
    PlacedCall(
            Parts parts,
            CallOrder order,
            OwnRequests requests,
            Reply way,
            TonePhone phone,
            Consumer<CallOutcome> told) {
        this.parts = parts;
        this.order = order;
        this.requests = requests;
        this.way = way;
        this.phone = phone;
        this.told = told;
        beganNanos = parts.nanoTime().getAsLong();
        offer = new OwnOffer(parts.self(), phone);
        dialog = new OwnDialog(parts.later(), way, requests, this);
    }

    void begin() {
        invite(Optional.empty());
        stopTimer = parts.later().run(this::giveUp, order.ringMillis());
    }

    private void invite(Optional<String> credentials) {
        String text = requests.invite(offer.sdp(), credentials);
        inviting = Optional.of(
                Resending.start(parts.later(), way, text, () -> over(Ending.FAILED, "nothing answers INVITE")));
    }

    /** Nobody picks up. RFC 3261 section 9.1: no CANCEL before a provisional response. */
    private void giveUp() {
        tooLate = true;
        if (state == State.RINGING) {
            state = State.CANCELLING;
            cancelling = Optional.of(Resending.start(
                    parts.later(), way, requests.cancel(), () -> over(Ending.FAILED, "nothing answers CANCEL")));
            // RFC 3261 section 9.1: where the INVITE gets no answer even so, it is over.
            stopTimer = parts.later().run(() -> over(Ending.FAILED, "CANCEL ends nothing"), Resending.PATIENCE_MILLIS);
        }
    }

    /** The way to the called could not be opened. */
    void refused() {
        if (state == State.CALLING) {
            over(Ending.FAILED, "the connection is refused");
        }
    }

    void onResponse(int code, WireMessage response) {
        switch (response.method()) {
            case "INVITE" -> {
                if (response.sequence() == requests.inviteSequence()) {
                    onInvite(code, response);
                } else if (code >= 300) {
                    way.send(requests.refusedAck(response)); // the challenge, once more
                }
            }
            case "CANCEL" -> {
                if (code >= 200) {
                    cancelling.ifPresent(Resending::stop);
                }
            }
            default -> dialog.onResponse(code, response);
        }
    }

    @Override
    public void answered(String method, int code) {
        if (method.equals("BYE")) {
            over(Ending.HUNG_UP, "");
        } else if (code >= 300) {
            trouble = method + " is refused with " + code;
        }
    }

    private void onInvite(int code, WireMessage response) {
        if (code < 200) {
            provisional(response);
        } else if (code < 300) {
            accepted(code, response);
        } else {
            way.send(requests.refusedAck(response));
            if (state == State.CALLING || state == State.RINGING || state == State.CANCELLING) {
                refusedWith(code, response);
            }
        }
    }

    private void provisional(WireMessage response) {
        inviting.ifPresent(Resending::stop);
        if (state == State.CALLING) {
            state = State.RINGING;
        }
        if (state != State.RINGING && state != State.CANCELLING) {
            return;
        }
        if (response.all("require").anyMatch(tags -> tags.contains("100rel"))
                && !response.first("rseq").equals(reliable)) {
            reliable = response.first("rseq");
            requests.follow(response);
            listen(response);
            dialog.send(requests.prack(response));
        }
        if (tooLate && state == State.RINGING) {
            giveUp();
        }
    }

    private void accepted(int code, WireMessage response) {
        if (!ack.isEmpty()) {
            way.send(ack); // the 200 once more
            return;
        }
        if (over) {
            requests.follow(response);
            ack = requests.ack();
            way.send(ack);
            dialog.send(requests.bye());
            return;
        }
        status = code;
        answerMillis = sinceBegin();
        stopAll();
        requests.follow(response);
        ack = requests.ack();
        way.send(ack);
        listen(response);
        if (state == State.CANCELLING || answer.isEmpty()) {
            trouble = state == State.CANCELLING
                    ? "answered while it was cancelled"
                    : "an answer without audio that was offered";
            hangUp();
            return;
        }
        state = State.TALKING;
        AudioOffer theirs = answer.get();
        CarrierCall call =
                new CarrierCall(theirs, theirs.formats(), parts.self().host(), phone, -1, this);
        parts.calls().adopt(requests.callId(), call);
        stopTimer = parts.later()
                .run(this::hangUp, order.talkMillis() == 0 ? CallOrder.LONGEST_MILLIS : order.talkMillis());
        if (!order.digits().isEmpty()) {
            parts.later().run(this::press, DIGITS_AFTER_MILLIS);
        }
    }

    /** Takes the first SDP that comes for the answer (RFC 3264). */
    private void listen(WireMessage response) {
        if (answer.isPresent()) {
            return;
        }
        Optional<AudioOffer> came = AudioOffer.parse(response.body());
        Optional<TonePhone.Agreed> agreed = came.flatMap(offer::agreed);
        if (agreed.isPresent()) {
            try {
                phone.talk(came.get(), agreed.get(), offer.key(came.get()));
                answer = came;
            } catch (OpusMissing e) {
                trouble = e.getMessage();
            }
        }
    }

    private void refusedWith(int code, WireMessage response) {
        boolean challenged = code == 401 || code == 407;
        if (challenged && !signed && state != State.CANCELLING) {
            String challenge = response.first(code == 407 ? "proxy-authenticate" : "www-authenticate");
            Optional<String> credentials =
                    parts.credentials().to(challenge, code == 407, "INVITE", requests.inviteUri());
            if (credentials.isPresent()) {
                signed = true;
                inviting.ifPresent(Resending::stop);
                state = State.CALLING;
                invite(credentials);
                return;
            }
        }
        status = code;
        answerMillis = sinceBegin();
        if (state == State.CANCELLING) {
            over(Ending.CANCELLED, "");
        } else {
            over(Ending.REFUSED, challenged ? "the credentials are not taken, or are none for MD5" : "");
        }
    }

    private void press() {
        if (state != State.TALKING) {
            return;
        }
        Digits form = parts.self().habits().calling().digits();
        if (form == Digits.INFO) {
            dialog.press(order.digits());
        } else {
            boolean events = answer.flatMap(offer::agreed)
                            .map(TonePhone.Agreed::eventType)
                            .orElse(-1)
                    >= 0;
            phone.press(order.digits(), form == Digits.INBAND || !events);
        }
    }

    @Override
    public void inVain(String method) {
        trouble = "nothing answers " + method;
        if (method.equals("BYE")) {
            over(Ending.FAILED, trouble);
        }
    }

    private void hangUp() {
        stopTimer.run();
        state = State.ENDING;
        dialog.stopPressing();
        dialog.send(requests.bye());
    }

    @Override
    public void hungUp() {
        over(Ending.OTHER_HUNG_UP, "");
    }

    @Override
    public void info(String body) {
        dialog.hear(body);
    }

    private long sinceBegin() {
        return TimeUnit.NANOSECONDS.toMillis(parts.nanoTime().getAsLong() - beganNanos);
    }

    private void stopAll() {
        stopTimer.run();
        inviting.ifPresent(Resending::stop);
        cancelling.ifPresent(Resending::stop);
    }

    void close() {
        stopAll();
        dialog.close();
        phone.close();
    }

    private void over(Ending ending, String why) {
        if (over) {
            return;
        }
        over = true;
        state = State.OVER;
        Heard heard = phone.heard();
        close();
        parts.calls().end(requests.callId());
        Heard all =
                new Heard(heard.packets(), heard.soundMillis(), heard.toneMillis(), heard.digits() + dialog.heard());
        Reports.Told theirs = phone.told();
        told.accept(new CallOutcome(
                order.number(),
                status,
                answerMillis,
                phone.sent(),
                theirs.ofOurs() ? OptionalLong.of(theirs.lost()) : OptionalLong.empty(),
                all,
                ending,
                why.isEmpty() ? trouble : why));
    }
}
