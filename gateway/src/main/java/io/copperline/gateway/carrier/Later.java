package io.copperline.gateway.carrier;

/** Runs something after a time, on the thread that owns the carrier's state. */
interface Later {
    /** What it gives back takes it back. */
    Runnable run(Runnable what, long millis);
}
