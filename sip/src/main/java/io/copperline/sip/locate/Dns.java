package io.copperline.sip.locate;

/** The domain name system. A port, so that what is decided from its answers is tested without a network. */
@FunctionalInterface
public interface Dns {
    /** Asks one question. Blocks, at most some seconds; never throws. */
    DnsAnswer ask(DnsQuestion question);
}
