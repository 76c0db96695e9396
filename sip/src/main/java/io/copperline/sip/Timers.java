package io.copperline.sip;

import java.time.Duration;

/** Fires once, later, on some thread: whoever asked hands over to its own. A port, so that tests have their own time. */
interface Timers {

    /** A timer that may be stopped. */
    interface Timer {
        void stop();
    }

    Timer after(Duration delay, Runnable task);
}
