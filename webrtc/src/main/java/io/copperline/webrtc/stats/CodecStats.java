package io.copperline.webrtc.stats;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * RTCCodecStats.
 *
 * @param mimeType such as {@code audio/opus}
 * @param clockRate of RTP timestamps, in Hz
 * @param sdpFmtpLine what the other side's {@code a=fmtp} says of it
 */
public record CodecStats(
        String id,
        double timestamp,
        int payloadType,
        String transportId,
        String mimeType,
        int clockRate,
        OptionalInt channels,
        Optional<String> sdpFmtpLine)
        implements Stats {
    @Override
    public StatsType type() {
        return StatsType.CODEC;
    }
}
