package io.copperline.codecs.srtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** No bytes of a stranger's ever pass as authentic, whatever they look like. */
class SrtpReceiverFuzzTest {
    @FuzzTest
    void anyBytes(byte[] bytes) {
        for (SrtpProfile profile : SrtpProfile.values()) {
            SrtpReceiver receiver =
                    new SrtpReceiver(new SrtpKey(profile, new byte[profile.keyBytes()], new byte[profile.saltBytes()]));
            byte[] packet = Arrays.copyOf(bytes, bytes.length + 8);
            if (receiver.unprotectRtp(packet, 0, bytes.length) >= 0
                    || receiver.unprotectRtcp(packet, 0, bytes.length) >= 0) {
                throw new IllegalStateException("forged");
            }
        }
    }
}
