package io.copperline.gateway.lab;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.G711;
import io.copperline.codecs.dtmf.TelephoneEvent;
import io.copperline.codecs.dtmf.TelephoneEventReader;
import io.copperline.codecs.dtmf.TelephoneEventRelay;
import io.copperline.codecs.rtp.Rtcp;
import io.copperline.codecs.rtp.RtcpSession;
import io.copperline.codecs.rtp.RtcpWriter;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.sdp.SrtpPolicy;
import io.copperline.sip.SipLeg;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * The audio of one leg, both ways: one packet of 20 ms goes out each tick, a digit in place of sound while it lasts. Owned by
 * its call, on the lab's thread.
 */
final class AudioStream implements RtpPair.Receiver, AutoCloseable {
    private static final int PTIME_MILLIS = 20;
    private static final int PACKET_SAMPLES = 160;
    private static final int CLOCK_HZ = 8_000;
    /** 120 ms: the longest packet that anyone sends. */
    private static final int MOST_SAMPLES = 960;

    private static final int LONGEST_PRESS_MILLIS = 60_000;
    private static final int PCMU = 0;
    private static final int PCMA = 8;
    private static final long U32 = 0xFFFF_FFFFL;

    private final LabParts parts;
    private final RtpPair pair;
    private final long ssrc;
    private final RtcpSession rtcp;
    private final Latch latch = new Latch();
    private final TelephoneEventReader reader = new TelephoneEventReader(CLOCK_HZ);
    private final TelephoneEventRelay presses = new TelephoneEventRelay(CLOCK_HZ, PTIME_MILLIS, new Forgotten());
    private final TelephoneEventReader.Sink pressed = new Pressed();
    private final byte[] packet = new byte[Math.max(RtpHeader.FIXED_BYTES + PACKET_SAMPLES, RtcpWriter.MAX_BYTES)];
    private final short[] toSay = new short[PACKET_SAMPLES];
    private final short[] said = new short[MOST_SAMPLES];

    private Sound sound = Sound.SILENCE;
    private Ear ear = Ear.DEAF;
    private Optional<NegotiatedAudio> agreed = Optional.empty();
    private boolean speaking;
    private boolean pausing = true;
    private int sequence;
    private long timestamp;
    private long remoteSsrc;

    private AudioStream(LabParts parts, RtpPair pair) {
        this.parts = parts;
        this.pair = pair;
        this.ssrc = parts.random().nextInt() & U32;
        this.sequence = parts.random().nextInt() & 0xFFFF;
        this.timestamp = parts.random().nextInt() & U32;
        this.rtcp = new RtcpSession(
                ssrc,
                "lab-" + Long.toHexString(ssrc),
                parts.random(),
                parts.loop().nowNanos(),
                parts.epochOffsetNanos());
    }

    /** Takes two ports; empty where none are free. */
    static Optional<AudioStream> open(LabParts parts, Owner owner) {
        return parts.ports().open().map(pair -> {
            AudioStream stream = new AudioStream(parts, pair);
            pair.listen(parts.loop(), owner, stream);
            owner.eachTick(stream::tick);
            return stream;
        });
    }

    /** What our SDP says. */
    LocalAudio local() {
        InetSocketAddress rtp = new InetSocketAddress(parts.ports().address(), pair.port());
        return new LocalAudio(
                rtp, pair.port() + 1, List.of(AudioCodec.PCMU, AudioCodec.PCMA), true, PTIME_MILLIS, SrtpPolicy.OFF);
    }

    /** What offer and answer have come to. */
    void agreed(NegotiatedAudio audio) {
        agreed = Optional.of(audio);
        latch.told(audio.remoteRtp());
    }

    /** What goes out from now on. */
    void plays(Sound what) {
        sound = what;
    }

    /** Who hears what comes in from now on. */
    void tells(Ear whom) {
        ear = whom;
    }

    /** From now on we send, whenever the peer listens. */
    void speak() {
        speaking = true;
    }

    /** Sends a digit in the way that the peer takes it. */
    void press(int event, int durationMillis, SipLeg leg) {
        int millis = Math.min(durationMillis, LONGEST_PRESS_MILLIS);
        if (eventPayloadType() >= 0) {
            presses.press(event, millis, parts.loop().nowNanos());
        } else {
            leg.sendInfoDtmf(TelephoneEvent.digit(event), millis);
        }
    }

    /** Says goodbye and frees the ports. */
    @Override
    public void close() {
        if (rtcp.anythingSent()) {
            remoteRtcp().ifPresent(to -> pair.sendRtcp(packet, rtcp.bye(packet, 0), to));
        }
        pair.close();
    }

