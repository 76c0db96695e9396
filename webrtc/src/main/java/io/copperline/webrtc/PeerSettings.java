package io.copperline.webrtc;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.jsep.RedUse;
import java.time.Duration;
import java.util.List;

/**
 * How a peer behaves.
 *
 * @param candidates where it is reached, best first
 * @param iceLite whether it waits for checks (a gateway) or sends its own
 * @param codecs best first
 * @param opusParameters what it asks of a peer that sends Opus, as in {@code a=fmtp}
 * @param red when it asks a peer that sends Opus for RED
 * @param dataChannels whether it takes data channels
 * @param iceTimeout how long it waits for the first nominated pair
 * @param dtlsTimeout how long DTLS may take from then on
 * @param consentTimeout how long the other side may prove no consent (RFC 7675)
 */
public record PeerSettings(
        List<IceCandidate> candidates,
        boolean iceLite,
        List<AudioCodec> codecs,
        String opusParameters,
        RedUse red,
        int ptimeMillis,
        boolean dataChannels,
        Duration iceTimeout,
        Duration dtlsTimeout,
        Duration consentTimeout) {
    /**
     * Opus as a telephone trunk can use it: narrowband, and in-band FEC against loss. Chromium obeys, and decoding costs a
     * third of full band (RFC 7587 section 6.1).
     */
    public static final String NARROWBAND_OPUS =
            "minptime=10;useinbandfec=1;maxplaybackrate=8000;sprop-maxcapturerate=8000;maxaveragebitrate=20000";

    /** The same for a trunk that carries wide sound, such as G.722. */
    public static final String WIDEBAND_OPUS =
            "minptime=10;useinbandfec=1;maxplaybackrate=16000;sprop-maxcapturerate=16000;maxaveragebitrate=28000";

    public PeerSettings {
        candidates = List.copyOf(candidates);
        codecs = List.copyOf(codecs);
    }

    /** A gateway's peer at these candidates. */
    public static PeerSettings gateway(List<IceCandidate> candidates, List<AudioCodec> codecs) {
        return new PeerSettings(
                candidates,
                true,
                codecs,
                NARROWBAND_OPUS,
                RedUse.PREFERRED,
                20,
                true,
                Duration.ofSeconds(15),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30));
    }

    /** The same with checks of its own, to call other lite peers. */
    public PeerSettings withFullIce() {
        return new PeerSettings(
                candidates,
                false,
                codecs,
                opusParameters,
                red,
                ptimeMillis,
                dataChannels,
                iceTimeout,
                dtlsTimeout,
                consentTimeout);
    }

    /** The same, asking something else of a peer that sends Opus. */
    public PeerSettings withOpus(String parameters) {
        return new PeerSettings(
                candidates,
                iceLite,
                codecs,
                parameters,
                red,
                ptimeMillis,
                dataChannels,
                iceTimeout,
                dtlsTimeout,
                consentTimeout);
    }

    /** The same with another wish for RED. */
    public PeerSettings withRed(RedUse use) {
        return new PeerSettings(
                candidates,
                iceLite,
                codecs,
                opusParameters,
                use,
                ptimeMillis,
                dataChannels,
                iceTimeout,
                dtlsTimeout,
                consentTimeout);
    }
}
