package io.copperline.gateway.doctor;

import io.copperline.config.CalledNumbers;
import io.copperline.config.CopperlineSettings;
import io.copperline.config.MediaSettings;
import io.copperline.gateway.media.Media;
import io.copperline.gateway.route.Numbers;
import io.copperline.gateway.route.PhoneNumber;
import io.copperline.sip.OutgoingCall;
import java.util.List;
import java.util.Optional;

/**
 * A call that a trunk is tried with.
 *
 * @param media the gateway's settings; the ports are taken from the same range
 * @param region two letters of ISO 3166-1
 * @param running the media of the gateway in this process; empty where it is another process
 */
public record TestCall(OutgoingCall call, MediaSettings media, String region, Optional<Media> running) {
    /**
     * A call to this number.
     *
     * @param from the number to show; where empty, the first one of {@code routes.inbound}
     * @throws IllegalArgumentException where one of them is no number; the message says so to people
     */
    public static TestCall of(
            CopperlineSettings settings, String called, Optional<String> from, Optional<Media> running) {
        Numbers numbers = new Numbers(settings.region());
        String caller = from.map(written -> e164(numbers, written))
                .or(() -> settings.routes().inbound().stream()
                        .flatMap(rule -> rule.called().stream())
                        .flatMap(ours -> written(ours).stream())
                        .flatMap(number -> numbers.carrier(number).stream())
                        .map(PhoneNumber::e164)
                        .findFirst())
                .orElse("");
        OutgoingCall call = new OutgoingCall(e164(numbers, called), caller, Optional.empty());
        return new TestCall(call, settings.media(), settings.region(), running);
    }

    private static Optional<String> written(CalledNumbers called) {
        return switch (called) {
            case CalledNumbers.One one -> Optional.of(one.number());
            case CalledNumbers.Range range -> Optional.of(range.first());
            case CalledNumbers.Prefix _ -> Optional.empty();
        };
    }

    private static String e164(Numbers numbers, String written) {
        return numbers.dialled(written)
                .map(PhoneNumber::e164)
                .orElseThrow(() -> new IllegalArgumentException(
                        written + " is no phone number. Write it with its country code, such as +12025550100."));
    }

    /** No browser is in it, so that its port need not be the gateway's. */
    MediaSettings onPortsOfItsOwn() {
        return new MediaSettings(
                media.bind(),
                media.advertise(),
                MediaSettings.Ice.LITE,
                List.of(),
                0,
                false,
                1,
                media.trunkPorts(),
                media.portRest(),
                media.opusLibrary(),
                media.certificateFile(),
                media.browserCodecs(),
                media.browserRed(),
                1,
                media.maxLateness());
    }
}
