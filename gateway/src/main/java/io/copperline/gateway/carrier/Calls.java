package io.copperline.gateway.carrier;

import io.copperline.config.CarrierHabits;
import io.copperline.config.CarrierHabits.Media;
import io.copperline.gateway.carrier.AudioOffer.Crypto;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls that are on, by their Call-ID, and what is asked within them. */
final class Calls implements AutoCloseable {
    static final int MOST = 100;
    private static final long FIRST_MILLIS = 500; // RFC 3261 section 17.1.1.1, T1
    private static final long MOST_MILLIS = 4000; // T2
    private static final int MOST_COPIES = 10;
    private static final int FIRST_RSEQ = 1;

    /** Makes the phone of a call. */
    interface Phones {
        Phone open(AudioOffer offer, Map<Integer, String> formats, Optional<Crypto> theirs) throws SocketException;
    }

    private final CarrierHabits habits;
    private final Self self;
    private final Phones phones;
    private final Later later;
    private final Runnable ended;
    private final Map<String, CarrierCall> calls = new HashMap<>();
    private final Map<String, ReliableRinging> ringing = new HashMap<>();

    /** @param ended told of each call that was hung up by BYE, when that is answered */
    Calls(Self self, Phones phones, Later later, Runnable ended) {
        this.habits = self.habits();
        this.self = self;
        this.phones = phones;
        this.later = later;
        this.ended = ended;
    }

    /** An INVITE that nothing is wrong with. */
    void begin(Exchange exchange) {
        WireMessage invite = exchange.request();
        String id = invite.first("call-id");
        if (calls.containsKey(id)) {
            exchange.answer(482); // RFC 3261 section 8.2.2.2: the same request by another way
            return;
        }
        if (calls.size() >= MOST) {
            exchange.answer(503);
            return;
        }
        AudioOffer offer = AudioOffer.parse(invite.body()).orElseThrow();
        Map<Integer, String> formats =
                offer.answered(offer.choose(habits.codecs()).orElseThrow());
        Optional<Crypto> key = habits.media() == Media.PLAIN ? Optional.empty() : offer.crypto();
        try {
            Phone phone = phones.open(offer, formats, key);
            CarrierCall call = new CarrierCall(offer, formats, self.host(), phone, invite.sequence(), ended::run);
            calls.put(id, call);
            ring(exchange, call, call.session(Optional.of(offer)).orElseThrow());
        } catch (SocketException e) {
            exchange.answer(503); // no port is left
        }
    }

    private void ring(Exchange exchange, CarrierCall call, String sdp) {
        int status = habits.reliable();
        if (status == 0) {
            exchange.ring();
            accept(exchange, call, sdp);
            return;
        }
        String id = exchange.request().first("call-id");
        ringing.put(id, new ReliableRinging(exchange, call, later, status, FIRST_RSEQ, status == 183 ? sdp : "", () -> {
            exchange.refuse(Insistence.violation(exchange.request(), "reliable", "a PRACK", "none", 504));
            giveUp(id);
        }));
    }

    private void giveUp(String id) {
        ringing.remove(id);
        end(id);
    }

    /** The call of an INVITE that has not been answered yet. */
    Optional<ReliableRinging> ringing(WireMessage invite) {
        return Optional.ofNullable(ringing.get(invite.first("call-id")))
                .filter(one -> one.invite().request().transaction("INVITE").equals(invite.transaction("INVITE")));
    }

    /** Ends such a call: its caller has cancelled it, or has said BYE. */
    void cancel(ReliableRinging one) {
        one.stop();
        one.invite().answer(487);
        giveUp(one.invite().request().first("call-id"));
    }

    /** RFC 3262 section 3: one that fits nothing is refused by 481. */
    private void acknowledged(Exchange prack, CarrierCall call) {
        String id = prack.request().first("call-id");
        ReliableRinging one = ringing.get(id);
        if (one == null || !one.acknowledges(prack.request())) {
            prack.answer(481);
            return;
        }
        one.stop();
        ringing.remove(id);
        prack.answer(200);
        // RFC 3261 section 13.2.1: an answer in a reliable response is the answer.
        accept(
                one.invite(),
                call,
                habits.reliable() == 183 ? "" : call.session(Optional.empty()).orElseThrow());
    }

