package io.copperline.webrtc.jsep;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.AudioFormat;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpAttribute;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.sdp.SdpMedia;
import io.copperline.codecs.sdp.SdpOrigin;
import io.copperline.codecs.sdp.SdpSession;
import io.copperline.webrtc.dtls.Fingerprint;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.IceCredentials;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes our side: what we are, then an offer or an answer from it.
 *
 * @param sessionId of the {@code o=} line
 * @param candidates ours, best first; at least one
 * @param opusParameters what we ask of a browser that sends Opus
 */
public record LocalDescription(
        long sessionId,
        IceCredentials credentials,
        boolean iceLite,
        List<IceCandidate> candidates,
        Fingerprint fingerprint,
        long ssrc,
        String cname,
        String opusParameters,
        int ptimeMillis) {
    // Free numbers of RFC 3551's dynamic range, as Chromium has them.
    private static final int OPUS = 111;
    private static final int EVENTS_48000 = 110;
    private static final int EVENTS_8000 = 126;
    private static final int AUDIO_LEVEL_ID = 1;

    /** An answer, and what it agrees to. */
    public record Answer(String sdp, NegotiatedMedia media) {}

    /** Answers an offer: section by section in its order (RFC 8829 section 5.3.1). */
    public Answer answer(RemoteDescription offer, List<AudioCodec> preference) throws NoCommonCodec, SdpException {
        if (offer.setup().equals("holdconn")) {
            throw new SdpException("a=setup:holdconn offers no connection");
        }
        NegotiatedMedia media = NegotiatedMedia.choose(offer, preference);
        List<SdpMedia> sections = new ArrayList<>();
        for (int i = 0; i < offer.session().media().size(); i++) {
            SdpMedia section = offer.session().media().get(i);
            sections.add(i == offer.audioIndex() ? answered(offer, media) : refused(section));
        }
        Optional<String> mid = offer.audio().attribute("mid");
        return new Answer(write(mid, sections), media);
    }

    /** RFC 8829 section 5.3.1: a refused section keeps its mid and its place. */
    private static SdpMedia refused(SdpMedia section) {
        List<SdpAttribute> mid = section.attribute("mid").map(m -> new SdpAttribute("mid", m)).stream()
                .toList();
        List<String> formats = section.formats().isEmpty() ? List.of("0") : section.formats();
        return new SdpMedia(section.kind(), 0, section.protocol(), formats, Optional.of("IN IP4 0.0.0.0"), mid);
    }

    private SdpMedia answered(RemoteDescription offer, NegotiatedMedia media) {
        List<AudioFormat> formats = new ArrayList<>();
        formats.add(format(media.codec(), media.payloadType()));
        if (media.telephoneEventPayloadType() >= 0) {
            formats.add(events(media.telephoneEventPayloadType(), media.telephoneEventClockRateHz()));
        }
        // RFC 8842 section 5.3: active in the answer saves a round trip, and our DTLS is safest as client.
        String setup = offer.setup().equals("active") ? "passive" : "active";
        return section(
                offer.audio().protocol(),
                formats,
                offer.audio().attribute("mid"),
                setup,
                media.audioLevelId(),
                media.direction(),
                offer.audio().has("rtcp-rsize"));
    }

    /** Our offer of these codecs, best first. */
    public String offer(List<AudioCodec> codecs) {
        List<AudioFormat> formats = new ArrayList<>();
        codecs.forEach(codec -> formats.add(format(codec, payloadType(codec))));
        formats.add(codecs.getFirst() == AudioCodec.OPUS ? events(EVENTS_48000, 48_000) : events(EVENTS_8000, 8_000));
        SdpMedia audio = section(
                "UDP/TLS/RTP/SAVPF",
                formats,
                Optional.of("0"),
                "actpass",
                AUDIO_LEVEL_ID,
                MediaDirection.SENDRECV,
                true);
        return write(Optional.of("0"), List.of(audio));
    }

    private static int payloadType(AudioCodec codec) {
        return codec == AudioCodec.OPUS ? OPUS : codec.staticPayloadType();
    }

    private AudioFormat format(AudioCodec codec, int payloadType) {
        return new AudioFormat(
                payloadType,
                codec.encodingName(),
                codec.clockRateHz(),
                codec.channels(),
                codec == AudioCodec.OPUS ? opusParameters : "");
    }

    private static AudioFormat events(int payloadType, int clockRateHz) {
        return new AudioFormat(payloadType, "telephone-event", clockRateHz, 1, "0-15");
    }

    private SdpMedia section(
            String protocol,
            List<AudioFormat> formats,
            Optional<String> mid,
            String setup,
            int audioLevelId,
            MediaDirection direction,
            boolean reducedSize) {
        List<SdpAttribute> a = new ArrayList<>();
        candidates.forEach(c -> a.add(new SdpAttribute("candidate", c.write())));
        a.add(SdpAttribute.of("end-of-candidates"));
        a.add(new SdpAttribute("ice-ufrag", credentials.ufrag()));
        a.add(new SdpAttribute("ice-pwd", credentials.password()));
        a.add(new SdpAttribute("fingerprint", fingerprint.write()));
        a.add(new SdpAttribute("setup", setup));
        mid.ifPresent(m -> a.add(new SdpAttribute("mid", m)));
        if (audioLevelId > 0) {
            a.add(new SdpAttribute("extmap", audioLevelId + " urn:ietf:params:rtp-hdrext:ssrc-audio-level"));
        }
        a.add(SdpAttribute.of(direction.attribute()));
        a.add(SdpAttribute.of("rtcp-mux"));
        if (reducedSize) {
            a.add(SdpAttribute.of("rtcp-rsize"));
        }
        formats.forEach(format -> addFormat(a, format));
        a.add(new SdpAttribute("ptime", Integer.toString(ptimeMillis)));
        if (direction.sends()) {
            a.add(new SdpAttribute("msid", "copperline audio"));
            a.add(new SdpAttribute("ssrc", ssrc + " cname:" + cname));
        }
        InetAddress address = candidates.getFirst().address().orElseThrow().getAddress();
        String family = address instanceof Inet6Address ? "IN IP6 " : "IN IP4 ";
        return new SdpMedia(
                "audio",
                candidates.getFirst().address().orElseThrow().getPort(),
                protocol,
                formats.stream().map(f -> Integer.toString(f.payloadType())).toList(),
                Optional.of(family + address.getHostAddress()),
                a);
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

    private String write(Optional<String> mid, List<SdpMedia> sections) {
        List<SdpAttribute> a = new ArrayList<>();
        mid.ifPresent(m -> a.add(new SdpAttribute("group", "BUNDLE " + m)));
        if (iceLite) {
            a.add(SdpAttribute.of("ice-lite"));
        }
        a.add(new SdpAttribute("ice-options", "trickle"));
        a.add(new SdpAttribute("msid-semantic", " WMS copperline"));
        SdpOrigin origin = new SdpOrigin("-", Long.toString(sessionId), "1", "IN IP4 127.0.0.1");
        return new SdpSession(origin, Optional.empty(), a, sections).write();
    }
}
