package io.copperline.webrtc.stun;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Objects;

/** Any bytes can be asked anything. */
class StunMessageFuzzTest {
    private static final StunPassword PASSWORD = new StunPassword("VOkJxbRl1RmTxUk/WvJxBt");

    @FuzzTest
    void anyBytes(byte[] bytes) {
        StunMessage message = new StunMessage();
        if (!message.read(bytes, 0, bytes.length)) {
            return;
        }
        for (StunAttribute attribute : StunAttribute.values()) {
            message.has(attribute);
            message.number(attribute);
            message.tieBreaker(attribute);
        }
        Objects.requireNonNull(message.username());
        Objects.requireNonNull(message.mappedAddress());
        if (message.errorCode() < 0) {
            throw new IllegalStateException("a negative error code");
        }
        message.authentic(PASSWORD);
        message.fingerprinted();
    }
}
