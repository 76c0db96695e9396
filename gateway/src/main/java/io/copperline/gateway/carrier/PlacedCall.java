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
 *   INVITING --2xx--> TALKING --time is over--> ENDING --200--> OVER
 *      |                 '--BYE----------------------------------^
 *      '--cancelled, refused, or nothing for 32 s----------------'
 * </pre>
 */
final class PlacedCall implements CarrierCall.Owner, OwnInvite.Owner, OwnDialog.Owner {
    private static final long DIGITS_AFTER_MILLIS = 1_000;

    private enum State {
        INVITING,
        TALKING,
        ENDING,
        OVER
    }

    /** What it works with. */
    record Parts(Self self, Calls calls, Later later, LongSupplier nanoTime, DigestAnswer credentials) {}

    private final Parts parts;
    private final CallOrder order;
    private final OwnRequests requests;
    private final TonePhone phone;
    private final Consumer<CallOutcome> told;
    private final long beganNanos;
    private final OwnDialog dialog;
    private final OwnOffer offer;
    private final OwnInvite invite;
    private State state = State.INVITING;
    private Runnable stopTimer = () -> {};
    private Optional<AudioOffer> answer = Optional.empty();
    private boolean over;
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
        this.phone = phone;
        this.told = told;
        beganNanos = parts.nanoTime().getAsLong();
        offer = new OwnOffer(parts.self(), phone);
        invite = new OwnInvite(parts, way, requests, offer.sdp(), this);
        dialog = new OwnDialog(parts.later(), way, requests, this);
    }

    void begin() {
        invite.begin(order.ringMillis());
    }

    /** The way to the called could not be opened. */
    void refused() {
        if (invite.isUnheard()) {
            over(Ending.FAILED, "the connection is refused");
        }
    }

    void onResponse(int code, WireMessage response) {
        switch (response.method()) {
            case "INVITE" -> invite.onResponse(code, response);
            case "CANCEL" -> invite.onCancelled(code);
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

    @Override
    public void reliable(WireMessage response) {
        listen(response);
        dialog.send(requests.prack(response));
    }

    @Override
    public void accepted(int code, WireMessage response, boolean late) {
        if (over) {
            dialog.send(requests.bye());
            return;
        }
        status = code;
        answerMillis = sinceBegin();
        listen(response);
        if (late || answer.isEmpty()) {
            trouble = late ? "answered while it was cancelled" : "an answer without audio that was offered";
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

    @Override
    public void refused(int code, boolean cancelled, String why) {
        status = code;
        answerMillis = sinceBegin();
        over(cancelled ? Ending.CANCELLED : Ending.REFUSED, why);
    }

    @Override
    public void failed(String why) {
        over(Ending.FAILED, why);
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

    void close() {
        stopTimer.run();
        invite.stop();
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
