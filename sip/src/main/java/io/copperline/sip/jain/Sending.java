package io.copperline.sip.jain;

import java.io.IOException;
import java.util.Optional;
import javax.sip.SipException;

/**
 * What is sent now, for the sockets below: the stack hands down addresses alone, and tells nobody why there is no connection. Owned
 * by the sending thread.
 */
final class Sending {
    private static final ScopedValue<Sending> NOW = ScopedValue.newInstance();

    private final String certificateName;
    private Optional<IOException> failure = Optional.empty();

    /** @param certificateName the name that a TLS peer's certificate must show */
    Sending(String certificateName) {
        this.certificateName = certificateName;
    }

    /** How the stack sends. */
    interface Step {
        void run() throws SipException;
    }

    void run(Step step) throws SipException {
        ScopedValue.where(NOW, this).<Void, SipException>call(() -> {
            step.run();
            return null;
        });
    }

    /** That of this thread; empty where it does not send. */
    static Optional<Sending> now() {
        return NOW.isBound() ? Optional.of(NOW.get()) : Optional.empty();
    }

    String certificateName() {
        return certificateName;
    }

    /** There is no connection. */
    void failed(IOException why) {
        failure = Optional.of(why);
    }

    /** Why it was not sent: what a socket has found, where one has, rather than what the stack says. */
    Exception cause(Exception said) {
        return failure.isPresent() ? failure.get() : said;
    }
}