    private void accept(Exchange exchange, CarrierCall call, String sdp) {
        WireMessage invite = exchange.request();
        List<String> headers = new ArrayList<>(List.of(self.contact(), self.allow()));
        headers.addAll(timer(invite));
        invite.all("record-route").forEach(route -> headers.add("Record-Route: " + route));
        exchange.answer(200, headers, sdp);
        call.acknowledge(false);
        again(exchange, call, FIRST_MILLIS, 0);
    }

    /** RFC 4028 section 9: whoever called refreshes. */
    private List<String> timer(WireMessage request) {
        String seconds = request.first("session-expires").split(";", 2)[0].strip();
        return habits.extensions().contains("timer") && seconds.matches("[0-9]{1,9}")
                ? List.of("Require: timer", "Session-Expires: " + seconds + ";refresher=uac")
                : List.of();
    }

    /** RFC 3261 section 13.3.1.4: the 200 is sent until it is acknowledged. */
    private void again(Exchange exchange, CarrierCall call, long waitMillis, int copies) {
        later.run(
                () -> {
                    if (call.acknowledged() || !calls.containsValue(call)) {
                        return;
                    }
                    if (copies == MOST_COPIES) {
                        exchange.refuse(Insistence.violation(exchange.request(), "form", "an ACK", "none", 0));
                        end(exchange.request());
                        return;
                    }
                    exchange.repeat();
                    again(exchange, call, Math.min(2 * waitMillis, MOST_MILLIS), copies + 1);
                },
                waitMillis);
    }

    /** A request with a tag in To, ACK among them. */
    void within(Exchange exchange) {
        WireMessage request = exchange.request();
        CarrierCall call = calls.get(request.first("call-id"));
        boolean known = call != null && request.toTag().equals(self.tag());
        if (request.method().equals("ACK")) {
            if (known) {
                call.acknowledge(true);
            }
        } else if (!known) {
            exchange.answer(481);
        } else if (!call.advances(request.sequence())) {
            exchange.refuse(Insistence.violation(request, "form", "a higher CSeq", request.first("cseq"), 500));
        } else {
            switch (request.method()) {
                case "INVITE" -> change(exchange, call, true);
                case "UPDATE" -> change(exchange, call, false);
                case "PRACK" -> acknowledged(exchange, call);
                case "BYE" -> {
                    exchange.answer(200);
                    Optional.ofNullable(ringing.get(request.first("call-id"))).ifPresent(this::cancel);
                    end(request);
                    call.owner().hungUp();
                }
                case "INFO" -> {
                    exchange.answer(200);
                    call.owner().info(request.body());
                }
                case "REFER" -> exchange.answer(603);
                default -> exchange.answer(200);
            }
        }
    }

    private void change(Exchange exchange, CarrierCall call, boolean invite) {
        WireMessage request = exchange.request();
        Optional<AudioOffer> offer = AudioOffer.parse(request.body());
        Optional<String> sdp = call.session(offer);
        if (sdp.isEmpty()) {
            exchange.answer(488);
        } else if (invite) {
            accept(exchange, call, sdp.get());
        } else {
            List<String> headers = new ArrayList<>(timer(request));
            headers.add(self.contact());
            exchange.answer(200, headers, offer.isPresent() ? sdp.get() : "");
        }
    }

    /** A call of our own that has been answered. */
    void adopt(String id, CarrierCall call) {
        calls.put(id, call);
    }

    private void end(WireMessage request) {
        end(request.first("call-id"));
    }

    /** Forgets a call, if there is one. */
    void end(String id) {
        CarrierCall call = calls.remove(id);
        if (call != null) {
            call.close();
        }
    }

    @Override
    public void close() {
        ringing.values().forEach(ReliableRinging::stop);
        ringing.clear();
        calls.values().forEach(CarrierCall::close);
        calls.clear();
    }
}
