package io.copperline.codecs.audio;

import java.util.Optional;

/** The audio codecs a call can carry, with their names and clocks on the wire (RFC 3551 table 4, RFC 7587 section 4.1). */
public enum AudioCodec {
    OPUS("opus", 48_000, 2, -1),
    PCMU("PCMU", 8_000, 1, 0),
    PCMA("PCMA", 8_000, 1, 8),
    /** Its clock counts 8000 though its sound has 16 kHz: an error that stays for ever (RFC 3551 section 4.5.2). */
    G722("G722", 8_000, 1, 9);

    private final String encodingName;
    private final int clockRateHz;
    private final int channels;
    private final int staticPayloadType;

    AudioCodec(String encodingName, int clockRateHz, int channels, int staticPayloadType) {
        this.encodingName = encodingName;
        this.clockRateHz = clockRateHz;
        this.channels = channels;
        this.staticPayloadType = staticPayloadType;
    }

    /** The name in {@code a=rtpmap}; compared without regard to case (RFC 8866 section 6.6). */
    public String encodingName() {
        return encodingName;
    }

    /** The RTP clock. Opus counts at 48000 whatever rate it is decoded to. */
    public int clockRateHz() {
        return clockRateHz;
    }

    /** The channel count in {@code a=rtpmap}; always 2 for Opus, which says nothing about what is sent. */
    public int channels() {
        return channels;
    }

    /** The static payload type of RFC 3551, or -1 where the type is dynamic. */
    public int staticPayloadType() {
        return staticPayloadType;
    }

    /** Whether comfort noise goes with it under its static number, whose clock counts 8000 (RFC 3389 section 4). Opus has its own. */
    public boolean takesComfortNoise() {
        return clockRateHz == 8_000;
    }

    /** The codec of an {@code a=rtpmap} encoding name and clock rate. */
    public static Optional<AudioCodec> of(String encodingName, int clockRateHz) {
        for (AudioCodec codec : values()) {
            if (codec.encodingName.equalsIgnoreCase(encodingName) && codec.clockRateHz == clockRateHz) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }
}
