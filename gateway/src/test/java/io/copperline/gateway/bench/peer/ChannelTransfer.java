package io.copperline.gateway.bench.peer;

import io.copperline.webrtc.datachannel.DataChannel;
import io.copperline.webrtc.datachannel.DataChannelEvent;
import io.copperline.webrtc.datachannel.DataChannelInit;
import io.copperline.webrtc.datachannel.DataChannelSink;
import io.copperline.webrtc.datachannel.SctpTransport;
import io.copperline.webrtc.datachannel.SendRefused;
import io.copperline.webrtc.dtls.DtlsRole;
import io.copperline.webrtc.sctp.SctpSettings;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;

/** One channel between two transports of ours on one thread, as fast as both sides' work allows. */
final class ChannelTransfer {
    static final int MESSAGE_BYTES = 16_384;
    private static final int PORT = 5_000;
    private static final int QUEUED_BYTES = 1 << 20;

    private final End sender = new End();
    private final End receiver = new End();

    /** One side, and the packets on their way to it. */
    private static final class End implements DataChannelSink {
        private final SctpTransport transport = new SctpTransport(SctpSettings.DEFAULT, new SecureRandom());
        private final ArrayDeque<byte[]> arriving = new ArrayDeque<>();
        private End other;
        private long receivedBytes;

        @Override
        public void transmit(byte[] buf, int off, int len) {
            other.arriving.add(Arrays.copyOfRange(buf, off, off + len));
        }

        @Override
        public void event(DataChannelEvent event) {
            switch (event) {
                case DataChannelEvent.Binary binary -> receivedBytes += binary.bytes().length;
                case DataChannelEvent.Failed failed -> throw new IllegalStateException(failed.why());
                default -> {}
            }
        }

        void run(long nowNanos) {
            for (byte[] next = arriving.poll(); next != null; next = arriving.poll()) {
                transport.onPacket(next, 0, next.length, nowNanos, this);
            }
            if (transport.nextDeadline() - nowNanos <= 0) {
                transport.onTime(nowNanos, this);
            }
        }
    }

    /** Megabytes for each second of processor time, both sides together. */
    double run(long bytes) throws SendRefused {
        DataChannel channel = connect();
        byte[] message = new byte[MESSAGE_BYTES];
        long began = Processor.nanos();
        for (long sent = 0; receiver.receivedBytes < bytes; step()) {
            for (; sent < bytes && channel.bufferedAmount() < QUEUED_BYTES; sent += MESSAGE_BYTES) {
                channel.send(message);
            }
        }
        return bytes / 1e6 / ((Processor.nanos() - began) / 1e9);
    }

    private DataChannel connect() {
        sender.other = receiver;
        receiver.other = sender;
        long now = System.nanoTime();
        sender.transport.start(DtlsRole.CLIENT, PORT, 0, now);
        receiver.transport.start(DtlsRole.SERVER, PORT, 0, now);
        DataChannel channel = sender.transport.createDataChannel("bench", DataChannelInit.DEFAULT);
        while (channel.readyState() != DataChannel.ReadyState.OPEN) {
            step();
        }
        return channel;
    }

    private void step() {
        long now = System.nanoTime();
        sender.run(now);
        receiver.run(now);
    }
}