    @Override
    public void onRtp(byte[] buf, int len, InetSocketAddress from, long nowNanos) {
        int payload = RtpHeader.valid(buf, 0, len) ? RtpHeader.payloadLength(buf, 0, len) : -1;
        if (payload < 0 || payload > MOST_SAMPLES) {
            parts.drops().count(LabDrop.MALFORMED);
            return;
        }
        int type = RtpHeader.payloadType(buf, 0);
        boolean event = agreed.isPresent() && type == agreed.get().receiveTelephoneEventPayloadType();
        Optional<AudioCodec> codec = codec(type);
        if (!event && codec.isEmpty()) {
            parts.drops().count(LabDrop.UNEXPECTED);
            return;
        }
        latch.heard(from);
        follow(RtpHeader.ssrc(buf, 0));
        rtcp.onRtp(buf, 0, len, nowNanos);
        int off = RtpHeader.headerLength(buf, 0);
        if (event) {
            reader.onPacket(buf, off, payload, RtpHeader.timestamp(buf, 0), nowNanos, pressed);
        } else {
            decode(codec.get(), buf, off, payload);
            ear.heard(said, payload);
        }
    }

    @Override
    public void onRtcp(byte[] buf, int len, long nowNanos) {
        if (rtcp.onRtcp(buf, 0, len, nowNanos) == Rtcp.Result.MALFORMED) {
            parts.drops().count(LabDrop.MALFORMED);
        }
    }

    private void tick(long nowNanos) {
        reader.onTime(nowNanos, pressed);
        sound.fill(toSay, PACKET_SAMPLES); // also while a digit or a hold is in its place: sound does not wait
        Optional<InetSocketAddress> to =
                speaking && agreed.isPresent() && agreed.get().direction().sends() ? latch.target() : Optional.empty();
        if (to.isPresent()) {
            send(to.get(), nowNanos);
        }
        pausing = to.isEmpty();
        timestamp = timestamp + PACKET_SAMPLES & U32;
        if (agreed.isPresent() && rtcp.due(nowNanos)) {
            remoteRtcp().ifPresent(where -> pair.sendRtcp(packet, rtcp.report(packet, 0, nowNanos), where));
        }
    }

    private void send(InetSocketAddress to, long nowNanos) {
        int payload = 0;
        if (eventPayloadType() >= 0) {
            payload = presses.write(packet, RtpHeader.FIXED_BYTES, timestamp);
        }
        if (payload > 0) {
            RtpHeader.write(packet, 0, eventPayloadType(), presses.marker(), sequence, presses.timestamp(), ssrc);
        } else {
            payload = PACKET_SAMPLES;
            NegotiatedAudio audio = agreed.orElseThrow();
            encode(audio.codec());
            // RFC 3551 section 4.1: the marker bit is on the first packet after a pause.
            RtpHeader.write(packet, 0, audio.sendPayloadType(), pausing, sequence, timestamp, ssrc);
        }
        pair.sendRtp(packet, RtpHeader.FIXED_BYTES + payload, to);
        rtcp.onSent(payload, timestamp, nowNanos);
        sequence = sequence + 1 & 0xFFFF;
    }

    private void follow(long source) {
        if (source != remoteSsrc) {
            remoteSsrc = source;
            reader.reset(pressed);
        }
    }

    /** Either law is taken at any time, as we have offered both; another number only where it was agreed on. */
    private Optional<AudioCodec> codec(int payloadType) {
        if (agreed.isPresent() && payloadType == agreed.get().receivePayloadType()) {
            return Optional.of(agreed.get().codec());
        }
        return switch (payloadType) {
            case PCMU -> agreed.map(_ -> AudioCodec.PCMU);
            case PCMA -> agreed.map(_ -> AudioCodec.PCMA);
            default -> Optional.empty();
        };
    }

    private void decode(AudioCodec codec, byte[] buf, int off, int n) {
        if (codec == AudioCodec.PCMA) {
            G711.decodeA(buf, off, n, said, 0);
        } else {
            G711.decodeMu(buf, off, n, said, 0);
        }
    }

    private void encode(AudioCodec codec) {
        if (codec == AudioCodec.PCMA) {
            G711.encodeA(toSay, 0, PACKET_SAMPLES, packet, RtpHeader.FIXED_BYTES);
        } else {
            G711.encodeMu(toSay, 0, PACKET_SAMPLES, packet, RtpHeader.FIXED_BYTES);
        }
    }

    private int eventPayloadType() {
        return agreed.map(NegotiatedAudio::sendTelephoneEventPayloadType).orElse(-1);
    }

    private Optional<InetSocketAddress> remoteRtcp() {
        return agreed.flatMap(NegotiatedAudio::remoteRtcp);
    }

    private final class Pressed implements TelephoneEventReader.Sink {
        @Override
        public void started(int event, long nowNanos) {
            // A press is passed on once its length is known.
        }

        @Override
        public void ended(int event, int durationMillis) {
            ear.pressed(event, durationMillis);
        }
    }

    private static final class Forgotten implements TelephoneEventRelay.Outcome {
        @Override
        public void sent(int event, int durationMillis) {}

        @Override
        public void dropped(int event) {}
    }
}
