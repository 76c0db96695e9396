package io.copperline.gateway.bench.trunk;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** The log of a program that is measured: off, since its output is for figures, and a line for each message is no cost of SIP. */
final class Quiet {
    private Quiet() {}

    static void logNothing() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    }
}
