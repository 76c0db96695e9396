package io.copperline.codecs.sdp;

import io.copperline.codecs.audio.AudioCodec;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What our side offers or accepts on a trunk.
 *
 * @param rtp the advertised address and port of our RTP
 * @param rtcpPort the advertised port of our RTCP
 * @param codecs in order of preference
 * @param telephoneEvent whether digits as RFC 4733 packets are wanted
 * @param ptimeMillis how much audio a packet holds
 * @param srtp whether the audio is encrypted
 * @param comfortNoise whether pauses may be described rather than sent (RFC 3389)
 * @param rtcpMux whether RTCP may share the RTP port (RFC 5761)
 * @param voipMetrics whether the peer is asked how it hears us (RFC 3611)
 */
public record LocalAudio(
        InetSocketAddress rtp,
        int rtcpPort,
        List<AudioCodec> codecs,
        boolean telephoneEvent,
        int ptimeMillis,
        SrtpPolicy srtp,
        boolean comfortNoise,
        boolean rtcpMux,
        boolean voipMetrics) {
    public LocalAudio {
        codecs = List.copyOf(codecs);
    }

    /** Without comfort noise, and with the plainest RTCP on a port of its own. */
    public LocalAudio(
            InetSocketAddress rtp,
            int rtcpPort,
            List<AudioCodec> codecs,
            boolean telephoneEvent,
            int ptimeMillis,
            SrtpPolicy srtp) {
        this(rtp, rtcpPort, codecs, telephoneEvent, ptimeMillis, srtp, false, false, false);
    }
}
