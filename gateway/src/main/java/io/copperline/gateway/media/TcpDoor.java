package io.copperline.gateway.media;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A shard's TCP connections from browsers whose network blocks UDP (RFC 6544), on the number of its UDP port. A connection has a
 * few seconds to send a check that belongs to a call, and until then it is one of few, in all and of its address; the first packet
 * that is nobody's ends it. Owned by its shard's loop.
 */
final class TcpDoor {
    private static final int MAX_STRANGERS = 256;
    private static final int MAX_STRANGERS_FROM_ADDRESS = 16;
    private static final long STRANGER_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** Browsers check even the pairs they do not use every half minute at least. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** An IPv6 host has a network of this length to itself (RFC 6177 section 2). */
    private static final int IPV6_NETWORK_BYTES = 8;

    private final Shard shard;
    private final BrowserDoor door;
    private final Drops<TcpDrop> drops;
    private final Map<InetSocketAddress, TcpConnection> connections = new HashMap<>();
    private final Map<InetAddress, Integer> strangersFrom = new HashMap<>();
    private final List<TcpConnection> unflushed = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private Channel listening;
    private int strangers;
    private long sweptNanos;

    TcpDoor(Shard shard, BrowserDoor door, Drops<TcpDrop> drops) {
        this.shard = shard;
        this.door = door;
        this.drops = drops;
    }

    /** Listens on the shard's loop. */
    CompletionStage<Void> listen(ServerBootstrap bootstrap, InetAddress bind, int port) {
        CompletableFuture<Void> listens = new CompletableFuture<>();
        ChannelFuture binding = bootstrap
                .group(shard.loop(), shard.loop())
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        admit(channel);
                    }
                })
                .bind(bind, port);
        binding.addListener(_ -> {
            if (binding.isSuccess()) {
                listening = binding.channel();
                listens.complete(null);
            } else {
                listens.completeExceptionally(binding.cause());
            }
        });
        return listens;
    }

    private void admit(SocketChannel channel) {
        if (channel.remoteAddress() == null) {
            var _ = channel.close(); // It was reset before we took it.
            return;
        }
        InetAddress network = network(channel.remoteAddress().getAddress());
        int fromThere = strangersFrom.getOrDefault(network, 0);
        if (strangers == MAX_STRANGERS || fromThere == MAX_STRANGERS_FROM_ADDRESS) {
            drops.count(strangers == MAX_STRANGERS ? TcpDrop.TOO_MANY_CONNECTIONS : TcpDrop.TOO_MANY_FROM_ADDRESS);
            var _ = channel.close();
            return;
        }
        strangers++;
        strangersFrom.put(network, fromThere + 1);
        TcpConnection connection = new TcpConnection(this, channel, shard.scratch(), shard.nowNanos());
        connections.put(connection.remote().socket(), connection);
        open.incrementAndGet();
        channel.pipeline().addLast(connection);
    }

    private void strangerNoMore(TcpConnection connection) {
        strangers--;
        strangersFrom.computeIfPresent(
                network(connection.remote().socket().getAddress()), (_, count) -> count == 1 ? null : count - 1);
    }

    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, IPV6_NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    /** Takes a packet; when that was, in {@code nowNanos}. */
    long onPacket(TcpConnection connection, byte[] buf, int off, int len) {
        long nowNanos = shard.nowNanos();
        if (!door.onPacket(connection, buf, off, len, nowNanos) && connection.resident() == null) {
            connection.close(); // What was nobody's is counted; an owner's is dropped, like a datagram.
        }
        return nowNanos;
    }

    /** A check has proved whose the connection from there is. */
    void belongs(InetSocketAddress remote, BrowserDoor.Resident resident) {
        TcpConnection connection = connections.get(remote);
        if (connection != null && connection.resident() == null) {
            connection.resident(resident);
            strangerNoMore(connection);
        }
    }

    void write(byte[] buf, int off, int len, InetSocketAddress to) {
        TcpConnection connection = connections.get(to);
        if (connection == null) {
            drops.count(TcpDrop.GONE);
        } else if (!connection.write(buf, off, len)) {
            drops.count(TcpDrop.CONGESTED);
        } else if (connection.marksUnflushed()) {
            unflushed.add(connection);
        }
    }

    void flush() {
        // By index: an iterator would be allocated for each packet.
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
    }

    /** Closes what is due, once a second. */
    void onTime(long nowNanos) {
        if (connections.isEmpty() || nowNanos - sweptNanos < SWEEP_NANOS) {
            return;
        }
        sweptNanos = nowNanos;
        for (TcpConnection connection : List.copyOf(connections.values())) {
            boolean stranger = connection.resident() == null;
            if (connection.idleNanos(nowNanos) > (stranger ? STRANGER_NANOS : IDLE_NANOS)) {
                refuse(connection, stranger ? TcpDrop.UNCHECKED : TcpDrop.IDLE);
            }
        }
    }

    void refuse(TcpConnection connection, TcpDrop why) {
        drops.count(why);
        connection.close();
    }

    /** Closes what a peer that leaves has open, after its last words. */
    void remove(BrowserDoor.Resident resident) {
        for (TcpConnection connection : List.copyOf(connections.values())) {
            if (resident.equals(connection.resident())) {
                connection.close();
            }
        }
    }

    void onClosed(TcpConnection connection) {
        if (!connections.remove(connection.remote().socket(), connection)) {
            return;
        }
        open.decrementAndGet();
        if (connection.resident() == null) {
            strangerNoMore(connection);
        } else {
            connection.resident().onClosed(connection.remote());
        }
    }

    /** Connections there are; readable from any thread. */
    int open() {
        return open.get();
    }

    /** Closes the door and all connections; from any thread. */
    void close() {
        shard.execute(() -> {
            if (listening != null) {
                var _ = listening.close();
            }
            List.copyOf(connections.values()).forEach(TcpConnection::close);
        });
    }
}
