package io.copperline.webrtc;

import io.copperline.webrtc.dtls.CertificateFigures;
import io.copperline.webrtc.dtls.DtlsRole;
import io.copperline.webrtc.dtls.DtlsTransport;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.TransportAddress;
import io.copperline.webrtc.jsep.RemoteTransport;
import io.copperline.webrtc.stats.CandidatePairStats;
import io.copperline.webrtc.stats.CertificateStats;
import io.copperline.webrtc.stats.IceCandidateStats;
import io.copperline.webrtc.stats.Stats;
import io.copperline.webrtc.stats.StatsType;
import io.copperline.webrtc.stats.TransportStats;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One of a peer's transports at one moment.
 *
 * @param id of its statistics: {@link #MEDIA_ID} or {@link #DATA_ID}
 * @param path where media goes, once a pair is selected
 */
record TransportFigures(
        String id,
        PeerSettings settings,
        CertificateFigures ourCertificate,
        String ufrag,
        Optional<TransportAddress> path,
        Optional<RemoteTransport> remote,
        DtlsTransport dtls,
        Optional<DtlsRole> role,
        boolean over) {
    static final String MEDIA_ID = "transport";
    static final String DATA_ID = "transport-data";

    private static final String PAIR = "candidate-pair";
    private static final String OUR_CERTIFICATE = "certificate-local";
    private static final String THEIR_CERTIFICATE = "certificate-remote";
    private static final String DTLS_1_2 = "FEFD";

    List<Stats> stats(double timestamp) {
        Optional<CertificateFigures> theirs = dtls.remoteCertificate();
        boolean secured = dtls.profile().isPresent();
        List<Stats> stats = new ArrayList<>();
        stats.add(new TransportStats(
                id,
                timestamp,
                iceState(),
                ufrag,
                dtls.state().name().toLowerCase(Locale.ROOT),
                role.map(r -> r.name().toLowerCase(Locale.ROOT)).orElse("unknown"),
                path.map(_ -> own(PAIR)),
                own(OUR_CERTIFICATE),
                theirs.map(_ -> own(THEIR_CERTIFICATE)),
                secured ? Optional.of(DTLS_1_2) : Optional.empty(),
                dtls.profile().map(Enum::name)));
        stats.add(certificate(own(OUR_CERTIFICATE), ourCertificate, timestamp));
        theirs.ifPresent(c -> stats.add(certificate(own(THEIR_CERTIFICATE), c, timestamp)));
        settings.candidates().forEach(c -> c.address().ifPresent(at -> stats.add(local(c, at, timestamp))));
        path.ifPresent(to -> addPair(stats, to, timestamp));
        return stats;
    }

    /** Ids are unique in a report: those of the second transport's objects end as its own does. */
    private String own(String statsId) {
        return statsId + id.substring(MEDIA_ID.length());
    }

    private String iceState() {
        if (over) {
            return "closed";
        }
        return path.isPresent() ? "connected" : remote.isPresent() ? "checking" : "new";
    }

    private static CertificateStats certificate(String id, CertificateFigures certificate, double timestamp) {
        return new CertificateStats(
                id,
                timestamp,
                certificate.fingerprint().hex(),
                certificate.fingerprint().algorithm(),
                certificate.base64());
    }

    private IceCandidateStats local(IceCandidate candidate, InetSocketAddress at, double timestamp) {
        return new IceCandidateStats(
                localId(candidate),
                timestamp,
                StatsType.LOCAL_CANDIDATE,
                id,
                at.getAddress().getHostAddress(),
                at.getPort(),
                candidate.transport(),
                candidate.type(),
                OptionalLong.of(candidate.priority()));
    }

    private String localId(IceCandidate candidate) {
        return own("local-candidate-" + candidate.foundation());
    }

    private void addPair(List<Stats> stats, TransportAddress selected, double timestamp) {
        InetSocketAddress to = selected.socket();
        String protocol = selected.protocol().name().toLowerCase(Locale.ROOT);
        Optional<IceCandidate> known = remote.stream()
                .flatMap(r -> r.candidates().stream())
                .filter(c -> c.transport().equals(protocol)
                        && c.address().filter(to::equals).isPresent())
                .findFirst();
        IceCandidateStats theirs = new IceCandidateStats(
                own("remote-candidate"),
                timestamp,
                StatsType.REMOTE_CANDIDATE,
                id,
                to.getAddress().getHostAddress(),
                to.getPort(),
                protocol,
                known.map(IceCandidate::type).orElse("prflx"),
                known.map(c -> OptionalLong.of(c.priority())).orElseGet(OptionalLong::empty));
        stats.add(theirs);
        stats.add(new CandidatePairStats(own(PAIR), timestamp, id, localId(ours(to)), theirs.id(), "succeeded", true));
    }

    private IceCandidate ours(InetSocketAddress to) {
        return settings.candidates().stream()
                .filter(c -> c.address()
                        .filter(at ->
                                at.getAddress().getClass() == to.getAddress().getClass())
                        .isPresent())
                .findFirst()
                .orElseGet(() -> settings.candidates().getFirst());
    }
}
