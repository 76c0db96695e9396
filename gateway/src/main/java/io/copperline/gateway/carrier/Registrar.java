package io.copperline.gateway.carrier;

import io.copperline.config.CarrierHabits;
import io.copperline.config.CarrierHabits.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Keeps the one account's registration for as long as it was granted (RFC 3261 section 10.3). */
final class Registrar {
    private static final int LONGEST_SECONDS = 3600;
    private static final String USUAL_SECONDS = "300";

    /**
     * Where the account's calls go.
     *
     * @param uri its contact
     * @param way where its REGISTER came from
     */
    record Binding(String uri, Reply way) {}

    private final CarrierHabits habits;
    private final Credentials credentials;
    private final Later later;
    private final List<Consumer<Binding>> waiting = new ArrayList<>();
    private Optional<Binding> registered = Optional.empty();
    private Runnable stopTimer = () -> {};

    Registrar(CarrierHabits habits, Credentials credentials, Later later) {
        this.habits = habits;
        this.credentials = credentials;
        this.later = later;
    }

    /** Whether calls may come now. */
    boolean admits() {
        return habits.registration() != Registration.REQUIRED || registered.isPresent();
    }

    void register(Exchange exchange) {
        WireMessage register = exchange.request();
        if (habits.registration() == Registration.NONE) {
            exchange.refuse(Insistence.violation(register, "registration", "no REGISTER", "one", 405));
        } else if (credentials.admit(exchange, 401)) {
            int seconds = Math.min(wanted(register), LONGEST_SECONDS);
            end();
            if (seconds == 0) {
                exchange.answer(200);
            } else {
                String contact = bare(register.first("contact"));
                Binding binding = new Binding(contact.substring(1, contact.length() - 1), exchange.reply());
                registered = Optional.of(binding);
                stopTimer = later.run(this::end, seconds * 1000L);
                exchange.answer(200, "Contact: " + contact + ";expires=" + seconds);
                List.copyOf(waiting).forEach(one -> one.accept(binding));
                waiting.clear();
            }
        }
    }

    /** Tells of the binding, once there is one. */
    void whenRegistered(Consumer<Binding> then) {
        registered.ifPresentOrElse(then, () -> waiting.add(then));
    }

    private void end() {
        registered = Optional.empty();
        stopTimer.run();
    }

    private static int wanted(WireMessage register) {
        String parameter = WireMessage.parameter(register.first("contact"), "expires");
        return Stream.of(parameter, register.first("expires"), USUAL_SECONDS)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .findFirst()
                .map(Integer::valueOf)
                .orElseThrow();
    }

    private static String bare(String contact) {
        int end = contact.indexOf('>');
        int start = contact.indexOf('<');
        return end < 0 || start < 0 || start > end
                ? "<" + contact.split(";", 2)[0] + ">"
                : contact.substring(start, end + 1);
    }
}
