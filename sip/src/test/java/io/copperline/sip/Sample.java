package io.copperline.sip;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.LocalAudio;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
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
        return new TrunkSettings(
                name,
                host,
                port,
                transport,
                Optional.empty(),
                Optional.empty(),
                false,
                Duration.ofHours(1),
                List.of(AudioCodec.PCMU),
                DtmfMode.AUTO,
                true,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                List.of(),
                Duration.ofSeconds(60),
                Reaching.PLAIN);
    }

    static TrunkSettings reaching(TrunkSettings s, Reaching reaching) {
        return new TrunkSettings(
                s.name(),
                s.host(),
                s.port(),
                s.transport(),
                s.username(),
                s.password(),
                s.register(),
                s.registerExpiry(),
                s.codecs(),
                s.dtmf(),
                s.symmetricRtp(),
                s.mediaAddress(),
                s.fromUser(),
                s.optionsInterval(),
                s.allowedSources(),
                s.ringTimeout(),
                reaching);
    }

    static LocalAudio audio(int port) {
        return audio(port, AudioCodec.PCMU);
    }

    static LocalAudio audio(int port, AudioCodec... codecs) {
        return new LocalAudio(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), port + 1, List.of(codecs), true, 20);
    }

    static OutgoingCall call(String to) {
        return new OutgoingCall(to, "+12025550150", Optional.of("Alice"));
    }
}
