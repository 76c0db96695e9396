package io.copperline.gateway.media;

/** Every media port of the configured range is in use or rests. Stackless: it is an answer, not a bug. */
public final class PortsExhausted extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PortsExhausted() {
        super("no media port is free; media.trunk-ports is the limit", null, false, false);
    }
}
