package io.copperline.gateway.lab;

/** Who is told what a stream hears. On the lab's thread. */
interface Ear {
    /** Whom it does not concern. */
    Ear DEAF = new Ear() {};

    /** n samples of 8 kHz sound; the array is read during the call only. */
    default void heard(short[] pcm, int n) {}

    /** A key was pressed and has come up; {@code event} is 0 to 15. Once for each press. */
    default void pressed(int event, int durationMillis) {}
}
