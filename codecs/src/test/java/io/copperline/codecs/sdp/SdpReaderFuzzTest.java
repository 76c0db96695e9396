package io.copperline.codecs.sdp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.copperline.codecs.audio.AudioCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Nothing but {@link SdpException} and {@link NoCommonCodec} leaves, and what was read once is read again as the same. */
class SdpReaderFuzzTest {
    private static final LocalAudio LOCAL = new LocalAudio(
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 20_000),
            20_001,
            List.of(AudioCodec.PCMU),
            true,
            20,
            SrtpPolicy.PREFERRED);

    @FuzzTest
    void anyBytes(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            SdpSession session = SdpSession.parse(text);
            if (!SdpSession.parse(session.write()).equals(session)) {
                throw new IllegalStateException("changed by writing and reading");
            }
            new TrunkOfferAnswer(1, new Random(1)::nextBytes).onOffer(text, LOCAL);
        } catch (SdpException | NoCommonCodec e) {
            // The declared answers to bad input.
        }
    }
}
