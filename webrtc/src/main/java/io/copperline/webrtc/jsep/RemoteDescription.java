package io.copperline.webrtc.jsep;

import io.copperline.codecs.sdp.AudioFormat;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.sdp.SdpMedia;
import io.copperline.codecs.sdp.SdpSession;
import io.copperline.webrtc.dtls.Fingerprint;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.IceCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The browser's offer or answer, as far as it matters to us.
 *
 * @param audioIndex which section is the call's audio
 * @param setup its DTLS role: {@code actpass}, {@code active} or {@code passive}
 * @param audioLevelId the id of the client-to-mixer audio level extension (RFC 6464), or 0
 */
public record RemoteDescription(
        SdpSession session,
        int audioIndex,
        IceCredentials credentials,
        boolean iceLite,
        List<IceCandidate> candidates,
        List<Fingerprint> fingerprints,
        String setup,
        List<AudioFormat> formats,
        MediaDirection direction,
        int audioLevelId) {
    private static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

    /** Reads a description; the message of the error says what a browser's would have and this one has not. */
    public static RemoteDescription parse(String sdp) throws SdpException {
        SdpSession session = SdpSession.parse(sdp);
        int index = audioIndex(session);
        SdpMedia audio = session.media().get(index);
        // RFC 8834 section 4.5: every WebRTC endpoint multiplexes; two ports for one call is not what we listen on.
        if (!audio.has("rtcp-mux")) {
            throw new SdpException("the audio section needs a=rtcp-mux");
        }
        return new RemoteDescription(
                session,
                index,
                credentials(session, audio),
                session.attribute("ice-lite").isPresent(),
                candidates(audio),
                fingerprints(session, audio),
                session.effective(audio, "setup").orElse("actpass").trim().toLowerCase(Locale.ROOT),
                AudioFormat.of(audio),
                session.direction(audio),
                audioLevelId(audio));
    }

    public SdpMedia audio() {
        return session.media().get(audioIndex);
    }

    private static int audioIndex(SdpSession session) throws SdpException {
        for (int i = 0; i < session.media().size(); i++) {
            SdpMedia section = session.media().get(i);
            boolean secure = section.protocol().endsWith("RTP/SAVPF");
            boolean alive = section.port() != 0 || section.has("bundle-only");
            if (section.kind().equals("audio") && secure && alive) {
                return i;
            }
        }
        throw new SdpException("has no audio section with UDP/TLS/RTP/SAVPF");
    }

    private static IceCredentials credentials(SdpSession session, SdpMedia audio) throws SdpException {
        IceCredentials credentials = new IceCredentials(
                session.effective(audio, "ice-ufrag").orElse(""),
                session.effective(audio, "ice-pwd").orElse(""));
        if (!credentials.wellFormed()) {
            throw new SdpException("needs a=ice-ufrag of 4 to 256 and a=ice-pwd of 22 to 256 characters");
        }
        return credentials;
    }

    private static List<Fingerprint> fingerprints(SdpSession session, SdpMedia audio) throws SdpException {
        List<String> values = audio.values("fingerprint").toList();
        List<Fingerprint> fingerprints = new ArrayList<>();
        for (String value : values.isEmpty() ? session.values("fingerprint").toList() : values) {
            fingerprints.add(Fingerprint.parse(value));
        }
        if (fingerprints.stream().noneMatch(Fingerprint::usable)) {
            throw new SdpException("needs a=fingerprint with sha-256, sha-384 or sha-512");
        }
        return List.copyOf(fingerprints);
    }

    private static List<IceCandidate> candidates(SdpMedia audio) throws SdpException {
        List<IceCandidate> candidates = new ArrayList<>();
        for (String value : audio.values("candidate").toList()) {
            candidates.add(IceCandidate.parse(value));
        }
        return List.copyOf(candidates);
    }

    private static int audioLevelId(SdpMedia audio) {
        for (String value : audio.values("extmap").toList()) {
            String[] parts = value.trim().split(" ");
            if (parts.length > 1 && parts[1].equals(AUDIO_LEVEL)) {
                Optional<Integer> id = oneByteId(parts[0]);
                if (id.isPresent()) {
                    return id.get();
                }
            }
        }
        return 0;
    }

    /** The one-byte form holds ids 1 to 14 (RFC 8285 section 4.2); a direction may follow a slash. */
    private static Optional<Integer> oneByteId(String text) {
        String number = text.indexOf('/') < 0 ? text : text.substring(0, text.indexOf('/'));
        return number.matches("[1-9]|1[0-4]") ? Optional.of(Integer.valueOf(number)) : Optional.empty();
    }
}
