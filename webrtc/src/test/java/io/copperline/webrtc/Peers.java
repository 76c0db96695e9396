package io.copperline.webrtc;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.webrtc.SimulatedNetwork.Host;
import io.copperline.webrtc.SimulatedNetwork.Weather;
import io.copperline.webrtc.dtls.DtlsCertificate;
import io.copperline.webrtc.ice.IceCandidate;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

/** Two peers on a simulated network, as far as a test wants them. */
final class Peers {
    private static final DtlsCertificate CERTIFICATE =
            DtlsCertificate.create(new SecureRandom(), Instant.ofEpochSecond(1_800_000_000));
    private static final Executor ERRANDS = task -> Thread.ofVirtual().start(task);
    private static final List<AudioCodec> CODECS = List.of(AudioCodec.OPUS, AudioCodec.PCMU);

    private Peers() {}

    static PeerConnection peer(SimulatedNetwork network, Host host, boolean lite) {
        PeerSettings settings = PeerSettings.gateway(List.of(IceCandidate.host(host.address.socket(), 0)), CODECS);
        return new PeerConnection(
                lite ? settings : settings.withFullIce(),
                CERTIFICATE,
                network.secureRandom(),
                ERRANDS,
                () -> {},
                network.nowNanos,
                0);
    }

    /** A full peer and a lite one that have not heard of each other. */
    static SimulatedNetwork strangers(long seed, Weather weather) {
        SimulatedNetwork network = new SimulatedNetwork(seed, weather);
        network.browser.peer = peer(network, network.browser, false);
        network.gateway.peer = peer(network, network.gateway, true);
        return network;
    }

    /** The browser offers, the gateway answers. */
    static void negotiate(SimulatedNetwork network) throws Exception {
        SessionDescription offer = network.browser.peer.createOffer();
        network.browser.peer.setAnswer(network.gateway.peer.answer(offer, network.nowNanos), network.nowNanos);
    }

    static SimulatedNetwork negotiated(long seed, Weather weather) throws Exception {
        SimulatedNetwork network = strangers(seed, weather);
        negotiate(network);
        return network;
    }

    static void speak(SimulatedNetwork network, Host from, int packets, int firstTimestamp) {
        byte[] buf = new byte[400];
        for (int i = 0; i < packets; i++) {
            Arrays.fill(buf, RtpSender.HEADROOM_BYTES, RtpSender.HEADROOM_BYTES + 60, (byte) i);
            from.peer
                    .sender()
                    .send(
                            buf,
                            RtpSender.HEADROOM_BYTES,
                            60,
                            111,
                            firstTimestamp + 960L * i,
                            i == 0,
                            30,
                            network.nowNanos,
                            from);
            network.run(20);
        }
    }
}
