package io.copperline.codecs.sdp;

/** Both sides are well-formed and share no codec. */
public final class NoCommonCodec extends Exception {
    private static final long serialVersionUID = 1;

    public NoCommonCodec(String message) {
        super(message, null, false, false);
    }
}
