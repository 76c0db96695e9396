package io.copperline.gateway.carrier;

import java.util.Optional;

/** The audio of a call. */
interface Phone extends AutoCloseable {
    /** Where it hears. */
    int port();

    /** Its key, as it stands in SDP; empty where audio is not encrypted. */
    Optional<String> inlineKey();

    /** Whether reports share the port of audio (RFC 5761). */
    boolean muxed();

    /** What the other side wants from now on: {@code sendrecv} and the like, from its side. */
    default void directed(String theirs) {}

    @Override
    void close();
}
