package io.copperline.webrtc.datachannel;

import io.copperline.webrtc.dtls.DtlsRole;
import io.copperline.webrtc.sctp.Association;
import io.copperline.webrtc.sctp.SendResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** The channels of one transport by number: opens them, finds them, and lets them go. Owned by its {@link SctpTransport}. */
final class Channels {
    private static final int MAX_NAME_BYTES = 65_535;
    /** What all labels and protocols that the other side sends may take together. */
    private static final int MAX_INCOMING_NAMES_BYTES = 262_144;

    private final SctpTransport transport;
    private final Association association;
    private final int maxStreams;
    private DataChannel[] byId = new DataChannel[0];
    /** Made before the transport is connected, in that order. */
    private final List<DataChannel> waiting = new ArrayList<>();
    /** Numbers without a channel that cannot be used, until their reset is done. */
    private final BitSet busy = new BitSet();
    /** What calls from outside cause, told with the next call that has a sink. */
    private final Queue<DataChannelEvent> untold = new ArrayDeque<>();

    private Optional<DtlsRole> role = Optional.empty();
    private boolean connected;
    private int incomingNamesBytes;
    private long dropped;

    Channels(SctpTransport transport, Association association, int maxStreams) {
        this.transport = transport;
        this.association = association;
        this.maxStreams = maxStreams;
    }

    void role(DtlsRole ours) {
        role = Optional.of(ours);
    }

    long dropped() {
        return dropped;
    }

    boolean pending() {
        return !untold.isEmpty();
    }

    void tell(DataChannelSink sink) {
        while (!untold.isEmpty()) {
            sink.event(untold.poll());
        }
    }

    private Optional<DataChannel> find(int id) {
        return id < byId.length ? Optional.ofNullable(byId[id]) : Optional.empty();
    }

    private void put(int id, DataChannel channel) {
        if (id >= byId.length) {
            byId = Arrays.copyOf(byId, Math.max(id + 1, Math.min(2 * byId.length, maxStreams)));
        }
        byId[id] = channel;
    }

