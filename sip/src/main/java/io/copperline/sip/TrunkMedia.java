package io.copperline.sip;

import io.copperline.codecs.audio.WavFile;
import java.time.Duration;
import java.util.Optional;

/**
 * What is done with the audio of a trunk beyond its codecs.
 *
 * @param comfortNoise who may describe pauses rather than send them (RFC 3389)
 * @param rtcpMux whether RTCP may share the RTP port (RFC 5761)
 * @param passThrough whether packets pass as they are where both legs have the same codec
 * @param holdMusic what a phone hears while it is held; empty: silence
 * @param timeout after how long without a packet of the carrier's a call is over; zero: never
 * @param ptimeMillis how much audio our packets hold where the carrier asks for nothing, and what we ask of it (RFC 8866 section 6.4)
 * @param voipMetrics whether the carrier is asked how it hears us (RTCP XR, RFC 3611)
 */
public record TrunkMedia(
        ComfortNoiseMode comfortNoise,
        boolean rtcpMux,
        boolean passThrough,
        Optional<WavFile> holdMusic,
        Duration timeout,
        int ptimeMillis,
        boolean voipMetrics) {
    /** What a trunk has unless its operator says otherwise. */
    public static final TrunkMedia USUAL =
            new TrunkMedia(ComfortNoiseMode.OFF, false, false, Optional.empty(), Duration.ofMinutes(1), 20, false);
}
