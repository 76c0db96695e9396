package io.copperline.gateway.route;

import io.copperline.config.DestinationKind;
import io.copperline.config.RouteSettings;
import java.util.Locale;
import java.util.Optional;

/** Which destinations no browser may call. Immutable. */
final class Barring {
    private final RouteSettings.Barred settings;
    private final Numbers numbers;

    Barring(RouteSettings.Barred settings, Numbers numbers) {
        this.settings = settings;
        this.numbers = numbers;
    }

    /** What bars the number; empty where nothing does. */
    Optional<Barred> of(PhoneNumber number) {
        if (settings.except().stream().anyMatch(number.e164()::startsWith)) {
            return Optional.empty();
        }
        Optional<String> prefix =
                settings.prefixes().stream().filter(number.e164()::startsWith).findFirst();
        return prefix.map(p -> new Barred(number.e164() + " is barred: routes.barred-prefixes has " + p + "."))
                .or(() -> numbers.kind(number)
                        .filter(settings.kinds()::contains)
                        .map(kind ->
                                new Barred(number.e164() + " is barred: routes.barred has " + spelled(kind) + ".")));
    }

    private static String spelled(DestinationKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
