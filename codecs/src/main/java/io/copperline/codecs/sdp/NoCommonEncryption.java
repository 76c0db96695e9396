package io.copperline.codecs.sdp;

/** A well-formed description that wants encryption where we refuse it, or refuses it where we want it. */
public final class NoCommonEncryption extends SdpException {
    private static final long serialVersionUID = 1;

    NoCommonEncryption(String message) {
        super(message);
    }
}
