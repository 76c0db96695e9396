package io.copperline.webrtc.jsep;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.AudioFormat;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.SdpAttribute;
import io.copperline.codecs.sdp.SdpMedia;
import io.copperline.codecs.sdp.SdpOrigin;
import io.copperline.codecs.sdp.SdpSession;
import io.copperline.webrtc.dtls.Fingerprint;
import io.copperline.webrtc.ice.IceCandidate;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What we are, and the sections that say so.
 *
 * @param sessionId of the {@code o=} line
 * @param candidates ours, best first; at least one
 * @param opusParameters what we ask of a browser that sends Opus
 * @param red when we ask it for RED
 * @param sctpPort ours for data channels, and with {@code maxMessageBytes} what we say about them
 */
public record LocalDescription(
        long sessionId,
        boolean iceLite,
        List<IceCandidate> candidates,
        Fingerprint fingerprint,
        long ssrc,
        String cname,
        String opusParameters,
        RedUse red,
        int ptimeMillis,
        int sctpPort,
        int maxMessageBytes) {

    /**
     * What an audio section says beside what we are.
     *
     * @param source whether our SSRC belongs to it
     */
    record Audio(
            String protocol,
            List<AudioFormat> formats,
            int audioLevelId,
            int midId,
            MediaDirection direction,
            boolean source,
            boolean reducedSize) {}

    AudioFormat format(AudioCodec codec, int payloadType) {
        return new AudioFormat(
                payloadType,
                codec.encodingName(),
                codec.clockRateHz(),
                codec.channels(),
                codec == AudioCodec.OPUS ? opusParameters : "");
    }

    /** RED around the codec and nothing else. */
    static AudioFormat red(NegotiatedMedia media) {
        String blocks = media.payloadType() + "/" + media.payloadType();
        return new AudioFormat(
                media.redPayloadType(),
                "red",
                media.codec().clockRateHz(),
                media.codec().channels(),
                blocks);
    }

    static AudioFormat events(int payloadType, int clockRateHz) {
        return new AudioFormat(payloadType, "telephone-event", clockRateHz, 1, "0-15");
    }

    SdpMedia audio(Audio audio, Optional<String> mid, LocalTransport transport) {
        List<SdpAttribute> a = transport(transport, mid);
        if (audio.audioLevelId() > 0) {
            a.add(new SdpAttribute("extmap", audio.audioLevelId() + " " + NegotiatedMedia.AUDIO_LEVEL));
        }
        if (audio.midId() > 0) {
            a.add(new SdpAttribute("extmap", audio.midId() + " " + NegotiatedMedia.MID));
        }
        a.add(SdpAttribute.of(audio.direction().attribute()));
        a.add(SdpAttribute.of("rtcp-mux"));
        if (audio.reducedSize()) {
            a.add(SdpAttribute.of("rtcp-rsize"));
        }
        audio.formats().forEach(format -> addFormat(a, format));
        a.add(new SdpAttribute("ptime", Integer.toString(ptimeMillis)));
        if (audio.direction().sends()) {
            a.add(new SdpAttribute("msid", "copperline audio"));
        }
        if (audio.source()) {
            a.add(new SdpAttribute("ssrc", ssrc + " cname:" + cname));
        }
        List<String> formats = audio.formats().stream()
                .map(f -> Integer.toString(f.payloadType()))
                .toList();
        return new SdpMedia("audio", address().getPort(), audio.protocol(), formats, Optional.of(connection()), a);
    }

    /** RFC 8841 section 5: the port is the transport's, that of SCTP stands in an attribute. */
    SdpMedia data(String protocol, Optional<String> mid, LocalTransport transport) {
        List<SdpAttribute> a = transport(transport, mid);
        a.add(new SdpAttribute("sctp-port", Integer.toString(sctpPort)));
        a.add(new SdpAttribute("max-message-size", Integer.toString(maxMessageBytes)));
        return new SdpMedia(
                "application",
                address().getPort(),
                protocol,
                List.of("webrtc-datachannel"),
                Optional.of(connection()),
                a);
    }

    private List<SdpAttribute> transport(LocalTransport transport, Optional<String> mid) {
        List<SdpAttribute> a = new ArrayList<>();
        candidates.forEach(c -> a.add(new SdpAttribute("candidate", c.write())));
        a.add(SdpAttribute.of("end-of-candidates"));
        a.add(new SdpAttribute("ice-ufrag", transport.credentials().ufrag()));
        a.add(new SdpAttribute("ice-pwd", transport.credentials().password()));
        a.add(new SdpAttribute("fingerprint", fingerprint.write()));
        a.add(new SdpAttribute("setup", transport.setup()));
        mid.ifPresent(m -> a.add(new SdpAttribute("mid", m)));
        return a;
    }

    /** RFC 8829 section 5.3.1: a refused section keeps its mid and its place. */
    static SdpMedia refused(SdpMedia section) {
        List<SdpAttribute> mid = section.attribute("mid").map(m -> new SdpAttribute("mid", m)).stream()
                .toList();
        List<String> formats = section.formats().isEmpty() ? List.of("0") : section.formats();
        return new SdpMedia(section.kind(), 0, section.protocol(), formats, Optional.of("IN IP4 0.0.0.0"), mid);
    }

    private InetSocketAddress address() {
        return candidates.getFirst().address().orElseThrow();
    }

    private String connection() {
        InetAddress address = address().getAddress();
        return (address instanceof Inet6Address ? "IN IP6 " : "IN IP4 ") + address.getHostAddress();
    }

    private static void addFormat(List<SdpAttribute> attributes, AudioFormat format) {
        String channels = format.channels() > 1 ? "/" + format.channels() : "";
        String type = Integer.toString(format.payloadType());
        attributes.add(
                new SdpAttribute("rtpmap", type + " " + format.encodingName() + "/" + format.clockRateHz() + channels));
        if (!format.parameters().isEmpty()) {
            attributes.add(new SdpAttribute("fmtp", type + " " + format.parameters()));
        }
    }

    /**
     * The whole text.
     *
     * @param version counts up from description to description (RFC 8829 section 5.2.2)
     * @param bundle the mids that share a transport; none for a peer that does not bundle
     */
    String write(int version, List<String> bundle, List<SdpMedia> sections) {
        List<SdpAttribute> a = new ArrayList<>();
        if (!bundle.isEmpty()) {
            a.add(new SdpAttribute("group", "BUNDLE " + String.join(" ", bundle)));
        }
        if (iceLite) {
            a.add(SdpAttribute.of("ice-lite"));
        }
        a.add(new SdpAttribute("ice-options", "trickle"));
        a.add(new SdpAttribute("msid-semantic", " WMS copperline"));
        SdpOrigin origin = new SdpOrigin("-", Long.toString(sessionId), Integer.toString(version), "IN IP4 127.0.0.1");
        return new SdpSession(origin, Optional.empty(), a, sections).write();
    }
}
