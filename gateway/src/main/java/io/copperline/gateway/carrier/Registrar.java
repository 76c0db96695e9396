package io.copperline.gateway.carrier;

import io.copperline.config.CarrierHabits;
import io.copperline.config.CarrierHabits.Registration;
import java.util.stream.Stream;

/** Keeps the one account's registration for as long as it was granted (RFC 3261 section 10.3). */
final class Registrar {
    private static final int LONGEST_SECONDS = 3600;
    private static final String USUAL_SECONDS = "300";

    private final CarrierHabits habits;
    private final Credentials credentials;
    private final Later later;
    private boolean registered;
    private Runnable stopTimer = () -> {};

    Registrar(CarrierHabits habits, Credentials credentials, Later later) {
        this.habits = habits;
        this.credentials = credentials;
        this.later = later;
    }

    /** Whether calls may come now. */
    boolean admits() {
        return habits.registration() != Registration.REQUIRED || registered;
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
                registered = true;
                stopTimer = later.run(this::end, seconds * 1000L);
                exchange.answer(200, "Contact: " + bare(register.first("contact")) + ";expires=" + seconds);
            }
        }
    }

    private void end() {
        registered = false;
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
        return end < 0 ? "<" + contact.split(";", 2)[0] + ">" : contact.substring(0, end + 1);
    }
}
