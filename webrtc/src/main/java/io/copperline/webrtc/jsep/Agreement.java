package io.copperline.webrtc.jsep;

import java.util.Optional;

/**
 * What an offer and its answer have come to.
 *
 * @param audio empty where no section carries any
 * @param data empty where there are no data channels
 */
public record Agreement(RemoteTransport transport, Optional<NegotiatedMedia> audio, Optional<NegotiatedData> data) {}
