package io.copperline.webrtc;

import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.webrtc.dtls.SrtpUse;
import io.copperline.webrtc.jsep.Agreement;
import io.copperline.webrtc.jsep.LocalTransport;
import io.copperline.webrtc.jsep.NegotiatedMedia;
import io.copperline.webrtc.jsep.Negotiation;
import io.copperline.webrtc.jsep.Proposal;
import io.copperline.webrtc.jsep.RemoteDescription;
import io.copperline.webrtc.jsep.SignalingState;
import java.util.Optional;

/** A peer's descriptions, ours and theirs, and what each pair of them changes in its transport, its media and its channels. */
final class PeerDescriptions {
    private final Negotiation negotiation;
    private final PeerTransport transport;
    private final PeerMedia rtp;
    private final PeerData data;

    private MediaDirection wish = MediaDirection.SENDRECV;
    /** The wish that the last description was made with. */
    private MediaDirection described = MediaDirection.SENDRECV;

    private MediaDirection offered = MediaDirection.SENDRECV;
    private Optional<NegotiatedMedia> media = Optional.empty();
    private String mid = "0";
    private Optional<String> dataMid = Optional.empty();

    PeerDescriptions(Negotiation negotiation, PeerTransport transport, PeerMedia rtp, PeerData data) {
        this.negotiation = negotiation;
        this.transport = transport;
        this.rtp = rtp;
        this.data = data;
    }

    SignalingState state() {
        return negotiation.state();
    }

    Optional<NegotiatedMedia> media() {
        return media;
    }

    /** Of the section whose transport the audio has. */
    String mid() {
        return mid;
    }

    /** Of the data section. */
    Optional<String> dataMid() {
        return dataMid;
    }

    void wish(MediaDirection wanted) {
        wish = wanted;
    }

    /** Whether what we want is not what was last described. */
    boolean needed() {
        return state() == SignalingState.STABLE && (wish != described || data.wanted() && !data.agreed());
    }

    SessionDescription answer(SessionDescription offer, long nowNanos) throws SdpException, NoCommonCodec {
        if (state() != SignalingState.STABLE) {
            throw new SdpException("an offer, and one of ours waits for its answer");
        }
        Proposal proposal = negotiation.consider(RemoteDescription.parse(offer.sdp()), wish);
        Agreement agreement = proposal.agreement();
        check(agreement);
        LocalTransport ours = transport.answer(agreement.transport(), use(agreement), nowNanos);
        Optional<LocalTransport> apart = data.answer(agreement, nowNanos);
        agree(proposal);
        described = wish;
        return SessionDescription.answer(negotiation.answer(proposal, ours, apart));
    }

    SessionDescription offer() {
        if (state() != SignalingState.STABLE) {
            throw new IllegalStateException("an offer waits for its answer already");
        }
        offered = wish;
        return SessionDescription.offer(negotiation.offer(transport.offered(), data.offered(), wish, data.wanted()));
    }

    void accept(SessionDescription answer, long nowNanos) throws SdpException, NoCommonCodec {
        Proposal proposal = negotiation.consider(RemoteDescription.parse(answer.sdp()), offered);
        Agreement agreement = proposal.agreement();
        check(agreement);
        negotiation.accept(proposal);
        described = offered;
        transport.accept(agreement.transport(), use(agreement), nowNanos);
        data.accept(agreement, nowNanos);
        agree(proposal);
    }

    /** Takes any description; empty where it was an answer, or an offer that an impolite side ignores. */
    Optional<SessionDescription> take(SessionDescription description, boolean polite, long nowNanos)
            throws SdpException, NoCommonCodec {
        switch (description.type()) {
            case ANSWER -> accept(description, nowNanos);
            case OFFER -> {
                boolean glare = state() != SignalingState.STABLE;
                if (!glare || polite) {
                    rollback();
                    return Optional.of(answer(description, nowNanos));
                }
            }
            case ROLLBACK -> {
                // An offer is answered at once here: there is never one of theirs to take back.
            }
        }
        return Optional.empty();
    }

    void rollback() {
        negotiation.rollback();
    }

    private void check(Agreement agreement) throws SdpException {
        transport.check(agreement.transport(), use(agreement));
        data.check(agreement);
    }

    private static SrtpUse use(Agreement agreement) {
        return agreement.audio().isPresent() ? SrtpUse.REQUIRED : SrtpUse.OPTIONAL;
    }

    private void agree(Proposal proposal) {
        Agreement agreement = proposal.agreement();
        mid = agreement.mid().orElse(mid);
        dataMid = proposal.data().flatMap(section -> section.media().attribute("mid"));
        media = agreement.audio().or(() -> media.map(NegotiatedMedia::inactive));
        media.ifPresent(rtp::agreed);
    }
}
