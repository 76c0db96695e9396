package io.copperline.gateway.carrier;

/** The audio of a call. */
interface Phone extends AutoCloseable {
    /** By which it hears and speaks. */
    RtpDoor door();

    /** What the other side wants from now on: {@code sendrecv} and the like, from its side. */
    default void directed(String theirs) {}

    @Override
    default void close() {
        door().close();
    }
}
