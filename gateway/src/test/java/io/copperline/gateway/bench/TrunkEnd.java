package io.copperline.gateway.bench;

import io.copperline.codecs.audio.G711;
import io.copperline.codecs.rtp.RtpHeader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A phone behind the carrier: PCMU both ways over the carrier's one socket. Owned by the pump's thread. */
final class TrunkEnd {
    private final BenchCall call;
    private final SpeechLoop speech;
    private final DatagramChannel socket;
    private final InetSocketAddress gateway;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(RtpHeader.FIXED_BYTES + SpeechLoop.FRAME_SAMPLES);
    private final byte[] header = new byte[RtpHeader.FIXED_BYTES];
    private final short[] pcm = new short[SpeechLoop.FRAME_SAMPLES * 3];
    private final StreamCount heard = new StreamCount();
    private int frame;
    private int sequence = 1;
    private long timestamp;
    private long sent;

    /** @param gateway where the gateway's audio is, by its SDP */
    TrunkEnd(BenchCall call, SpeechLoop speech, DatagramChannel socket, InetSocketAddress gateway, int firstFrame) {
        this.call = call;
        this.speech = speech;
        this.socket = socket;
        this.gateway = gateway;
        frame = firstFrame;
    }

    InetSocketAddress gateway() {
        return gateway;
    }

    /** Sends the next 20 ms. */
    void speak(long now) throws IOException {
        SpeechLoop.Frames frames = speech.pcmu();
        sequence = (sequence + 1) & 0xffff;
        timestamp = (timestamp + SpeechLoop.FRAME_SAMPLES) & 0xffff_ffffL;
        RtpHeader.write(header, 0, 0, sent == 0, sequence, timestamp, 0x1000_0000L + call.index());
        packet.clear();
        packet.put(header).put(frames.payloads()[frame]).flip();
        socket.send(packet, gateway);
        sent++;
        call.toBrowser().sent(frames.markOffsets()[frame], now);
        frame = (frame + 1) % frames.count();
    }

    /** A datagram from the gateway's side of this leg. */
    void onDatagram(byte[] buf, int len, long now) {
        if (!RtpHeader.valid(buf, 0, len)) {
            return;
        }
        heard.onPacket(RtpHeader.sequence(buf, 0));
        int header = RtpHeader.headerLength(buf, 0);
        int samples = Math.min(RtpHeader.payloadLength(buf, 0, len), pcm.length);
        if (RtpHeader.payloadType(buf, 0) == 0 && samples > 0) {
            G711.decodeMu(buf, header, samples, pcm, 0);
            call.toTrunk().heard(pcm, samples, now);
        }
    }

    StreamCount heard() {
        return heard;
    }

    long sent() {
        return sent;
    }
}
