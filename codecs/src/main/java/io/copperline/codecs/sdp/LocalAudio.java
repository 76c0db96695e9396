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
 */
public record LocalAudio(
        InetSocketAddress rtp,
        int rtcpPort,
        List<AudioCodec> codecs,
        boolean telephoneEvent,
        int ptimeMillis,
        SrtpPolicy srtp) {
    public LocalAudio {
        codecs = List.copyOf(codecs);
    }
}
