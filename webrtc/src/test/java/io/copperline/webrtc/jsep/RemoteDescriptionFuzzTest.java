package io.copperline.webrtc.jsep;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.copperline.codecs.sdp.SdpException;
import java.nio.charset.StandardCharsets;

/** Nothing but {@link SdpException} leaves. */
class RemoteDescriptionFuzzTest {
    @FuzzTest
    void description(byte[] bytes) {
        try {
            RemoteDescription.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (SdpException e) {
            // The declared answer to bad input.
        }
    }

    @FuzzTest
    void fragment(byte[] bytes) {
        try {
            TrickleFragment.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (SdpException e) {
            // The declared answer to bad input.
        }
    }
}
