package io.copperline.webrtc;

import io.copperline.codecs.srtp.SrtpProfile;
import io.copperline.webrtc.datachannel.DataChannelEvent;
import io.copperline.webrtc.ice.TransportAddress;
import java.util.Optional;

/** What a peer tells its owner. */
public sealed interface PeerEvent {
    /** The pair for media was chosen, or another one: the browser changed networks. */
    record PathSelected(TransportAddress remote) implements PeerEvent {}

    /**
     * DTLS is done.
     *
     * @param profile by which media may flow both ways; empty where the other side has no SRTP, and only data channels
     */
    record Connected(Optional<SrtpProfile> profile) implements PeerEvent {}

    /** Something about data channels. */
    record Data(DataChannelEvent event) implements PeerEvent {}

    /** The peer is over, and nothing more will come of it. */
    record Failed(PeerFailure why) implements PeerEvent {}
}
