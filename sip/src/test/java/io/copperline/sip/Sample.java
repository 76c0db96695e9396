package io.copperline.sip;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.SrtpPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Settings and audio for tests. */
final class Sample {
    private Sample() {}

    static SipSettings settings() {
        return settings(SipSettings.ANY_FREE_PORT, 0, Optional.empty());
    }

    static SipSettings settings(int tcpPort, int tlsPort, Optional<TlsSettings> tls) {
        return new SipSettings("127.0.0.1", "", 0, tcpPort, tlsPort, tls, "Copperline test", List.of());
    }

    static TrunkSettings trunk(String name, int port) {
        return trunk(name, port, SipTransport.UDP);
    }

    static TrunkSettings trunkTo(String name, String host, int port) {
        return trunk(name, host, port, SipTransport.UDP);
    }

    static TrunkSettings trunk(String name, int port, SipTransport transport) {
        return trunk(name, "127.0.0.1", port, transport);
    }

    private static TrunkSettings trunk(String name, String host, int port, SipTransport transport) {
        return TrunkSettings.to(name, host, port, transport)
                .codecs(AudioCodec.PCMU)
                .build();
    }

    /** The same trunk with other dialogs. */
    static TrunkSettings kept(TrunkSettings t, DialogSettings dialogs) {
        return t.but().dialogs(dialogs).build();
    }

    static TrunkSettings reaching(TrunkSettings s, Reaching reaching) {
        return s.but().reaching(reaching).build();
    }

    static LocalAudio audio(int port) {
        return audio(port, AudioCodec.PCMU);
    }

    static LocalAudio audio(int port, AudioCodec... codecs) {
        return new LocalAudio(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                port + 1,
                List.of(codecs),
                true,
                20,
                SrtpPolicy.OFF);
    }

    static OutgoingCall call(String to) {
        return new OutgoingCall(to, "+12025550150", Optional.of("Alice"));
    }
}
