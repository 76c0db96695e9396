package io.copperline.codecs.sdp;

import java.util.List;

/** Finds the audio section of a peer's description that goes with our policy for encryption. */
final class AudioSections {
    static final String PLAIN = "RTP/AVP";
    static final String SECURE = "RTP/SAVP";

    /** With feedback (RFC 4585, RFC 5124) and without: of feedback we use none. */
    private static final List<String> SPOKEN = List.of(PLAIN, "RTP/AVPF", SECURE, "RTP/SAVPF");

    private AudioSections() {}

    /** The first section with a key that we can use, otherwise the first plain one, each where the policy allows it. */
    static SdpMedia find(SdpSession session, SrtpPolicy policy) throws SdpException {
        List<SdpMedia> spoken = session.media().stream()
                .filter(s -> s.kind().equals("audio") && s.port() != 0 && SPOKEN.contains(s.protocol()))
                .toList();
        if (spoken.isEmpty()) {
            throw new SdpException("has no audio section with RTP and a port");
        }
        for (SdpMedia section : spoken) {
            if (policy != SrtpPolicy.OFF && !CryptoAttribute.usable(section).isEmpty()) {
                return section;
            }
        }
        for (SdpMedia section : spoken) {
            if (policy != SrtpPolicy.REQUIRED && !isSecure(section.protocol())) {
                return section;
            }
        }
        throw new NoCommonEncryption(
                switch (policy) {
                    case OFF -> "wants SRTP, which is off";
                    case PREFERRED -> "wants SRTP and has no a=crypto line that we speak";
                    case REQUIRED -> "has no a=crypto line that we speak, and SRTP is required";
                });
    }

    /** Whether this transport promises SRTP (RFC 3711 section 12, RFC 5124). */
    static boolean isSecure(String protocol) {
        return protocol.startsWith(SECURE);
    }
}
