package io.copperline.webrtc;

import io.copperline.codecs.rtp.RemoteReports;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.srtp.SrtpProfile;
import io.copperline.webrtc.datachannel.DataChannel;
import io.copperline.webrtc.datachannel.DataChannelEvent;
import io.copperline.webrtc.datachannel.DataChannelInit;
import io.copperline.webrtc.datachannel.DataChannelSink;
import io.copperline.webrtc.datachannel.SctpTransport;
import io.copperline.webrtc.dtls.DtlsCertificate;
import io.copperline.webrtc.dtls.DtlsKeys;
import io.copperline.webrtc.ice.TransportAddress;
import io.copperline.webrtc.jsep.LocalDescription;
import io.copperline.webrtc.jsep.NegotiatedMedia;
import io.copperline.webrtc.jsep.Negotiation;
import io.copperline.webrtc.jsep.SignalingState;
import io.copperline.webrtc.stats.StatsReport;
import io.copperline.webrtc.stun.StunMessage;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The other end of a browser's RTCPeerConnection: one voice each way, and data channels. Owned by one thread, which hands it
 * datagrams and the time; only the DTLS handshake runs elsewhere, and calls {@code wakeUp} when the owner should call
 * {@link #onTime}.
 *
 * <pre>
 * onDatagram -> STUN -> PeerTransport (ICE) ........ selects the path
 *            -> DTLS -> PeerTransport (DTLS) ....... makes the keys -> SctpTransport -> sink.event
 *            -> SRTP -> PeerMedia ................ -> sink.rtp, RtcpSession
 * RtpSender.send -> SrtpSender -> sink.transmit
 * </pre>
 */
public final class PeerConnection {
    private static final long LONGEST_REST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final PeerDescriptions descriptions;
    private final PeerTransport transport;
    private final PeerTrickle trickle;
    private final DataTransport apart;
    private final PeerData data;
    private final PeerMedia rtp;
    private final Steps steps = new Steps();

    private boolean connected;
    private boolean over;

    /**
     * @param handshakes runs what blocks in a handshake: a virtual thread for each task will do
     * @param wakeUp called from there, from any thread: post a call of {@link #onTime} to the owner's
     * @param epochOffsetNanos what must be added to {@code nowNanos} for nanoseconds since 1970; 0 where there is no wall clock (RFC 3550
     *     section 4)
     */
    public PeerConnection(
            PeerSettings settings,
            DtlsCertificate certificate,
            SecureRandom random,
            Executor handshakes,
            Runnable wakeUp,
            long nowNanos,
            long epochOffsetNanos) {
        transport = new PeerTransport(settings, certificate, random, handshakes, wakeUp, nowNanos);
        apart = new DataTransport(
                now -> new PeerTransport(settings, certificate, random, handshakes, wakeUp, now), steps);
        data = new PeerData(random, transport, apart);
        trickle = new PeerTrickle(transport.ice(), apart, settings.candidates());
        byte[] name = new byte[12];
        random.nextBytes(name);
        String cname = HexFormat.of().formatHex(name); // RFC 7022 section 4.2: short-term, says nothing of the host.
        long ssrc = random.nextInt() & 0xffff_ffffL;
        rtp = new PeerMedia(ssrc, cname, random, nowNanos, epochOffsetNanos);
        LocalDescription local = new LocalDescription(
                random.nextLong() >>> 2,
                settings.iceLite(),
                settings.candidates(),
                certificate.fingerprint(),
                ssrc,
                cname,
                settings.opusParameters(),
                settings.red(),
                settings.ptimeMillis(),
                PeerData.SETTINGS.localPort(),
                PeerData.SETTINGS.maxMessageBytes());
        Negotiation negotiation = new Negotiation(local, settings.codecs(), settings.dataChannels());
        descriptions = new PeerDescriptions(negotiation, transport, rtp, data);
    }

    /**
     * Takes the other side's offer, the first or a later one, and answers it at once, whether or not it holds candidates. New ICE
     * credentials in it are a restart.
     *
     * @throws SdpException where it cannot be used, or crosses an offer of ours; nothing has changed then
     * @throws NoCommonCodec where it has audio and none of our codecs; likewise
     */
    public SessionDescription answer(SessionDescription offer, long nowNanos) throws SdpException, NoCommonCodec {
        return descriptions.answer(offer, nowNanos);
    }

    /**
     * Makes our offer and waits for its answer: the W3C's createOffer and setLocalDescription in one. Later ones hold what has
     * changed since: {@link #direction}, data channels, ICE credentials after {@link #restartIce}.
     */
    public SessionDescription createOffer() {
        return descriptions.offer();
    }

    /**
     * The other side's answer to our offer.
     *
     * @throws SdpException where it cannot be used, or nothing was offered; nothing has changed then
     * @throws NoCommonCodec where it has none of our codecs; likewise
     */
    public void setAnswer(SessionDescription answer, long nowNanos) throws SdpException, NoCommonCodec {
        descriptions.accept(answer, nowNanos);
    }

    /**
     * Takes any description as the W3C's "perfect negotiation" does: where two offers cross, the polite side takes its own back and
     * answers, and the other side ignores what it was offered. Afterwards {@link #negotiationNeeded} tells whether our own offer is
     * to be made anew.
     *
     * @return our answer to an offer that was taken
     */
    public Optional<SessionDescription> onDescription(SessionDescription description, boolean polite, long nowNanos)
            throws SdpException, NoCommonCodec {
        return descriptions.take(description, polite, nowNanos);
    }

    /** Takes our offer back, which nobody will answer. */
    public void rollback() {
        descriptions.rollback();
    }

    public SignalingState signalingState() {
        return descriptions.state();
    }

    /** What we would do with audio from the next description on: the W3C's direction of a transceiver. */
    public void direction(MediaDirection wanted) {
        descriptions.wish(wanted);
    }

    /** Whether there is something to offer: what we want is not what was agreed on. */
    public boolean negotiationNeeded() {
        return descriptions.needed();
    }

    /**
     * Makes a data channel. The first one needs a description that has a section for it: {@link #negotiationNeeded}.
     *
     * @throws IllegalArgumentException where its label is too long or its id in use
     */
    public DataChannel createDataChannel(String label, DataChannelInit init) {
        return data.transport().createDataChannel(label, init);
    }

    /** The transport of data channels; empty before there is one to be agreed on. */
    public Optional<SctpTransport> sctp() {
        return data.existing();
    }

    /**
     * Takes an SDP fragment (RFC 8840): candidates that trickle in later, or new ICE credentials, which are a restart.
     *
     * @return on a restart, our own new credentials and candidates as a fragment (RFC 9725 section 4.3.3)
     */
    public Optional<String> onFragment(String sdpFragment, long nowNanos) throws SdpException {
        return trickle.onFragment(sdpFragment, descriptions.mid(), descriptions.dataMid(), nowNanos);
    }

    /** Begins an ICE restart of our own; the result goes to the other side's {@link #onFragment}, or {@link #createOffer} tells it. */
    public String restartIce(long nowNanos) {
        return trickle.restart(descriptions.mid(), nowNanos);
    }

    /** The other side's answer to {@link #restartIce}. */
    public void onRestartAnswer(String sdpFragment) throws SdpException {
        trickle.onRestartAnswer(sdpFragment);
    }

    /** Our user fragments, by which a shared socket finds the peer of a first check: one for each transport. */
    public List<String> localUfrags() {
        return Stream.concat(Stream.of(transport), apart.existing().stream())
                .map(t -> t.ice().local().ufrag())
                .toList();
    }

    /** What was agreed on; empty before both descriptions are known, and where there was never any audio. */
    public Optional<NegotiatedMedia> media() {
        return descriptions.media();
    }

    /** Our one stream; it refuses to send before the peer is connected. */
    public RtpSender sender() {
        return rtp.sender();
    }

    /** Whether media may flow: from {@link PeerEvent.Connected} until the peer is over. */
    public boolean connected() {
        return connected && !over;
    }

    /** When the last authentic RTP packet came, in {@code nowNanos}. */
    public long lastReceivedNanos() {
        return rtp.lastReceivedNanos();
    }

    /** What the other side's RTCP says; the same object always. */
    public RemoteReports remoteReports() {
        return rtp.remoteReports();
    }

    /** All statistics in the W3C's vocabulary (webrtc-stats). */
    public StatsReport getStats(long nowNanos) {
        List<TransportFigures> transports = Stream.concat(
                        Stream.of(transport.figures(TransportFigures.MEDIA_ID)),
                        apart.existing().stream().map(t -> t.figures(TransportFigures.DATA_ID)))
                .toList();
        return rtp.stats(transports, descriptions.media(), data.existing(), nowNanos);
    }

    /** The few figures that its owner looks at several times a second; {@link #getStats} has them all. */
    public PeerStatistics statistics() {
        return rtp.statistics();
    }

    /**
     * Takes one datagram (RFC 7983 tells them apart by the first byte), and decrypts media where it lies.
     *
     * @param from where it came from, and where an answer goes
     * @return what became of it; whatever came, this is all that tells of it
     */
    public Fate onDatagram(byte[] buf, int off, int len, TransportAddress from, long nowNanos, PeerSink sink) {
        if (over) {
            return Fate.CLOSED;
        }
        int first = len == 0 ? 255 : buf[off] & 0xff;
        if (first >= 128 && first <= 191) {
            Fate fate = rtp.onDatagram(buf, off, len, nowNanos, sink);
            if (fate == Fate.TAKEN || fate == Fate.RTP_NOT_AGREED) {
                transport.onMedia(from, nowNanos);
            }
            return fate;
        }
        steps.begin(nowNanos, sink);
        if (first <= 3 && StunMessage.looksLike(buf, off, len)) {
            Fate fate = transport.onStun(buf, off, len, from, nowNanos, steps);
            boolean foreign = fate == Fate.STUN_NOT_AUTHENTIC || fate == Fate.STUN_UNEXPECTED;
            return foreign ? apart.onStun(buf, off, len, from, nowNanos, fate) : fate;
        }
        if (first < 20 || first > 63) {
            return Fate.UNKNOWN_PROTOCOL;
        }
        Fate fate = transport.onDtls(buf, off, len, from, nowNanos, steps);
        return fate == Fate.DTLS_UNCHECKED ? apart.onDtls(buf, off, len, from, nowNanos, fate) : fate;
    }

    /**
     * Takes the end of a TCP connection that a peer's packets came by. Where media went there, it goes nowhere until the other
     * side has nominated another pair.
     */
    public void onClosed(TransportAddress remote) {
        transport.ice().onClosed(remote);
        apart.onClosed(remote);
    }

    /** Does what is due: after {@code wakeUp}, and at {@link #nextDeadline}, or every few milliseconds where that is simpler. */
    public void onTime(long nowNanos, PeerSink sink) {
        if (over) {
            return;
        }
        steps.begin(nowNanos, sink);
        transport.onTime(nowNanos, steps);
        if (!over) {
            data.onTime(nowNanos, steps);
        }
        if (connected()) {
            rtp.onTime(nowNanos, sink);
        }
    }

    /**
     * When {@link #onTime} has to be called next, in {@code nowNanos}: at once where that is {@code nowNanos} itself, and within a
     * minute in any case. It changes with every call of this peer and its channels, and with each {@code wakeUp}: ask again after those.
     */
    public long nextDeadline(long nowNanos) {
        long earliest = nowNanos + LONGEST_REST_NANOS;
        if (over) {
            return earliest;
        }
        earliest = data.nextDeadline(nowNanos, transport.nextDeadline(nowNanos, earliest));
        if (connected) {
            earliest = rtp.nextDeadline(earliest);
        }
        return nowNanos - earliest > 0 ? nowNanos : earliest;
    }

    /** Says goodbye and ends; nothing comes of this peer any more. */
    public void close(long nowNanos, PeerSink sink) {
        if (over) {
            return;
        }
        steps.begin(nowNanos, sink);
        over = true;
        data.close(nowNanos, steps);
        rtp.close(sink);
        transport.close(steps);
    }

    /** Whether nothing will happen before a datagram comes or time passes: then simulated time may move on. */
    public boolean quiet() {
        return transport.quiet() && apart.quiet();
    }

    /** What the transport and the data channels say, passed on to the sink of the call that is going on. */
    private final class Steps implements PeerTransport.Sink, DataChannelSink {
        private PeerSink sink;
        private long nowNanos;

        void begin(long now, PeerSink current) {
            nowNanos = now;
            sink = current;
        }

        @Override
        public void transmit(byte[] buf, int off, int len, TransportAddress to) {
            sink.transmit(buf, off, len, to);
        }

        @Override
        public void validated(TransportAddress remote) {
            sink.validated(remote);
        }

        @Override
        public void selected(TransportAddress remote) {
            rtp.path(remote);
            sink.event(new PeerEvent.PathSelected(remote));
        }

        @Override
        public void connected(Optional<DtlsKeys> keys) {
            Optional<SrtpProfile> profile = keys.map(k -> k.local().profile());
            keys.ifPresent(rtp::connected);
            connected = true;
            sink.event(new PeerEvent.Connected(profile));
        }

        @Override
        public void data(byte[] buf, int off, int len) {
            data.onPacket(buf, off, len, nowNanos, this);
        }

        @Override
        public void failed(PeerFailure why) {
            if (!over) {
                close(nowNanos, sink);
                sink.event(new PeerEvent.Failed(why));
            }
        }

        /** An SCTP packet. */
        @Override
        public void transmit(byte[] buf, int off, int len) {
            data.send(buf, off, len, this);
        }

        @Override
        public void event(DataChannelEvent event) {
            sink.event(new PeerEvent.Data(event));
        }
    }
}
