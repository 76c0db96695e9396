package io.copperline.webrtc.jsep;

import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.sdp.SdpMedia;
import io.copperline.codecs.sdp.SdpSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The other side's offer or answer, as far as it matters to us. */
public final class RemoteDescription {
    private final SdpSession session;
    private final List<RemoteSection> sections;
    private final List<String> bundle;

    private RemoteDescription(SdpSession session, List<RemoteSection> sections, List<String> bundle) {
        this.session = session;
        this.sections = List.copyOf(sections);
        this.bundle = List.copyOf(bundle);
    }

    /** Reads a description; the message of the error says what a browser's would have and this one has not. */
    public static RemoteDescription parse(String sdp) throws SdpException {
        SdpSession session = SdpSession.parse(sdp);
        List<RemoteSection> sections = new ArrayList<>();
        for (SdpMedia media : session.media()) {
            sections.add(RemoteSection.of(sections.size(), media, session.direction(media)));
        }
        RemoteDescription description = new RemoteDescription(session, sections, bundle(session));
        description.transport(description
                .firstUseful()
                .orElseThrow(() -> new SdpException("has no audio section with UDP/TLS/RTP/SAVPF")));
        if (description.audio().anyMatch(section -> !section.media().has("rtcp-mux"))) {
            // RFC 8834 section 4.5: every WebRTC endpoint multiplexes; two ports for one call is not what we listen on.
            throw new SdpException("the audio section needs a=rtcp-mux");
        }
        return description;
    }

    private Optional<RemoteSection> firstUseful() {
        return sections.stream()
                .filter(section -> section.kind() != RemoteSection.Kind.OTHER)
                .findFirst();
    }

    private static List<String> bundle(SdpSession session) {
        return session.values("group")
                .map(value -> Arrays.asList(value.trim().split(" +")))
                .filter(parts -> parts.getFirst().equals("BUNDLE"))
                .findFirst()
                .map(parts -> parts.subList(1, parts.size()))
                .orElse(List.of());
    }

    List<RemoteSection> sections() {
        return sections;
    }

    Stream<RemoteSection> audio() {
        return sections.stream().filter(section -> section.kind() == RemoteSection.Kind.AUDIO);
    }

    boolean bundles(RemoteSection section) {
        return section.mid().filter(bundle::contains).isPresent();
    }

    /** How this section's packets travel. What is only there in a bundle leaves that to another one (RFC 9143 section 7.1.3). */
    RemoteTransport transport(RemoteSection section) throws SdpException {
        SdpMedia own = section.media();
        if (own.has("ice-ufrag") || !own.has("bundle-only")) {
            return RemoteTransport.of(session, own);
        }
        SdpMedia bearer = sections.stream()
                .filter(this::bundles)
                .map(RemoteSection::media)
                .filter(media -> media.has("ice-ufrag"))
                .findFirst()
                .orElse(own);
        return RemoteTransport.of(session, bearer);
    }
}
