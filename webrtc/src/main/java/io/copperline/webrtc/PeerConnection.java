package io.copperline.webrtc;

import io.copperline.codecs.rtp.Rtcp;
import io.copperline.codecs.rtp.RtcpSession;
import io.copperline.codecs.rtp.RtcpWriter;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.srtp.SrtpReceiver;
import io.copperline.codecs.srtp.SrtpSender;
import io.copperline.webrtc.dtls.DtlsCertificate;
import io.copperline.webrtc.dtls.DtlsFailure;
import io.copperline.webrtc.dtls.DtlsKeys;
import io.copperline.webrtc.dtls.DtlsRole;
import io.copperline.webrtc.dtls.DtlsTransport;
import io.copperline.webrtc.ice.IceCredentials;
import io.copperline.webrtc.ice.IceSink;
import io.copperline.webrtc.ice.TransportAddress;
import io.copperline.webrtc.jsep.LocalDescription;
import io.copperline.webrtc.jsep.NegotiatedMedia;
import io.copperline.webrtc.jsep.RemoteDescription;
import io.copperline.webrtc.jsep.TrickleFragment;
import io.copperline.webrtc.stun.StunMessage;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The other end of a browser's RTCPeerConnection: one bundled audio stream. Owned by one thread, which hands it datagrams
 * and the time; only the DTLS handshake runs elsewhere, and calls {@code wakeUp} when the owner should call
 * {@link #onTime}.
 *
 * <pre>
 * onDatagram -> STUN -> IceAgent ........ selects the path
 *            -> DTLS -> DtlsTransport ... makes the keys        (from checked addresses only)
 *            -> SRTP -> SrtpReceiver  -> sink.rtp, RtcpSession
 * RtpSender.send -> SrtpSender -> sink.transmit
 * </pre>
 */
public final class PeerConnection {
    private final PeerSettings settings;
    private final DtlsCertificate certificate;
    private final LocalDescription local;
    private final PeerIce ice;
    private final DtlsTransport dtls;
    private final RtpSender sender;
    private final RtcpSession rtcp;
    private final byte[] report = new byte[RtcpWriter.MAX_BYTES + RtpSender.TAILROOM_BYTES];
    private final EarlyDatagrams early = new EarlyDatagrams();
    private final Steps steps = new Steps();

    private Optional<RemoteDescription> remote = Optional.empty();
    private Optional<NegotiatedMedia> media = Optional.empty();
    private Optional<DtlsRole> role = Optional.empty();
    private SrtpReceiver receiver;
    private boolean connected;
    private boolean over;
    private long lastReceivedNanos;
    private long waitingSinceNanos;

    /**
     * @param handshakes runs what blocks in a handshake
     * @param wakeUp called from there, from any thread
     * @param epochOffsetNanos what must be added to {@code nowNanos} for nanoseconds since 1970
     */
    public PeerConnection(
            PeerSettings settings,
            DtlsCertificate certificate,
            SecureRandom random,
            Executor handshakes,
            Runnable wakeUp,
            long nowNanos,
            long epochOffsetNanos) {
        this.settings = settings;
        this.certificate = certificate;
        ice = new PeerIce(settings.iceLite(), random, nowNanos);
        dtls = new DtlsTransport(random, handshakes, wakeUp, nowNanos);
        byte[] name = new byte[12];
        random.nextBytes(name);
        String cname = HexFormat.of().formatHex(name); // RFC 7022 section 4.2: short-term, says nothing of the host.
        long ssrc = random.nextInt() & 0xffff_ffffL;
        rtcp = new RtcpSession(ssrc, cname, random, nowNanos, epochOffsetNanos);
        sender = new RtpSender(ssrc, rtcp, random);
        local = new LocalDescription(
                random.nextLong() >>> 2,
                ice.local(),
                settings.iceLite(),
                settings.candidates(),
                certificate.fingerprint(),
                ssrc,
                cname,
                settings.opusParameters(),
                settings.ptimeMillis());
        waitingSinceNanos = nowNanos;
    }

    /** Takes the browser's offer and answers it at once, whether or not it holds candidates. */
    public SessionDescription answer(SessionDescription offer) throws SdpException, NoCommonCodec {
        RemoteDescription description = RemoteDescription.parse(offer.sdp());
        if (settings.iceLite() && description.iceLite()) {
            throw new SdpException("a=ice-lite on both sides: nobody would send checks");
        }
        LocalDescription.Answer answer = local.answer(description, settings.codecs());
        agree(description, answer.media());
        role = Optional.of(description.setup().equals("active") ? DtlsRole.SERVER : DtlsRole.CLIENT);
        return SessionDescription.answer(answer.sdp());
    }

    /** Our offer. */
    public SessionDescription createOffer() {
        return SessionDescription.offer(local.offer(settings.codecs()));
    }

    /** The browser's answer to our offer. */
    public void setAnswer(SessionDescription answer) throws SdpException, NoCommonCodec {
        RemoteDescription description = RemoteDescription.parse(answer.sdp());
        agree(description, local.answer(description, settings.codecs()).media());
        role = Optional.of(description.setup().equals("passive") ? DtlsRole.CLIENT : DtlsRole.SERVER);
    }

    private void agree(RemoteDescription description, NegotiatedMedia agreed) {
        remote = Optional.of(description);
        media = Optional.of(agreed);
        ice.remote(description.credentials(), description.iceLite());
        description.candidates().forEach(ice::addRemoteCandidate);
        sender.audioLevelId(agreed.audioLevelId());
        rtcp.clockRate(agreed.codec().clockRateHz());
    }

    /**
     * Takes an SDP fragment (RFC 8840): candidates that trickle in later, or new ICE credentials, which are a restart.
     *
     * @return on a restart, our own new credentials and candidates as a fragment (RFC 9725 section 4.3.3)
     */
    public Optional<String> onFragment(String sdpFragment, long nowNanos) throws SdpException {
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
            answer = Optional.of(localFragment());
        } else if (ice.restarting() && fragment.credentials().isPresent()) {
            answer = Optional.of(localFragment()); // The first answer may have been lost with its connection.
        }
        fragment.candidates().forEach(ice::addRemoteCandidate);
        return answer;
    }

    /** Begins an ICE restart of our own; the result goes to the other side's {@link #onFragment}. */
    public String restartIce(long nowNanos) {
        ice.restart(nowNanos);
        return localFragment();
    }

    /** The other side's answer to {@link #restartIce}. */
    public void onRestartAnswer(String sdpFragment) throws SdpException {
        TrickleFragment fragment = TrickleFragment.parse(sdpFragment);
        ice.remote(
                fragment.credentials().orElseThrow(() -> new SdpException("needs a=ice-ufrag and a=ice-pwd")),
                remote.map(RemoteDescription::iceLite).orElse(false));
        fragment.candidates().forEach(ice::addRemoteCandidate);
    }

    private String localFragment() {
        String mid = remote.flatMap(r -> r.audio().attribute("mid")).orElse("0");
        return new TrickleFragment(Optional.of(ice.local()), settings.candidates(), true).write(mid);
    }

    /** Our user fragment, by which a shared socket finds the peer of a first check. */
    public String localUfrag() {
        return ice.local().ufrag();
    }

    /** What was agreed on; empty before both descriptions are known. */
    public Optional<NegotiatedMedia> media() {
        return media;
    }

    public RtpSender sender() {
        return sender;
    }

    public boolean connected() {
        return connected && !over;
    }

    /** When the last authentic RTP packet came, in {@code nowNanos}. */
    public long lastReceivedNanos() {
        return lastReceivedNanos;
    }

    public PeerStatistics statistics() {
        return new PeerStatistics(
                rtcp.packetsSent(),
                rtcp.packetsReceived(),
                rtcp.packetsLost(),
                rtcp.jitterMillis(),
                rtcp.roundTripMillis(),
                rtcp.remoteLossPercent());
    }

    /** Takes one datagram (RFC 7983 tells them apart by the first byte). */
    public Fate onDatagram(byte[] buf, int off, int len, TransportAddress from, long nowNanos, PeerSink sink) {
        if (over) {
            return Fate.CLOSED;
        }
        int first = len == 0 ? 255 : buf[off] & 0xff;
        if (first >= 128 && first <= 191) {
            return Rtcp.looksLike(buf, off, len)
                    ? onRtcp(buf, off, len, nowNanos)
                    : onRtp(buf, off, len, nowNanos, sink);
        }
        if (first <= 3 && StunMessage.looksLike(buf, off, len)) {
            return onStun(buf, off, len, from, nowNanos, sink);
        }
        return first >= 20 && first <= 63 ? onDtls(buf, off, len, from) : Fate.UNKNOWN_PROTOCOL;
    }

    private Fate onRtp(byte[] buf, int off, int len, long nowNanos, PeerSink sink) {
        if (receiver == null) {
            return Fate.SRTP_NOT_READY;
        }
        int plain = receiver.unprotectRtp(buf, off, len);
        if (plain < 0) {
            return Fate.ofSrtp(plain);
        }
        rtcp.onRtp(buf, off, nowNanos);
        lastReceivedNanos = nowNanos;
        sink.rtp(buf, off, plain);
        return Fate.TAKEN;
    }

    private Fate onRtcp(byte[] buf, int off, int len, long nowNanos) {
        if (receiver == null) {
            return Fate.SRTP_NOT_READY;
        }
        int plain = receiver.unprotectRtcp(buf, off, len);
        if (plain < 0) {
            return Fate.ofSrtp(plain);
        }
        return rtcp.onRtcp(buf, off, plain, nowNanos) == Rtcp.Result.READ ? Fate.TAKEN : Fate.RTCP_MALFORMED;
    }

    private Fate onStun(byte[] buf, int off, int len, TransportAddress from, long nowNanos, PeerSink sink) {
        steps.begin(nowNanos, sink);
        Fate fate = Fate.of(ice.onDatagram(buf, off, len, from, nowNanos, steps));
        advance(nowNanos, sink);
        return fate;
    }

    private Fate onDtls(byte[] buf, int off, int len, TransportAddress from) {
        if (!ice.validated(from)) {
            early.keep(buf, off, len, from);
            return Fate.DTLS_UNCHECKED;
        }
        return dtls.onDatagram(buf, off, len) ? Fate.TAKEN : Fate.DTLS_DROPPED;
    }

    /** Does what is due: every few milliseconds, and after {@code wakeUp}. */
    public void onTime(long nowNanos, PeerSink sink) {
        if (over) {
            return;
        }
        steps.begin(nowNanos, sink);
        ice.onTime(nowNanos, steps);
        dtls.onTime(nowNanos);
        advance(nowNanos, sink);
        if (sender.ready() && rtcp.due(nowNanos)) {
            sender.sendRtcp(report, rtcp.report(report, 0, nowNanos), sink);
        }
        checkTimeouts(nowNanos, sink);
    }

    private void advance(long nowNanos, PeerSink sink) {
        if (dtls.state() == DtlsTransport.State.NEW
                && role.isPresent()
                && sender.path().isPresent()) {
            waitingSinceNanos = nowNanos;
            dtls.start(role.get(), certificate, remote.orElseThrow().fingerprints());
        }
        flushDtls(sink);
        if (!connected && dtls.state() == DtlsTransport.State.CONNECTED) {
            connect(sink);
        } else if (dtls.state() == DtlsTransport.State.FAILED) {
            boolean forged = dtls.failure() == DtlsFailure.FINGERPRINT_MISMATCH;
            fail(forged ? PeerFailure.FINGERPRINT_MISMATCH : PeerFailure.DTLS_FAILED, sink);
        } else if (dtls.state() == DtlsTransport.State.CLOSED) {
            fail(PeerFailure.CLOSED_BY_PEER, sink);
        }
    }

    private void flushDtls(PeerSink sink) {
        for (Optional<byte[]> next = dtls.nextDatagram(); next.isPresent(); next = dtls.nextDatagram()) {
            byte[] datagram = next.get();
            sender.path().ifPresent(to -> sink.transmit(datagram, 0, datagram.length, to));
        }
    }

    private void connect(PeerSink sink) {
        DtlsKeys keys = dtls.keys().orElseThrow();
        sender.connected(new SrtpSender(keys.local()));
        receiver = new SrtpReceiver(keys.remote());
        PeerEvent event = new PeerEvent.Connected(keys.local().profile());
        keys.local().wipe();
        keys.remote().wipe();
        connected = true;
        sink.event(event);
    }

    private void checkTimeouts(long nowNanos, PeerSink sink) {
        if (over || remote.isEmpty()) {
            return;
        }
        long waitedNanos = nowNanos - waitingSinceNanos;
        if (sender.path().isEmpty()) {
            if (waitedNanos > settings.iceTimeout().toNanos()) {
                fail(PeerFailure.ICE_TIMEOUT, sink);
            }
        } else if (!connected && waitedNanos > settings.dtlsTimeout().toNanos()) {
            fail(PeerFailure.DTLS_TIMEOUT, sink);
        } else if (nowNanos - ice.lastConsentNanos() > settings.consentTimeout().toNanos()) {
            fail(PeerFailure.CONSENT_LOST, sink);
        }
    }

    private void fail(PeerFailure why, PeerSink sink) {
        if (over) {
            return;
        }
        close(sink);
        sink.event(new PeerEvent.Failed(why));
    }

    /** Says goodbye and ends; nothing comes of this peer any more. */
    public void close(PeerSink sink) {
        if (over) {
            return;
        }
        over = true;
        if (sender.ready()) {
            sender.sendRtcp(report, rtcp.bye(report, 0), sink);
        }
        dtls.close();
        flushDtls(sink);
        sender.disconnected();
        receiver = null;
    }

    /** Whether nothing will happen before a datagram comes or time passes: then simulated time may move on. */
    public boolean quiet() {
        return dtls.quiet();
    }

    /** What the agent says, passed on to the sink of the call that is going on. */
    private final class Steps implements IceSink {
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
        public void validated(TransportAddress address) {
            sink.validated(address);
            early.release(address, dtls);
        }

        @Override
        public void selected(TransportAddress address) {
            if (sender.path().isEmpty()) {
                waitingSinceNanos = nowNanos;
            }
            sender.path(address);
            sink.event(new PeerEvent.PathSelected(address));
        }
    }
}
