package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.srtp.SrtpKeys;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What a trunk's SDP comes to in tests: PCMU both ways in packets of 20 ms, in clear, with digits as events, but for what is said otherwise. */
final class TrunkAudio {
    private static final int OPUS_TYPE = 96;

    private AudioCodec codec = AudioCodec.PCMU;
    private int type;
    private int eventType = SimulatedCall.EVENT_TYPE;
    private int eventHz = 8_000;
    private int ptimeMillis = 20;
    private MediaDirection direction = MediaDirection.SENDRECV;
    private Optional<InetSocketAddress> rtp = Optional.of(SimulatedCall.CARRIER);
    private Optional<InetSocketAddress> rtcp = Optional.empty();
    private Optional<SrtpKeys> keys = Optional.empty();
    private boolean noise;

    /** Under its own number, and Opus under 96. */
    TrunkAudio of(AudioCodec other) {
        codec = other;
        type = other == AudioCodec.OPUS ? OPUS_TYPE : other.staticPayloadType();
        return this;
    }

    TrunkAudio ptime(int millis) {
        ptimeMillis = millis;
        return this;
    }

    TrunkAudio direction(MediaDirection other) {
        direction = other;
        return this;
    }

    /** @param payloadType -1 for none */
    TrunkAudio events(int payloadType, int clockRateHz) {
        eventType = payloadType;
        eventHz = clockRateHz;
        return this;
    }

    TrunkAudio comfortNoise(boolean agreed) {
        noise = agreed;
        return this;
    }

    TrunkAudio at(InetSocketAddress audio, InetSocketAddress reports) {
        rtp = Optional.of(audio);
        rtcp = Optional.of(reports);
        return this;
    }

    TrunkAudio encrypted(SrtpKeys by) {
        keys = Optional.of(by);
        return this;
    }

    NegotiatedAudio agreed() {
        return new NegotiatedAudio(
                codec,
                type,
                type,
                eventType,
                eventType,
                eventHz,
                ptimeMillis,
                direction,
                rtp,
                rtcp,
                keys,
                noise,
                /* rtcpMux= */ false,
                /* voipMetrics= */ false);
    }
}
