package io.copperline.codecs.audio;

/** No usable libopus; the message says where it was looked for and what to install. */
public final class OpusMissing extends RuntimeException {
    OpusMissing(String message, Throwable cause) {
        super(message, cause);
    }
}
