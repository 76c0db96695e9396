package io.copperline.webrtc.jsep;

import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.sdp.SdpMedia;
import io.copperline.codecs.sdp.SdpSession;
import io.copperline.webrtc.dtls.Fingerprint;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.IceCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the other side's packets travel: what a bundle shares (RFC 9143 section 7.1.3).
 *
 * @param setup its DTLS role: {@code actpass}, {@code active} or {@code passive}
 */
public record RemoteTransport(
        IceCredentials credentials,
        boolean iceLite,
        List<IceCandidate> candidates,
        List<Fingerprint> fingerprints,
        String setup) {
    static RemoteTransport of(SdpSession session, SdpMedia section) throws SdpException {
        String setup =
                session.effective(section, "setup").orElse("actpass").trim().toLowerCase(Locale.ROOT);
        if (setup.equals("holdconn")) {
            throw new SdpException("a=setup:holdconn offers no connection");
        }
        return new RemoteTransport(
                credentials(session, section),
                session.attribute("ice-lite").isPresent(),
                candidates(section),
                fingerprints(session, section),
                setup);
    }

    private static IceCredentials credentials(SdpSession session, SdpMedia section) throws SdpException {
        IceCredentials credentials = new IceCredentials(
                session.effective(section, "ice-ufrag").orElse(""),
                session.effective(section, "ice-pwd").orElse(""));
        if (!credentials.wellFormed()) {
            throw new SdpException("needs a=ice-ufrag of 4 to 256 and a=ice-pwd of 22 to 256 characters");
        }
        return credentials;
    }

    private static List<Fingerprint> fingerprints(SdpSession session, SdpMedia section) throws SdpException {
        List<String> values = section.values("fingerprint").toList();
        List<Fingerprint> fingerprints = new ArrayList<>();
        for (String value : values.isEmpty() ? session.values("fingerprint").toList() : values) {
            fingerprints.add(Fingerprint.parse(value));
        }
        if (fingerprints.stream().noneMatch(Fingerprint::usable)) {
            throw new SdpException("needs a=fingerprint with sha-256, sha-384 or sha-512");
        }
        return List.copyOf(fingerprints);
    }

    private static List<IceCandidate> candidates(SdpMedia section) throws SdpException {
        List<IceCandidate> candidates = new ArrayList<>();
        for (String value : section.values("candidate").toList()) {
            candidates.add(IceCandidate.parse(value));
        }
        return List.copyOf(candidates);
    }
}
