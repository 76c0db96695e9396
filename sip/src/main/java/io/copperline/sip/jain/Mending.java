package io.copperline.sip.jain;

import java.nio.charset.StandardCharsets;

/** Two things that are legal and that JAIN-SIP's parser does not take, put so that it does. */
final class Mending {
    private static final byte[] MAX_FORWARDS = "Max-Forwards: 70\r\n".getBytes(StandardCharsets.US_ASCII);

    private Mending() {}

    /** An escaped control character in a quoted string (RFC 3261 section 25.1) is of no use to anyone. */
    static byte[] withoutEscapedControls(byte[] message, int headersEnd) {
        byte[] mended = message;
        boolean copied = false;
        for (int i = 0; i + 1 < headersEnd; i++) {
            if (message[i] == '\\' && isControl(message[i + 1])) {
                mended = copied ? mended : message.clone();
                copied = true;
                mended[i + 1] = '?';
            }
        }
        return mended;
    }

    private static boolean isControl(byte b) {
        return b == 0x7f || b >= 0 && b < 0x20 && b != '\r' && b != '\n' && b != '\t';
    }

    /** In the days of RFC 2543 requests went without; the stack would drop them and say nothing. */
    static byte[] withMaxForwards(byte[] message, int at) {
        byte[] mended = new byte[message.length + MAX_FORWARDS.length];
        System.arraycopy(message, 0, mended, 0, at);
        System.arraycopy(MAX_FORWARDS, 0, mended, at, MAX_FORWARDS.length);
        System.arraycopy(message, at, mended, at + MAX_FORWARDS.length, message.length - at);
        return mended;
    }
}
