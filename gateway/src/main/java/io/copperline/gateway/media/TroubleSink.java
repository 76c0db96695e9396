package io.copperline.gateway.media;

/** Who is told of a leg's trouble. */
@FunctionalInterface
interface TroubleSink {
    /** Something is wrong, or right again, since then. */
    void trouble(MediaTrouble trouble, long sinceNanos);
}
