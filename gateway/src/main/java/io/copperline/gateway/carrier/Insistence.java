package io.copperline.gateway.carrier;

import io.copperline.config.CarrierHabits;
import io.copperline.config.CarrierHabits.HeaderHabit;
import io.copperline.config.CarrierHabits.Media;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Holds a request against the habits. */
final class Insistence {
    private static final int NOT_ACCEPTABLE = 488;
    private static final int BAD_EXTENSION = 420;
    private static final int EXTENSION_REQUIRED = 421;

    private final CarrierHabits habits;
    private final String account;

    Insistence(CarrierHabits habits, String account) {
        this.habits = habits;
        this.account = account;
    }

    /** What is wrong with an INVITE that starts a call; the first of it decides how it is answered. */
    List<Violation> invite(WireMessage invite) {
        List<Violation> found = new ArrayList<>();
        extensions(invite, found);
        reliable(invite, found);
        number(invite, found);
        caller(invite, found);
        headers(invite, found);
        contact(invite).ifPresent(found::add);
        AudioOffer.parse(invite.body())
                .ifPresentOrElse(
                        offer -> audio(invite, offer, found),
                        () -> found.add(violation(invite, "form", "an SDP offer of audio", "", NOT_ACCEPTABLE)));
        return found;
    }

    private void extensions(WireMessage invite, List<Violation> found) {
        invite.all("require")
                .flatMap(value -> Pattern.compile("\\s*,\\s*").splitAsStream(value))
                .filter(tag -> !habits.extensions().contains(tag))
                .forEach(tag -> found.add(violation(
                        invite, "extensions", "only " + habits.extensions() + " in Require", tag, BAD_EXTENSION)));
    }

    private void reliable(WireMessage invite, List<Violation> found) {
        boolean known = Stream.of("supported", "require")
                .flatMap(invite::all)
                .flatMap(value -> Pattern.compile("\\s*,\\s*").splitAsStream(value))
                .anyMatch("100rel"::equals);
        if (habits.reliable() != 0 && !known) {
            found.add(violation(
                    invite, "reliable", "100rel in Supported", invite.first("supported"), EXTENSION_REQUIRED));
        }
    }

    private void number(WireMessage invite, List<Violation> found) {
        String called = WireMessage.user(invite.uri()).orElse("");
        if (!habits.called().matcher(called).matches()) {
            found.add(violation(invite, "called", habits.called().pattern(), called, habits.calledRefusal()));
        }
    }

    private void caller(WireMessage invite, List<Violation> found) {
        int status = habits.callerRefusal();
        String user = WireMessage.user(invite.first("from")).orElse("");
        if (habits.fromIsAccount() && !user.equals(account)) {
            found.add(violation(invite, "from", "the account " + account, user, status));
        }
        habits.from()
                .filter(pattern -> !pattern.matcher(user).matches())
                .ifPresent(pattern -> found.add(violation(invite, "from", pattern.pattern(), user, status)));
    }

    private void headers(WireMessage invite, List<Violation> found) {
        int status = habits.callerRefusal();
        for (HeaderHabit habit : habits.headers()) {
            if (invite.all(habit.name()).noneMatch(value -> fits(habit, value))) {
                found.add(violation(invite, "headers", habit.toString(), invite.first(habit.name()), status));
            }
        }
        for (HeaderHabit habit : habits.barred()) {
            invite.all(habit.name())
                    .filter(value -> fits(habit, value))
                    .findFirst()
                    .ifPresent(value -> found.add(violation(invite, "barred", "no " + habit, value, status)));
        }
    }

    private static boolean fits(HeaderHabit habit, String value) {
        return habit.value().matcher(WireMessage.user(value).orElse(value)).matches();
    }

    /** Whether Contact names the gateway as it should, in INVITE and in OPTIONS. */
    Optional<Violation> contact(WireMessage request) {
        String host = WireMessage.host(request.first("contact"));
        return habits.contact()
                .filter(pattern -> !pattern.matcher(host).matches())
                .map(pattern -> violation(request, "contact", pattern.pattern(), host, habits.contactRefusal()));
    }

    private void audio(WireMessage invite, AudioOffer offer, List<Violation> found) {
        Optional<Integer> chosen = offer.choose(habits.codecs());
        String formats = String.join(", ", offer.formats().values());
        if (chosen.isEmpty()) {
            found.add(violation(invite, "codecs", "one of " + habits.codecs(), formats, NOT_ACCEPTABLE));
        } else if (habits.telephoneEvent() && offer.telephoneEvent(chosen.get()).isEmpty()) {
            found.add(violation(invite, "telephone-event", "it, with the codec's clock", formats, NOT_ACCEPTABLE));
        }
        String wanted = media(offer);
        if (!wanted.isEmpty()) {
            String got = offer.protocol() + (offer.crypto().isPresent() ? " with a key" : " without a key");
            found.add(violation(invite, "media", wanted, got, NOT_ACCEPTABLE));
        }
    }

    /** What the offer should have been; empty where it is that. */
    private String media(AudioOffer offer) {
        boolean plain = offer.protocol().equals("RTP/AVP");
        return switch (habits.media()) {
            case Media.PLAIN -> plain ? "" : "RTP/AVP";
            case Media.ENCRYPTED -> offer.encrypted() ? "" : "RTP/SAVP with a key for " + AudioOffer.SUITE;
            case Media.EITHER -> plain || offer.encrypted() ? "" : "RTP/AVP, or RTP/SAVP with " + AudioOffer.SUITE;
        };
    }

    static Violation violation(WireMessage request, String habit, String expected, String got, int status) {
        return new Violation(request.method(), habit, expected, got, status);
    }
}
