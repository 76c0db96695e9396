package io.copperline.gateway.media;

/** The media side cannot start. The message is for the operator. */
public final class MediaUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    MediaUnavailable(String message) {
        super(message, null, false, false);
    }
}
