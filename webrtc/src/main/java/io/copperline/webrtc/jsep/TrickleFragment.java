package io.copperline.webrtc.jsep;

import io.copperline.codecs.sdp.SdpException;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.IceCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Candidates that come after the description (RFC 8840 section 9), or new credentials (RFC 9725 section 4.3.3).
 *
 * @param ufrag of the generation they belong to, where the fragment names one
 * @param password that generation's, where the fragment names it
 * @param complete whether there will be no more
 */
public record TrickleFragment(
        Optional<String> ufrag, Optional<String> password, List<IceCandidate> candidates, boolean complete) {
    private static final int MAX_CHARS = 32_768;
    private static final int MAX_CANDIDATES = 64;
    private static final String UFRAG = "a=ice-ufrag:";
    private static final String PASSWORD = "a=ice-pwd:";
    private static final String CANDIDATE = "a=candidate:";

    /** Ours: all candidates of a generation. */
    public TrickleFragment(Optional<IceCredentials> ours, List<IceCandidate> candidates, boolean complete) {
        this(ours.map(IceCredentials::ufrag), ours.map(IceCredentials::password), candidates, complete);
    }

    /** Reads a fragment; lines we have no use for are read over. */
    public static TrickleFragment parse(String text) throws SdpException {
        if (text.length() > MAX_CHARS) {
            throw new SdpException("longer than " + MAX_CHARS + " characters");
        }
        Optional<String> ufrag = Optional.empty();
        Optional<String> password = Optional.empty();
        List<IceCandidate> candidates = new ArrayList<>();
        boolean complete = false;
        for (String line : text.lines().map(String::trim).toList()) {
            if (line.startsWith(UFRAG)) {
                ufrag = Optional.of(line.substring(UFRAG.length()));
            } else if (line.startsWith(PASSWORD)) {
                password = Optional.of(line.substring(PASSWORD.length()));
            } else if (line.startsWith(CANDIDATE)) {
                candidates.add(IceCandidate.parse(line.substring(CANDIDATE.length())));
            } else if (line.equals("a=end-of-candidates")) {
                complete = true;
            } else if (!line.isEmpty() && (line.length() < 2 || line.charAt(1) != '=')) {
                throw new SdpException("a line is not of the form x=value");
            }
        }
        if (candidates.isEmpty() && !complete && password.isEmpty()) {
            throw new SdpException("there is no candidate in it, no end of candidates, and no new password");
        }
        if (candidates.size() > MAX_CANDIDATES) {
            throw new SdpException("more than " + MAX_CANDIDATES + " candidates");
        }
        return new TrickleFragment(ufrag, password, List.copyOf(candidates), complete);
    }

    /** The credentials, where the fragment has both parts, each as long as it must be. */
    public Optional<IceCredentials> credentials() {
        return ufrag.flatMap(u -> password.map(p -> new IceCredentials(u, p))).filter(IceCredentials::wellFormed);
    }

    /** The text, for the section of this mid. */
    public String write(String mid) {
        StringBuilder out = new StringBuilder();
        ufrag.ifPresent(u -> out.append(UFRAG).append(u).append("\r\n"));
        password.ifPresent(p -> out.append(PASSWORD).append(p).append("\r\n"));
        out.append("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:").append(mid).append("\r\n");
        candidates.forEach(c -> out.append(CANDIDATE).append(c.write()).append("\r\n"));
        if (complete) {
            out.append("a=end-of-candidates\r\n");
        }
        return out.toString();
    }
}
