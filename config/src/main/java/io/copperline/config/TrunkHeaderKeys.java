package io.copperline.config;

import io.copperline.sip.PassedHeaders;

/** The keys of a trunk that say which headers pass between it and the web app. */
final class TrunkHeaderKeys {
    private static final Type<String> NAME = Type.of("the name of a header that is not one of SIP's own", text -> {
        if (!PassedHeaders.mayPass(text)) {
            throw new Mismatch();
        }
        return text;
    });

    static final Key<String> IN = Key.list(
            "headers-in",
            NAME,
            "[]",
            "[X-Customer, User-to-User]",
            "Headers of a call that comes in which the web app is shown.");
    static final Key<String> OUT = Key.list(
            "headers-out",
            NAME,
            "[]",
            "[X-Customer, User-to-User]",
            "Headers that the web app may give a call that goes out.");

    private TrunkHeaderKeys() {}

    static PassedHeaders read(Fields trunk) {
        return new PassedHeaders(trunk.many(IN), trunk.many(OUT));
    }
}
