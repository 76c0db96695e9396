package io.copperline.gateway.bench;

import io.copperline.codecs.audio.G711;
import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.audio.OpusDecoder;
import io.copperline.codecs.audio.OpusEncoder;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpProfile;
import io.copperline.codecs.srtp.SrtpReceiver;
import io.copperline.codecs.srtp.SrtpSender;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** One call's stream at the floor: codecs with the gateway's settings, keys, sockets and buffers, and nothing between them. */
final class FloorStream {
    private static final int SAMPLES = SpeechLoop.FRAME_SAMPLES;
    private static final int HEADER = RtpHeader.FIXED_BYTES;
    private static final int ROOM = HEADER + 400 + SrtpProfile.MAX_TRAILER_BYTES;
    private static final long TRUNK_SSRC = 1;
    private static final long BROWSER_SSRC = 2;

    private final SpeechLoop speech;
    private final DatagramChannel door;
    private final DatagramChannel trunk = FloorWorld.socket();
    private final SocketAddress far;
    private final OpusDecoder decoder;
    private final OpusEncoder encoder;
    private final SrtpReceiver receiver;
    private final SrtpSender sender;
    private final SrtpSender feedingSender;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(2_048);
    private final ByteBuffer feeding = ByteBuffer.allocateDirect(2_048);
    private final byte[] fed = new byte[ROOM];

    private final byte[] fromBrowser = new byte[ROOM];
    private final byte[] fromTrunk = new byte[HEADER + SAMPLES];
    private final byte[] toBrowser = new byte[ROOM];
    private final byte[] toTrunk = new byte[HEADER + SAMPLES];
    private final short[] pcm = new short[SAMPLES];
    private final short[] trunkPcm = new short[SAMPLES];
    private int frame;
    private int sequence;
    private int len;
    private int plainLen;
    private int opusLen;
    private int sealedLen;

    FloorStream(Opus opus, SpeechLoop speech, SrtpKey key, DatagramChannel door, SocketAddress far, int index)
            throws IOException {
        this.speech = speech;
        this.door = door;
        this.far = far;
        decoder = opus.decoder(8_000);
        encoder = opus.encoder(8_000);
        encoder.bitrate(20_000);
        encoder.complexity(5);
        encoder.fec(true);
        encoder.expectedLoss(5);
        receiver = new SrtpReceiver(key);
        sender = new SrtpSender(key);
        feedingSender = new SrtpSender(key);
        frame = index * 37 % speech.opus().count();
    }

    /** On the feeder's thread: this stream's next datagram from either side. */
    void feed(DatagramChannel from, SocketAddress browsersDoor) throws IOException {
        byte[] payload = speech.opus().payloads()[frame];
        RtpHeader.write(fed, 0, 111, false, sequence & 0xffff, sequence * 960L, BROWSER_SSRC);
        System.arraycopy(payload, 0, fed, HEADER, payload.length);
        int sealed = feedingSender.protectRtp(fed, 0, HEADER + payload.length);
        from.send(feeding.clear().put(fed, 0, sealed).flip(), browsersDoor);
        RtpHeader.write(fed, 0, 0, false, sequence & 0xffff, sequence * 160L, TRUNK_SSRC);
        System.arraycopy(speech.pcmu().payloads()[frame], 0, fed, HEADER, SAMPLES);
        from.send(feeding.clear().put(fed, 0, HEADER + SAMPLES).flip(), trunk.getLocalAddress());
        frame = (frame + 1) % speech.opus().count();
        sequence++;
    }

    void receive() throws IOException {
        len = read(door, fromBrowser);
        read(trunk, fromTrunk);
    }

    private int read(DatagramChannel socket, byte[] into) throws IOException {
        if (socket.receive(datagram.clear()) == null) {
            return 0;
        }
        int bytes = Math.min(datagram.flip().limit(), into.length);
        datagram.get(into, 0, bytes);
        return bytes;
    }

    void unprotect() {
        plainLen = receiver.unprotectRtp(fromBrowser, 0, len);
    }

    void decode() {
        int payload = HEADER;
        if (decoder.decode(fromBrowser, payload, plainLen - payload, pcm, 0, SAMPLES) == SAMPLES) {
            G711.encodeMu(pcm, 0, SAMPLES, toTrunk, HEADER);
        }
    }

    void encode() {
        G711.decodeMu(fromTrunk, HEADER, SAMPLES, trunkPcm, 0);
        opusLen = encoder.encode(trunkPcm, 0, SAMPLES, toBrowser, HEADER, 400);
    }

    void protect() {
        RtpHeader.write(toBrowser, 0, 111, false, sequence & 0xffff, sequence * 960L, BROWSER_SSRC);
        sealedLen = sender.protectRtp(toBrowser, 0, HEADER + opusLen);
    }

    void send() throws IOException {
        RtpHeader.write(toTrunk, 0, 0, false, sequence & 0xffff, sequence * 160L, TRUNK_SSRC);
        trunk.send(datagram.clear().put(toTrunk).flip(), far);
        door.send(datagram.clear().put(toBrowser, 0, sealedLen).flip(), far);
    }

    void close() throws IOException {
        trunk.close();
        decoder.close();
        encoder.close();
    }
}
