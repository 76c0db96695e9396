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
 * A peer's transport at one moment.
 *
 * @param path where media goes, once a pair is selected
 */
record TransportFigures(
        PeerSettings settings,
        CertificateFigures ourCertificate,
        String ufrag,
        Optional<TransportAddress> path,
        Optional<RemoteTransport> remote,
        DtlsTransport dtls,
        Optional<DtlsRole> role,
        boolean over) {
    static final String ID = "transport";

    private static final String PAIR_ID = "candidate-pair";
    private static final String OUR_CERTIFICATE_ID = "certificate-local";
    private static final String THEIR_CERTIFICATE_ID = "certificate-remote";
    private static final String DTLS_1_2 = "FEFD";

    List<Stats> stats(double timestamp) {
        Optional<CertificateFigures> theirs = dtls.remoteCertificate();
        boolean secured = dtls.profile().isPresent();
        List<Stats> stats = new ArrayList<>();
        stats.add(new TransportStats(
                ID,
                timestamp,
                iceState(),
                ufrag,
                dtls.state().name().toLowerCase(Locale.ROOT),
                role.map(r -> r.name().toLowerCase(Locale.ROOT)).orElse("unknown"),
                path.map(_ -> PAIR_ID),
                OUR_CERTIFICATE_ID,
                theirs.map(_ -> THEIR_CERTIFICATE_ID),
                secured ? Optional.of(DTLS_1_2) : Optional.empty(),
                dtls.profile().map(Enum::name)));
        stats.add(certificate(OUR_CERTIFICATE_ID, ourCertificate, timestamp));
        theirs.ifPresent(c -> stats.add(certificate(THEIR_CERTIFICATE_ID, c, timestamp)));
        settings.candidates().forEach(c -> c.address().ifPresent(at -> stats.add(local(c, at, timestamp))));
        path.ifPresent(to -> addPair(stats, to, timestamp));
        return stats;
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

    private static IceCandidateStats local(IceCandidate candidate, InetSocketAddress at, double timestamp) {
        return new IceCandidateStats(
                localId(candidate),
                timestamp,
                StatsType.LOCAL_CANDIDATE,
                ID,
                at.getAddress().getHostAddress(),
                at.getPort(),
                candidate.transport(),
                candidate.type(),
                OptionalLong.of(candidate.priority()));
    }

    private static String localId(IceCandidate candidate) {
        return "local-candidate-" + candidate.foundation();
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
                "remote-candidate",
                timestamp,
                StatsType.REMOTE_CANDIDATE,
                ID,
                to.getAddress().getHostAddress(),
                to.getPort(),
                protocol,
                known.map(IceCandidate::type).orElse("prflx"),
                known.map(c -> OptionalLong.of(c.priority())).orElseGet(OptionalLong::empty));
        stats.add(theirs);
        stats.add(new CandidatePairStats(PAIR_ID, timestamp, ID, localId(ours(to)), theirs.id(), "succeeded", true));
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
