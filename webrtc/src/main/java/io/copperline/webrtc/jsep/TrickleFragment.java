package io.copperline.webrtc.jsep;

import io.copperline.codecs.sdp.SdpException;
import io.copperline.webrtc.ice.IceCandidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Candidates that come after the description (RFC 8840 section 9).
 *
 * @param ufrag of the generation they belong to, where the fragment names one
 * @param complete whether there will be no more
 */
public record TrickleFragment(Optional<String> ufrag, List<IceCandidate> candidates, boolean complete) {
    private static final int MAX_CHARS = 32_768;
    private static final int MAX_CANDIDATES = 64;

    /** Reads a fragment; lines we have no use for are read over. */
    public static TrickleFragment parse(String text) throws SdpException {
        if (text.length() > MAX_CHARS) {
            throw new SdpException("longer than " + MAX_CHARS + " characters");
        }
        Optional<String> ufrag = Optional.empty();
        List<IceCandidate> candidates = new ArrayList<>();
        boolean complete = false;
        for (String line : text.lines().map(String::trim).toList()) {
            if (line.startsWith("a=ice-ufrag:")) {
                ufrag = Optional.of(line.substring("a=ice-ufrag:".length()));
            } else if (line.startsWith("a=candidate:")) {
                candidates.add(IceCandidate.parse(line.substring("a=candidate:".length())));
            } else if (line.equals("a=end-of-candidates")) {
                complete = true;
            } else if (!line.isEmpty() && (line.length() < 2 || line.charAt(1) != '=')) {
                throw new SdpException("a line is not of the form x=value");
            }
        }
        if (candidates.size() > MAX_CANDIDATES) {
            throw new SdpException("more than " + MAX_CANDIDATES + " candidates");
        }
        return new TrickleFragment(ufrag, List.copyOf(candidates), complete);
    }
}
