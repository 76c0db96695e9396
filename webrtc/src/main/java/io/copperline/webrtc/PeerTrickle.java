package io.copperline.webrtc;

import io.copperline.codecs.sdp.SdpException;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.IceCredentials;
import io.copperline.webrtc.jsep.TrickleFragment;
import java.util.List;
import java.util.Optional;

/** A peer's SDP fragments (RFC 8840): candidates that come later, and ICE restarts without a new description. */
final class PeerTrickle {
    private final PeerIce ice;
    private final DataTransport apart;
    private final List<IceCandidate> candidates;

    PeerTrickle(PeerIce ice, DataTransport apart, List<IceCandidate> candidates) {
        this.ice = ice;
        this.apart = apart;
        this.candidates = candidates;
    }

    /**
     * @param mid of the section whose transport the audio has
     * @param dataMid of the data section
     * @return on a restart, our own side of it
     */
    Optional<String> onFragment(String sdpFragment, String mid, Optional<String> dataMid, long nowNanos)
            throws SdpException {
        Optional<String> answer = Optional.empty();
        for (TrickleFragment section : TrickleFragment.parse(sdpFragment)) {
            boolean data = section.mid().isPresent() && section.mid().equals(dataMid);
            if (data && apart.existing().isPresent()) {
                onSection(section, apart.existing().get().ice());
            } else if (onSection(section, nowNanos)) {
                answer = Optional.of(local(mid));
            }
        }
        return answer;
    }

    /** RFC 9725 section 4.4 knows of one bundle alone: what has a transport beside it is restarted by a whole offer. */
    private static void onSection(TrickleFragment section, PeerIce ice) throws SdpException {
        if (section.ufrag().isPresent()
                && !ice.remote().map(IceCredentials::ufrag).equals(section.ufrag())) {
            throw new SdpException("restarts the data section's own transport, which takes a new offer");
        }
        section.candidates().forEach(ice::addRemoteCandidate);
    }

    /** Whether it is a restart, and our side of it must be told. */
    private boolean onSection(TrickleFragment section, long nowNanos) throws SdpException {
        Optional<IceCredentials> known = ice.remote();
        boolean same =
                section.ufrag().isEmpty() || known.map(IceCredentials::ufrag).equals(section.ufrag());
        if (!same) {
            IceCredentials theirs = section.credentials()
                    .orElseThrow(() -> new SdpException("another a=ice-ufrag is a restart, which needs a=ice-pwd too"));
            if (known.isEmpty()) {
                throw new SdpException("there is nothing to restart yet");
            }
            ice.restart(theirs, nowNanos);
        }
        section.candidates().forEach(ice::addRemoteCandidate);
        // The first answer may have been lost with its connection.
        return !same || ice.restarting() && section.credentials().isPresent();
    }

    String restart(String mid, long nowNanos) {
        ice.restart(nowNanos);
        return local(mid);
    }

    void onRestartAnswer(String sdpFragment) throws SdpException {
        TrickleFragment fragment = TrickleFragment.parse(sdpFragment).getFirst();
        ice.remote(fragment.credentials().orElseThrow(() -> new SdpException("needs a=ice-ufrag and a=ice-pwd")));
        fragment.candidates().forEach(ice::addRemoteCandidate);
    }

    private String local(String mid) {
        return new TrickleFragment(mid, ice.local(), candidates).write();
    }
}
