package io.copperline.gateway.carrier;

import io.copperline.config.CarrierHabits;
import io.copperline.gateway.carrier.WireReader.Reading;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What becomes of each message. Its state belongs to one thread. */
final class UserAgentServer implements AutoCloseable {
    private final Self self;
    private final CarrierHabits habits;
    private final Credentials credentials;
    private final Insistence insistence;
    private final Registrar registrar;
    private final Calls calls;
    private final Complaints complaints;
    private final Consumer<Reading.Response> responses;
    private final Transactions answered = new Transactions();

    /** @param responses hears of what answers requests of our own */
    UserAgentServer(
            Self self,
            Credentials credentials,
            Insistence insistence,
            Registrar registrar,
            Calls calls,
            Complaints complaints,
            Consumer<Reading.Response> responses) {
        this.self = self;
        this.habits = self.habits();
        this.credentials = credentials;
        this.insistence = insistence;
        this.registrar = registrar;
        this.calls = calls;
        this.complaints = complaints;
        this.responses = responses;
    }

    void on(byte[] message, Reply reply) {
        switch (WireReader.read(message)) {
            case Reading.Request request ->
                on(new Exchange(request.message(), reply, self, answered, complaints), reply.stream());
            case Reading.Broken broken ->
                complaints.add(new Violation(broken.method(), "form", broken.expected(), broken.got(), 0));
            case Reading.Response response -> responses.accept(response);
            case Reading.Noise _ -> {}
        }
    }

    private void on(Exchange exchange, boolean stream) {
        WireMessage request = exchange.request();
        if (answered.answer(request.transaction(request.method())).isPresent()) {
            exchange.repeat();
            return;
        }
        Optional<ReliableRinging> rings = request.method().equals("INVITE") ? calls.ringing(request) : Optional.empty();
        if (rings.isPresent()) {
            rings.get().repeat();
            return;
        }
        List<Violation> wrong = Form.check(request, stream);
        if (!wrong.isEmpty()) {
            refuse(exchange, wrong);
            return;
        }
        switch (request.method()) {
            case "ACK", "BYE" -> calls.within(exchange);
            case "INVITE" -> {
                if (request.inDialog()) {
                    calls.within(exchange);
                } else {
                    invite(exchange);
                }
            }
            case "CANCEL" -> cancel(exchange);
            case "REGISTER" -> registrar.register(exchange);
            case "OPTIONS" -> options(exchange);
            default -> other(exchange);
        }
    }

    private void refuse(Exchange exchange, List<Violation> wrong) {
        exchange.refuse(wrong.getFirst());
        wrong.stream().skip(1).forEach(complaints::add);
    }

    private void invite(Exchange exchange) {
        WireMessage invite = exchange.request();
        if (!registrar.admits()) {
            exchange.refuse(
                    Insistence.violation(invite, "registration", "REGISTER before INVITE", "none, or it is over", 403));
        } else if (credentials.admit(exchange, habits.challenge())) {
            List<Violation> wrong = insistence.invite(invite);
            if (wrong.isEmpty()) {
                calls.begin(exchange);
            } else {
                refuse(exchange, wrong);
            }
        }
    }

    /** RFC 3261 section 9.2: where ringing is not reliable, an INVITE is answered at once, and there is nothing left to cancel. */
    private void cancel(Exchange exchange) {
        Optional<ReliableRinging> rings = calls.ringing(exchange.request());
        if (rings.isPresent()) {
            exchange.answer(200);
            calls.cancel(rings.get());
            return;
        }
        String invite = exchange.request().transaction("INVITE");
        exchange.answer(answered.answer(invite).isPresent() ? 200 : 481);
    }

    private void options(Exchange exchange) {
        Optional<Violation> wrong = insistence.contact(exchange.request());
        wrong.ifPresentOrElse(exchange::refuse, () -> exchange.answer(200, self.allow()));
    }

    private void other(Exchange exchange) {
        String method = exchange.request().method();
        if (!habits.methods().contains(method)) {
            String known = String.join(", ", habits.methods());
            exchange.refuse(Insistence.violation(exchange.request(), "methods", known, method, 405));
        } else {
            calls.within(exchange);
        }
    }

    @Override
    public void close() {
        calls.close();
    }
}
