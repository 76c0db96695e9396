package io.copperline.gateway.media;

/** What can be said about a leg's audio while it flows, or does not. */
public enum MediaTrouble {
    /** Nothing has come for three seconds. */
    NO_AUDIO,
    /** Packets come and hold nothing but silence. */
    SILENCE,
    /** DTLS was not done two seconds after the path was found. */
    DTLS_SLOW,
    /** Audio now comes from another address than the one that was signalled. */
    LATCHED,
    /** More than a twentieth of the last five seconds was lost. */
    LOSSY,
    /** What was wrong before has passed. */
    RECOVERED
}
