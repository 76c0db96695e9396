package io.copperline.gateway.media;

import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.webrtc.Fate;
import io.copperline.webrtc.PeerConnection;
import io.copperline.webrtc.PeerEvent;
import io.copperline.webrtc.PeerSink;
import io.copperline.webrtc.PeerStatistics;
import io.copperline.webrtc.SessionDescription;
import io.copperline.webrtc.datachannel.DataChannel;
import io.copperline.webrtc.datachannel.SctpTransport;
import io.copperline.webrtc.ice.TransportAddress;
import io.copperline.webrtc.jsep.NegotiatedMedia;
import io.copperline.webrtc.stun.StunMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A call's peer on its shard's port. */
final class BrowserLeg implements PeerSink, BrowserDoor.Resident {
    /** Who hears of the browser. */
    interface Events {
        void rtp(byte[] packet, int off, int len);

        /** A check of its ICE has come through. */
        void reached();

        void event(PeerEvent event);

        void bug(RuntimeException bug);
    }

    /** As long as the last words on a data channel may take, with a repetition or two of what is lost. */
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Shard shard;
    private final PeerConnection peer;
    private final Events events;
    private boolean leaving;

    /** @param wideband whether the browser shall send more than a telephone's narrow band */
    BrowserLeg(Media media, Shard shard, Events events, boolean wideband) {
        this.shard = shard;
        this.events = events;
        peer = new PeerConnection(
                media.peerSettings(shard, wideband),
                media.certificate(),
                media.random(),
                media.errands(),
                () -> shard.execute(this::onTick),
                shard.nowNanos(),
                shard.epochOffsetNanos());
    }

    /** Answers the first offer, or a later one in the middle of the call. */
    String answer(String offer) throws SdpException, NoCommonCodec {
        String answer =
                peer.answer(SessionDescription.offer(offer), shard.nowNanos()).sdp();
        if (peer.media().isEmpty()) {
            throw new SdpException("has no audio section with UDP/TLS/RTP/SAVPF");
        }
        openDoor();
        return answer;
    }

    Optional<String> onFragment(String fragment) throws SdpException {
        Optional<String> restarted = peer.onFragment(fragment, shard.nowNanos());
        if (restarted.isPresent()) {
            openDoor();
        }
        return restarted;
    }

    private void openDoor() {
        peer.localUfrags().forEach(ufrag -> shard.browserDoor().add(ufrag, this));
    }

    NegotiatedMedia agreed() {
        return peer.media().orElseThrow();
    }

    PeerConnection peer() {
        return peer;
    }

    @Override
    public Fate onDatagram(byte[] buf, int off, int len, TransportAddress from, long nowNanos) {
        try {
            return peer.onDatagram(buf, off, len, from, nowNanos, this);
        } catch (RuntimeException e) {
            events.bug(e);
            return Fate.CLOSED;
        }
    }

    @Override
    public void onClosed(TransportAddress remote) {
        peer.onClosed(remote);
    }

    void onTick() {
        peer.onTime(shard.nowNanos(), this);
    }

    @Override
    public void transmit(byte[] buf, int off, int len, TransportAddress to) {
        if (StunMessage.isRequest(buf, off, len)) {
            shard.browserDoor().expect(to, this);
        }
        shard.browserDoor().write(buf, off, len, to);
    }

    @Override
    public void validated(TransportAddress remote) {
        shard.browserDoor().addAddress(remote, this);
        if (!leaving) {
            events.reached();
        }
    }

    @Override
    public void rtp(byte[] buf, int off, int len) {
        if (!leaving) {
            events.rtp(buf, off, len);
        }
    }

    @Override
    public void event(PeerEvent event) {
        if (!leaving) {
            events.event(event);
        }
    }

    MediaReport.Leg figures() {
        PeerStatistics s = peer.statistics();
        return new MediaReport.Leg(
                s.packetsSent(), s.packetsReceived(), s.packetsLost(), s.jitterMillis(), s.roundTripMillis());
    }

    /**
     * Ends: at once, or once the data channels are closed, and what was said last has arrived. An abort right behind it would let the
     * other side throw it away (RFC 9260 section 9.1).
     */
    void close() {
        Optional<SctpTransport> sctp = peer.sctp().filter(s -> peer.connected());
        if (sctp.isEmpty()) {
            end();
        } else {
            leaving = true;
            List.copyOf(sctp.get().channels()).forEach(DataChannel::close);
            Farewell farewell = new Farewell(sctp.get());
            shard.add(farewell);
            farewell.onTick(shard.nowNanos());
        }
    }

    private void end() {
        leaving = true;
        peer.close(shard.nowNanos(), this);
        shard.browserDoor().remove(this);
        shard.browserDoor().flush();
    }

    /** A peer whose call is over, while its data channels end. */
    private final class Farewell implements Ticked {
        private final SctpTransport sctp;
        private final long endsNanos = shard.nowNanos() + FAREWELL_NANOS;

        Farewell(SctpTransport sctp) {
            this.sctp = sctp;
        }

        @Override
        public void onTick(long nowNanos) {
            BrowserLeg.this.onTick();
            boolean said = sctp.state() == SctpTransport.State.CLOSED
                    || sctp.channels().isEmpty();
            if (said || nowNanos - endsNanos >= 0) {
                shard.remove(this);
                end();
            } else {
                shard.browserDoor().flush();
            }
        }

        @Override
        public void onBug() {
            end();
        }
    }
}
