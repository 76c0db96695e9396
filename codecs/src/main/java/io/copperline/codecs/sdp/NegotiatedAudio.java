package io.copperline.codecs.sdp;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.srtp.SrtpKeys;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The outcome of offer and answer for one audio stream, seen from our side.
 *
 * @param codec what both sides send
 * @param sendPayloadType the payload type the peer wants
 * @param receivePayloadType the payload type that we said we want
 * @param sendTelephoneEventPayloadType the peer's payload type for digits, or -1 where it takes none
 * @param receiveTelephoneEventPayloadType our payload type for digits, or -1 where we take none
 * @param telephoneEventClockRateHz the clock that the peer names for digits
 * @param ptimeMillis how much audio our packets hold
 * @param direction what we may do
 * @param remoteRtp where our packets go; empty where there is no such address (an old-style hold by 0.0.0.0)
 * @param remoteRtcp where our reports go
 * @param srtp what both directions are encrypted with; empty: plain RTP
 * @param comfortNoise whether both sides take comfort noise, under payload type 13
 * @param rtcpMux whether RTCP shares the RTP port
 * @param voipMetrics whether the peer asks how we hear it (RFC 3611 section 5)
 */
public record NegotiatedAudio(
        AudioCodec codec,
        int sendPayloadType,
        int receivePayloadType,
        int sendTelephoneEventPayloadType,
        int receiveTelephoneEventPayloadType,
        int telephoneEventClockRateHz,
        int ptimeMillis,
        MediaDirection direction,
        Optional<InetSocketAddress> remoteRtp,
        Optional<InetSocketAddress> remoteRtcp,
        Optional<SrtpKeys> srtp,
        boolean comfortNoise,
        boolean rtcpMux,
        boolean voipMetrics) {
    /** The payload type of comfort noise (RFC 3551 table 4). */
    public static final int COMFORT_NOISE_PAYLOAD_TYPE = AudioFormat.COMFORT_NOISE.payloadType();

    /** The same audio, flowing another way. */
    public NegotiatedAudio withDirection(MediaDirection other) {
        return new NegotiatedAudio(
                codec,
                sendPayloadType,
                receivePayloadType,
                sendTelephoneEventPayloadType,
                receiveTelephoneEventPayloadType,
                telephoneEventClockRateHz,
                ptimeMillis,
                other,
                remoteRtp,
                remoteRtcp,
                srtp,
                comfortNoise,
                rtcpMux,
                voipMetrics);
    }
}
