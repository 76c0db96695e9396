package io.copperline.webrtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Two associations and the path between them, for tests. */
final class Peers {
    record Message(int stream, int ppid, byte[] bytes) {
        String text() {
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** One association with all that it told. */
    final class Peer implements LossyPath.End, AssociationSink {
        Association association;
        final List<Message> messages = new ArrayList<>();
        final List<String> events = new ArrayList<>();
        final List<byte[]> packets = new ArrayList<>();
        boolean keepsPackets;
        long receivedBytes;
        int unqueuedBytes;
        Runnable onUnqueued = () -> {};
        Runnable onMessage = () -> {};

        Peer(SctpSettings settings, long seed) {
            association = new Association(settings, new Random(seed));
        }

        @Override
        public void onPacket(byte[] buf, int off, int len, long nowNanos) {
            association.onPacket(buf, off, len, nowNanos, this);
        }

        @Override
        public void onTime(long nowNanos) {
            association.onTime(nowNanos, this);
        }

        @Override
        public long nextDeadline() {
            return association.nextDeadline();
        }

        @Override
        public void transmit(byte[] buf, int off, int len) {
            if (keepsPackets) {
                packets.add(Arrays.copyOfRange(buf, off, off + len));
            }
            path.send(this, buf, off, len);
        }

        @Override
        public void connected() {
            events.add("connected");
        }

        @Override
        public void message(int stream, int ppid, byte[] buf, int off, int len) {
            messages.add(new Message(stream, ppid, Arrays.copyOfRange(buf, off, off + len)));
            receivedBytes += len;
            onMessage.run();
        }

        @Override
        public void unqueued(int stream, int ppid, int bytes) {
            unqueuedBytes += bytes;
            onUnqueued.run();
        }

        @Override
        public void streamReset(int stream) {
            events.add("reset " + stream);
        }

        @Override
        public void streamResetDone(int stream, boolean done) {
            events.add("reset " + stream + (done ? " done" : " refused"));
        }

        @Override
        public void restarted() {
            events.add("restarted");
        }

        @Override
        public void closed(SctpFailure why, int causeCode) {
            events.add("closed " + why + " " + causeCode);
        }

        void send(int stream, String text) {
            send(stream, text, Delivery.RELIABLE);
        }

        void send(int stream, String text, Delivery delivery) {
            byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            assertEquals(SendResult.QUEUED, association.send(stream, 51, bytes, delivery));
        }

        List<String> texts() {
            return messages.stream().map(Message::text).toList();
        }
    }

    final LossyPath path;
    final Peer left;
    final Peer right;

    Peers(long seed, LossyPath.Weather weather) {
        this(seed, weather, SctpSettings.DEFAULT, SctpSettings.DEFAULT);
    }

    Peers(long seed, LossyPath.Weather weather, SctpSettings leftSettings, SctpSettings rightSettings) {
        path = new LossyPath(seed, weather);
        left = new Peer(leftSettings, seed * 2 + 1);
        right = new Peer(rightSettings, seed * 2 + 2);
        path.ends(left, right);
    }

    static Peers connected(long seed, LossyPath.Weather weather) {
        Peers peers = new Peers(seed, LossyPath.Weather.FAIR);
        peers.connect();
        peers.path.weather(weather);
        return peers;
    }

    void connect() {
        left.association.start(5_000, path.nowNanos);
        right.association.start(5_000, path.nowNanos);
        assertTrue(
                path.runUntil(
                        () -> left.association.state() == AssociationState.ESTABLISHED
                                && right.association.state() == AssociationState.ESTABLISHED,
                        60_000),
                "connected");
    }

    static SctpSettings settings(int maxMessageBytes, int windowBytes, int sendBufferBytes, int streams) {
        SctpSettings d = SctpSettings.DEFAULT;
        return new SctpSettings(
                d.localPort(),
                d.maxPacketBytes(),
                maxMessageBytes,
                windowBytes,
                sendBufferBytes,
                streams,
                d.rtoInitial(),
                d.rtoMin(),
                d.rtoMax(),
                d.maxRetransmissions(),
                Duration.ofSeconds(30));
    }
}
