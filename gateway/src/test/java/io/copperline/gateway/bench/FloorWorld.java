package io.copperline.gateway.bench;

import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The other side of the floor: sockets, and a thread of its own that feeds the streams and takes what they send. */
final class FloorWorld implements AutoCloseable {
    private static final int BUFFER_BYTES = 4 << 20;

    private final Opus opus;
    private final SpeechLoop speech;
    private final SrtpProfile profile;
    private final DatagramChannel browsersDoor;
    private final DatagramChannel far;
    private final List<FloorStream> streams = new ArrayList<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(2_048);
    private final ExecutorService feeder = Executors.newSingleThreadExecutor();

    FloorWorld(Opus opus, SpeechLoop speech, SrtpProfile profile) throws IOException {
        this.opus = opus;
        this.speech = speech;
        this.profile = profile;
        browsersDoor = socket();
        far = socket();
    }

    static DatagramChannel socket() throws IOException {
        DatagramChannel socket = DatagramChannel.open();
        socket.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
        return socket;
    }

    FloorStream stream(int index) throws IOException {
        byte[] key = new byte[profile.keyBytes()];
        byte[] salt = new byte[profile.saltBytes()];
        key[0] = (byte) index;
        key[1] = (byte) (index >> 8);
        FloorStream stream = new FloorStream(
                opus, speech, new SrtpKey(profile, key, salt), browsersDoor, far.getLocalAddress(), index);
        streams.add(stream);
        return stream;
    }

    /** Has the datagrams of these streams sent, and what they sent before taken away, by the feeder. */
    void feed(List<FloorStream> due) throws IOException {
        SocketAddress door = browsersDoor.getLocalAddress();
        try {
            feeder.submit(() -> {
                        while (far.receive(scratch.clear()) != null) {
                            // Nobody listens.
                        }
                        for (FloorStream stream : due) {
                            stream.feed(far, door);
                        }
                        return null;
                    })
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        feeder.shutdownNow();
        for (FloorStream stream : streams) {
            stream.close();
        }
        browsersDoor.close();
        far.close();
    }
}
