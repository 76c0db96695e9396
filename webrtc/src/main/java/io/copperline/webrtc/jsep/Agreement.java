package io.copperline.webrtc.jsep;

import java.util.Optional;

/**
 * What an offer and its answer have come to.
 *
 * @param transport of the audio and whatever shares its bundle; of the data channels where there is no audio
 * @param mid of the section that names this transport
 * @param audio empty where no section carries any
 * @param data empty where there are no data channels
 * @param dataTransport where the data channels have one of their own, outside the bundle
 */
public record Agreement(
        RemoteTransport transport,
        Optional<String> mid,
        Optional<NegotiatedMedia> audio,
        Optional<NegotiatedData> data,
        Optional<RemoteTransport> dataTransport) {

    /** Whether data channels were agreed on that share, or do not share, the transport of the audio. */
    boolean hasData(boolean apart) {
        return data.isPresent() && dataTransport.isPresent() == apart;
    }
}
