package io.copperline.sip.locate;

import java.util.Optional;

/** The domain name system. A port, so that what is decided from its answers is tested without a network. */
@FunctionalInterface
public interface Dns {
    /** Asks one question. Blocks, at most some seconds; never throws. */
    DnsAnswer ask(DnsQuestion question);

    /** What is remembered of it, also where that is a little too old; nobody is asked. */
    default Optional<DnsAnswer> known(DnsQuestion question) {
        return Optional.empty();
    }
}
