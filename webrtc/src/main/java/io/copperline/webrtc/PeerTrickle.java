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
    private final List<IceCandidate> candidates;

    PeerTrickle(PeerIce ice, List<IceCandidate> candidates) {
        this.ice = ice;
        this.candidates = candidates;
    }

    /** @return on a restart, our own side of it */
    Optional<String> onFragment(String sdpFragment, String mid, long nowNanos) throws SdpException {
        TrickleFragment fragment = TrickleFragment.parse(sdpFragment);
        Optional<IceCredentials> known = ice.remote();
        boolean same =
                fragment.ufrag().isEmpty() || known.map(IceCredentials::ufrag).equals(fragment.ufrag());
        Optional<String> answer = Optional.empty();
        if (!same) {
            IceCredentials theirs = fragment.credentials()
                    .orElseThrow(() -> new SdpException("another a=ice-ufrag is a restart, which needs a=ice-pwd too"));
            if (known.isEmpty()) {
                throw new SdpException("there is nothing to restart yet");
            }
            ice.restart(theirs, nowNanos);
            answer = Optional.of(local(mid));
        } else if (ice.restarting() && fragment.credentials().isPresent()) {
            answer = Optional.of(local(mid)); // The first answer may have been lost with its connection.
        }
        fragment.candidates().forEach(ice::addRemoteCandidate);
        return answer;
    }

    String restart(String mid, long nowNanos) {
        ice.restart(nowNanos);
        return local(mid);
    }

    void onRestartAnswer(String sdpFragment) throws SdpException {
        TrickleFragment fragment = TrickleFragment.parse(sdpFragment);
        ice.remote(fragment.credentials().orElseThrow(() -> new SdpException("needs a=ice-ufrag and a=ice-pwd")));
        fragment.candidates().forEach(ice::addRemoteCandidate);
    }

    private String local(String mid) {
        return new TrickleFragment(Optional.of(ice.local()), candidates, true).write(mid);
    }
}
