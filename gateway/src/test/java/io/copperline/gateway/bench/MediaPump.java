package io.copperline.gateway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * The one thread that all media of the client runs on: browsers on sockets of their own, all phones behind one, as a carrier's
 * media server would be. It looks around every millisecond.
 */
final class MediaPump implements Executor, AutoCloseable {
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private final Selector selector;
    private final DatagramChannel phones;
    private final DatagramChannel rtcp;
    private final TrunkEnd[] byGatewayPort = new TrunkEnd[65_536];
    private final List<BenchCall> calls = new ArrayList<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(2_048);
    private final byte[] datagram = new byte[2_048];
    private final Thread thread;
    private volatile boolean running = true;

    MediaPump() throws IOException {
        selector = Selector.open();
        phones = socket();
        phones.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        rtcp = socket(); // Never read: the kernel drops what comes.
        rtcp.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        thread = new Thread(this::run, "pump");
        thread.start();
    }

    private static DatagramChannel socket() throws IOException {
        DatagramChannel socket = DatagramChannel.open();
        socket.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        return socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    DatagramChannel phones() {
        return phones;
    }

    InetSocketAddress phonesAddress() throws IOException {
        return (InetSocketAddress) phones.getLocalAddress();
    }

    int rtcpPort() throws IOException {
        return ((InetSocketAddress) rtcp.getLocalAddress()).getPort();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    /** Does it on the pump's thread and waits for the outcome. */
    <T> T ask(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        execute(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }

    /** On the pump's thread: from now on this call's browser is heard and spoken for. */
    void add(BenchCall call) {
        try {
            BrowserEnd end = call.browser().orElseThrow();
            end.socket().register(selector, SelectionKey.OP_READ, end);
            calls.add(call);
        } catch (ClosedChannelException e) {
            call.failed(e.toString());
        }
    }

    /** On the pump's thread: the phone has answered. */
    void add(BenchCall call, TrunkEnd trunk) {
        call.trunk(trunk);
        byGatewayPort[trunk.gateway().getPort()] = trunk;
    }

    /** On the pump's thread. */
    void remove(BenchCall call) {
        calls.remove(call);
        call.trunk().ifPresent(trunk -> byGatewayPort[trunk.gateway().getPort()] = null);
        try {
            call.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        try {
            while (running) {
                selector.select(this::onReadable, 1);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                speak(System.nanoTime());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void speak(long now) {
        for (BenchCall call : calls) {
            try {
                call.onTime(now);
            } catch (IOException e) {
                call.failed("sending: " + e.getMessage());
            }
        }
    }

    private void onReadable(SelectionKey key) {
        long now = System.nanoTime();
        try {
            if (key.attachment() instanceof BrowserEnd browser) {
                browser.onReadable(scratch, now);
            } else {
                readPhones(now);
            }
        } catch (IOException e) {
            // A port of the gateway's that has closed says so in the next read.
        }
    }

    private void readPhones(long now) throws IOException {
        while (phones.receive(scratch.clear()) instanceof InetSocketAddress from) {
            int len = scratch.flip().limit();
            scratch.get(datagram, 0, len);
            TrunkEnd trunk = byGatewayPort[from.getPort()];
            if (trunk != null) {
                trunk.onDatagram(datagram, len, now);
            }
        }
    }

    @Override
    public void close() throws IOException {
        running = false;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
        phones.close();
        rtcp.close();
    }
}
