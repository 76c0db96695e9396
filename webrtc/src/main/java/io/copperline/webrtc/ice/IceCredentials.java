package io.copperline.webrtc.ice;

import java.util.random.RandomGenerator;

/** The user fragment and password of one side (RFC 8839 section 5.4). */
public record IceCredentials(String ufrag, String password) {
    private static final String ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** Fresh ones: 48 bits of fragment, by which datagrams find their peer, and 144 bits of password. */
    public static IceCredentials random(RandomGenerator random) {
        return new IceCredentials(text(random, 8), text(random, 24));
    }

    /** RFC 8839 section 5.4: at least 24 bits of fragment and 128 of password, and at most 256 characters. */
    public boolean wellFormed() {
        return ufrag.length() >= 4 && ufrag.length() <= 256 && password.length() >= 22 && password.length() <= 256;
    }

    private static String text(RandomGenerator random, int chars) {
        StringBuilder text = new StringBuilder(chars);
        for (int i = 0; i < chars; i++) {
            text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]";
    }
}
