package io.copperline.gateway.cli;

import io.copperline.config.CopperlineSettings;
import io.copperline.config.EmergencySettings;
import io.copperline.config.RouteSettings;
import io.copperline.config.Treatment;
import io.copperline.config.Treatment.Forward;
import io.copperline.config.Webhook;
import io.copperline.gateway.route.Asked;
import io.copperline.gateway.route.Barred;
import io.copperline.gateway.route.NoRoute;
import io.copperline.gateway.route.Numbers;
import io.copperline.gateway.route.PhoneNumber;
import io.copperline.gateway.route.RouteMatch;
import io.copperline.gateway.route.Routes;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;

/** What is no mistake in a file, and yet may not be what its writer wants. */
final class RouteNotes {
    private final CopperlineSettings settings;
    private final Numbers numbers;
    private final Routes routes;
    private final PrintWriter out;

    RouteNotes(CopperlineSettings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
        numbers = new Numbers(settings.region());
        routes = new Routes(settings.routes(), numbers);
    }

    /** Writes each on a line, as things stand at this time. */
    void write(Instant now) {
        for (RouteSettings.Inbound rule : settings.routes().inbound()) {
            rule.webhook().ifPresent(hook -> plain(rule.line(), hook));
            forward(rule.treatment()).ifPresent(to -> forward(rule.line(), to, now));
        }
        location(settings.routes().emergency());
    }

    private void location(EmergencySettings emergency) {
        boolean told = settings.trunks().stream()
                .filter(trunk -> emergency.trunks().contains(trunk.name()))
                .anyMatch(trunk -> trunk.emergency().location());
        if (emergency.location().isPresent() && !told) {
            out.println("Note: routes.emergency says where calls come from, and none of its trunks tells it: add"
                    + " emergency-location: true to those whose carrier takes locations.");
        }
    }

    private void note(int line, String words) {
        out.println("Note: the rule on line " + line + " " + words);
    }

    private void plain(int line, Webhook hook) {
        if (hook.url().getScheme().equals("http")) {
            String host = hook.url().getHost();
            note(
                    line,
                    "asks its webhook by http, so whoever is on the way to " + host
                            + " can read who calls, and change the answer.");
        }
    }

    private static Optional<Forward> forward(Treatment treatment) {
        return switch (treatment) {
            case Treatment.Ring ring -> ring.otherwise();
            case Forward to -> Optional.of(to);
            case Treatment.Refuse _ -> Optional.empty();
        };
    }

    private void forward(int line, Forward forward, Instant now) {
        Optional<PhoneNumber> number = numbers.dialled(forward.number());
        if (number.isEmpty()) {
            note(line, "forwards to " + forward.number() + ", which is no phone number.");
            return;
        }
        switch (routes.outbound(new Asked(number.get(), Asked.NOBODY, "", now))) {
            case RouteMatch _ -> {
                // As it should be.
            }
            case Barred barred -> note(line, "forwards to a number that may not be called: " + barred.explanation());
            case NoRoute none ->
                note(line, "forwards calls of hidden callers, at this time, nowhere: " + none.explanation());
        }
    }
}
