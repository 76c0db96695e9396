package io.copperline.codecs.sdp;

/** A session description that cannot be used. Stackless: it is an answer to bad input. The message says what is wrong. */
public sealed class SdpException extends Exception permits NoCommonEncryption {
    private static final long serialVersionUID = 1;

    public SdpException(String message) {
        super(message, null, false, false);
    }
}
