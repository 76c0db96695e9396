package io.copperline.webrtc;

import io.copperline.codecs.srtp.SrtpProfile;
import io.copperline.webrtc.datachannel.DataChannelEvent;
import io.copperline.webrtc.ice.TransportAddress;

/** What a peer tells its owner. */
public sealed interface PeerEvent {
    /** The pair for media was chosen, or another one: the browser changed networks. */
    record PathSelected(TransportAddress remote) implements PeerEvent {}

    /** DTLS is done; media may flow both ways. */
    record Connected(SrtpProfile profile) implements PeerEvent {}

    /** Something about data channels. */
    record Data(DataChannelEvent event) implements PeerEvent {}

    /** The peer is over, and nothing more will come of it. */
    record Failed(PeerFailure why) implements PeerEvent {}
}