    DataChannel create(String label, DataChannelInit init) {
        if (bytes(label) > MAX_NAME_BYTES || bytes(init.protocol()) > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("a label or protocol is longer than " + MAX_NAME_BYTES + " bytes");
        }
        DataChannel channel = new DataChannel(transport, label, init, false);
        if (init.negotiated()) {
            int id = init.id().orElseThrow();
            if (id >= maxStreams || find(id).isPresent() || busy.get(id)) {
                throw new IllegalArgumentException("the id " + id + " is in use or beyond " + (maxStreams - 1));
            }
            put(id, channel);
        }
        if (connected) {
            open(channel);
        } else {
            waiting.add(channel);
        }
        return channel;
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    void onConnected() {
        connected = true;
        List<DataChannel> first = List.copyOf(waiting);
        waiting.clear();
        first.forEach(this::open);
    }

    private void open(DataChannel channel) {
        if (!channel.negotiated()) {
            int id = freeId();
            if (id < 0) {
                fail(channel, "no id is free");
                return;
            }
            put(id, channel);
            channel.id(id);
            association.sendControl(id, Ppid.CONTROL, new Dcep.Open(channel.label(), channel.init()).write());
        } else if (channel.id().orElseThrow() >= association.streams()) {
            byId[channel.id().orElseThrow()] = null;
            fail(channel, "the other side has no stream of this number");
            return;
        }
        channel.opened();
        untold.add(new DataChannelEvent.Opened(channel));
    }

    private void fail(DataChannel channel, String why) {
        channel.closed();
        untold.add(new DataChannelEvent.Failed(channel, why));
        untold.add(new DataChannelEvent.Closed(channel));
    }

    /** RFC 8832 section 6: the DTLS client takes even numbers, the server odd ones. */
    private int freeId() {
        int id = role.orElseThrow() == DtlsRole.CLIENT ? 0 : 1;
        while (id < association.streams() && (find(id).isPresent() || busy.get(id))) {
            id += 2;
        }
        return id < association.streams() ? id : -1;
    }

    /** The owner closed it. */
    void closing(DataChannel channel) {
        if (connected) {
            association.resetStream(channel.id().orElseThrow());
            return;
        }
        waiting.remove(channel);
        channel.id().ifPresent(id -> byId[id] = null);
        channel.closed();
        untold.add(new DataChannelEvent.Closed(channel));
    }

    void onMessage(int stream, int ppid, byte[] buf, int off, int len, DataChannelSink sink) {
        if (ppid == Ppid.CONTROL) {
            onControl(stream, buf, off, len, sink);
            return;
        }
        Optional<DataChannel> open = find(stream).filter(c -> c.readyState() == DataChannel.ReadyState.OPEN);
        Optional<DataChannelEvent> event = open.flatMap(c -> message(c, ppid, buf, off, len));
        open.ifPresent(DataChannel::acknowledge);
        if (event.isPresent()) {
            open.get().received(Ppid.empty(ppid) ? 0 : len);
        }
        event.ifPresentOrElse(sink::event, () -> dropped++);
    }

    private static Optional<DataChannelEvent> message(DataChannel to, int ppid, byte[] buf, int off, int len) {
        int bytes = Ppid.empty(ppid) ? 0 : len;
        return switch (ppid) {
            case Ppid.TEXT, Ppid.TEXT_EMPTY ->
                Optional.of(new DataChannelEvent.Text(to, new String(buf, off, bytes, StandardCharsets.UTF_8)));
            case Ppid.BINARY, Ppid.BINARY_EMPTY ->
                Optional.of(new DataChannelEvent.Binary(to, Arrays.copyOfRange(buf, off, off + bytes)));
            default -> Optional.empty();
        };
    }

    private void onControl(int stream, byte[] buf, int off, int len, DataChannelSink sink) {
        Optional<DataChannel> channel = find(stream);
        if (Dcep.isOpen(buf, off, len)) {
            onOpen(stream, channel, Dcep.parse(buf, off, len), sink);
        } else if (Dcep.isAck(buf, off, len) && channel.isPresent()) {
            channel.get().acknowledge();
        } else {
            dropped++;
        }
    }

    /** RFC 8832 section 6: one that is not sound is not acknowledged, and its stream is reset. */
    private void onOpen(int stream, Optional<DataChannel> known, Optional<Dcep.Open> open, DataChannelSink sink) {
        boolean peers = (stream & 1) == (role.orElseThrow() == DtlsRole.CLIENT ? 1 : 0);
        int names = open.map(o -> bytes(o.label()) + bytes(o.init().protocol())).orElse(0);
        boolean room = incomingNamesBytes + names <= MAX_INCOMING_NAMES_BYTES && stream < association.streams();
        if (known.isPresent() || open.isEmpty() || !peers || !room || busy.get(stream)) {
            dropped++;
            refuse(stream, known);
            return;
        }
        if (association.sendControl(stream, Ppid.CONTROL, Dcep.ack()) != SendResult.QUEUED) {
            return; // It is closing.
        }
        incomingNamesBytes += names;
        DataChannel channel =
                new DataChannel(transport, open.get().label(), open.get().init(), true);
        channel.id(stream);
        put(stream, channel);
        channel.opened();
        sink.event(new DataChannelEvent.Incoming(channel));
        sink.event(new DataChannelEvent.Opened(channel));
    }

    private void refuse(int stream, Optional<DataChannel> known) {
        if (known.isPresent()) {
            known.get().close();
        } else if (stream < association.streams() && !busy.get(stream)) {
            busy.set(stream);
            association.resetStream(stream);
        }
    }

    void onUnqueued(int stream, int ppid, int bytes, DataChannelSink sink) {
        if (ppid == Ppid.CONTROL || Ppid.empty(ppid)) {
            return;
        }
        find(stream)
                .filter(c -> c.unqueued(bytes))
                .ifPresent(c -> sink.event(new DataChannelEvent.BufferedAmountLow(c)));
    }

    void onIncomingReset(int stream, DataChannelSink sink) {
        Optional<DataChannel> channel = find(stream);
        if (channel.isEmpty()) {
            return;
        }
        if (channel.get().onIncomingReset()) {
            association.resetStream(stream); // RFC 8831 section 6.7: and so is ours, when all is sent.
            sink.event(new DataChannelEvent.Closing(channel.get()));
        }
        finish(stream, channel.get(), sink);
    }

    void onOutgoingReset(int stream, boolean done, DataChannelSink sink) {
        Optional<DataChannel> channel = find(stream);
        busy.set(stream, !done); // Where the other side refused, the number is used up.
        if (channel.isPresent()) {
            channel.get().onOutgoingReset();
            if (!done) {
                channel.get().onIncomingReset();
            }
            finish(stream, channel.get(), sink);
        }
    }

    private void finish(int stream, DataChannel channel, DataChannelSink sink) {
        if (channel.reset()) {
            forget(stream, channel);
            channel.closed();
            sink.event(new DataChannelEvent.Closed(channel));
        }
    }

    private void forget(int stream, DataChannel channel) {
        byId[stream] = null;
        if (channel.incoming()) {
            incomingNamesBytes -= bytes(channel.label()) + bytes(channel.protocol());
        }
    }

    /** The association ended in order. */
    void onClosed(DataChannelSink sink) {
        for (DataChannel channel : clear()) {
            channel.closed();
            sink.event(new DataChannelEvent.Closed(channel));
        }
    }

    /** The association ended otherwise, or began anew without its channels. */
    void onLost(String why, DataChannelSink sink) {
        for (DataChannel channel : clear()) {
            channel.closed();
            sink.event(new DataChannelEvent.Failed(channel, why));
            sink.event(new DataChannelEvent.Closed(channel));
        }
    }

    /** Those with a number, and those that wait for one. */
    List<DataChannel> all() {
        List<DataChannel> all = new ArrayList<>();
        for (DataChannel channel : byId) {
            if (channel != null) {
                all.add(channel);
            }
        }
        waiting.stream().filter(c -> !c.negotiated()).forEach(all::add);
        return all;
    }

    private List<DataChannel> clear() {
        List<DataChannel> all = all();
        waiting.clear();
        byId = new DataChannel[0];
        busy.clear();
        incomingNamesBytes = 0;
        return all;
    }
}
