package io.copperline.webrtc.jsep;

import io.copperline.codecs.sdp.SdpException;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.IceCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one section of a fragment says: candidates that come after the description (RFC 8840 section 9), or new credentials (RFC 9725
 * section 4.3.3).
 *
 * @param mid the section's; empty where the fragment names none
 * @param ufrag of the generation they belong to, where the fragment names one
 * @param password that generation's, where the fragment names it
 * @param complete whether there will be no more
 */
public record TrickleFragment(
        Optional<String> mid,
        Optional<String> ufrag,
        Optional<String> password,
        List<IceCandidate> candidates,
        boolean complete) {
    private static final int MAX_CHARS = 32_768;
    private static final int MAX_CANDIDATES = 64;
    private static final String MID = "a=mid:";
    private static final String UFRAG = "a=ice-ufrag:";
    private static final String PASSWORD = "a=ice-pwd:";
    private static final String CANDIDATE = "a=candidate:";

    /** Ours: all candidates of a generation. */
    public TrickleFragment(String mid, IceCredentials ours, List<IceCandidate> candidates) {
        this(Optional.of(mid), Optional.of(ours.ufrag()), Optional.of(ours.password()), candidates, true);
    }

    /** Reads a fragment, section by section; one at least, and what stands before the first holds for each. Lines we have no use for are read over. */
    public static List<TrickleFragment> parse(String text) throws SdpException {
        if (text.length() > MAX_CHARS) {
            throw new SdpException("longer than " + MAX_CHARS + " characters");
        }
        List<TrickleFragment> sections = new ArrayList<>();
        Draft session = new Draft();
        Draft current = session;
        for (String line : text.lines().map(String::trim).toList()) {
            if (line.startsWith("m=")) {
                if (current != session) {
                    sections.add(current.done());
                }
                current = new Draft(session);
            } else {
                current.read(line);
            }
        }
        sections.add(current.done());
        if (sections.stream().noneMatch(TrickleFragment::says)) {
            throw new SdpException("there is no candidate in it, no end of candidates, and no new password");
        }
        if (sections.stream().mapToInt(section -> section.candidates.size()).sum() > MAX_CANDIDATES) {
            throw new SdpException("more than " + MAX_CANDIDATES + " candidates");
        }
        return sections;
    }

    private boolean says() {
        return !candidates.isEmpty() || complete || password.isPresent();
    }

    /** A section as it is being read. */
    private static final class Draft {
        private Optional<String> mid = Optional.empty();
        private Optional<String> ufrag = Optional.empty();
        private Optional<String> password = Optional.empty();
        private final List<IceCandidate> candidates = new ArrayList<>();
        private boolean complete;

        Draft() {}

        Draft(Draft session) {
            ufrag = session.ufrag;
            password = session.password;
            candidates.addAll(session.candidates);
            complete = session.complete;
        }

        void read(String line) throws SdpException {
            if (line.startsWith(MID)) {
                mid = Optional.of(line.substring(MID.length()));
            } else if (line.startsWith(UFRAG)) {
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

        TrickleFragment done() {
            return new TrickleFragment(mid, ufrag, password, List.copyOf(candidates), complete);
        }
    }

    /** The credentials, where the fragment has both parts, each as long as it must be. */
    public Optional<IceCredentials> credentials() {
        return ufrag.flatMap(u -> password.map(p -> new IceCredentials(u, p))).filter(IceCredentials::wellFormed);
    }

    /** The text of a fragment with this section. */
    public String write() {
        StringBuilder out = new StringBuilder();
        ufrag.ifPresent(u -> out.append(UFRAG).append(u).append("\r\n"));
        password.ifPresent(p -> out.append(PASSWORD).append(p).append("\r\n"));
        out.append("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n");
        mid.ifPresent(m -> out.append(MID).append(m).append("\r\n"));
        candidates.forEach(c -> out.append(CANDIDATE).append(c.write()).append("\r\n"));
        if (complete) {
            out.append("a=end-of-candidates\r\n");
        }
        return out.toString();
    }
}
