package io.copperline.sip.jain;

import io.copperline.sip.Drop;
import io.copperline.sip.Drops;
import io.copperline.sip.SipTransport;
import io.copperline.sip.wire.PingListener;
import io.copperline.sip.wire.Source;
import io.copperline.sip.wire.StunBinding;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The UDP port of the stack. What keeps the way open is dealt with here and never reaches the stack: empty lines, and STUN (RFC 5626
 * section 8), which known peers alone are answered. The stack gets to see what
 * the {@link DatagramGate} lets through.
 */
final class SipDatagrams extends DatagramSocket {
    private static final byte[] EMPTY_LINES = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    /** Requests that nobody answers are kept so many. */
    private static final int MOST_ASKED = 512;

    private record Asked(InetSocketAddress peer, PingListener listener) {}

    private final Predicate<Source> known;
    private final DatagramGate gate;
    private final Drops drops;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();

    SipDatagrams(Predicate<Source> known, DatagramGate gate, Drops drops) throws SocketException {
        super((SocketAddress) null);
        this.known = known;
        this.gate = gate;
        this.drops = drops;
    }

    /** Sends two empty lines, which nobody answers. */
    void emptyLine(InetSocketAddress peer) throws IOException {
        send(new DatagramPacket(EMPTY_LINES, EMPTY_LINES.length, peer));
    }

    /** Sends a STUN Binding request with this transaction. */
    void binding(InetSocketAddress peer, String transaction, PingListener listener) throws IOException {
        if (asked.size() >= MOST_ASKED) {
            asked.clear();
        }
        asked.put(transaction, new Asked(peer, listener));
        send(new StunBinding(StunBinding.Kind.REQUEST, transaction, Optional.empty()), peer);
    }

    private void send(StunBinding message, InetSocketAddress peer) throws IOException {
        byte[] bytes = message.write();
        send(new DatagramPacket(bytes, bytes.length, peer));
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        while (true) {
            super.receive(packet);
            if (isStun(packet)) {
                stun(packet);
            } else if (!isEmpty(packet) && isHeard(packet)) {
                return;
            }
            packet.setData(packet.getData()); // all of it, for the next one
        }
    }

    /** Sends a datagram of the stack's, but not what it says to a request that its parser could not read. */
    @Override
    public void send(DatagramPacket packet) throws IOException {
        if (!BadRequest.isOfTheStack(packet.getData(), packet.getOffset(), packet.getLength())) {
            super.send(packet);
            return;
        }
        Optional<byte[]> ours = BadRequest.insteadOf(packet.getData(), packet.getOffset(), packet.getLength());
        if (ours.isPresent()) {
            super.send(new DatagramPacket(ours.get(), ours.get().length, packet.getSocketAddress()));
        }
    }

    private boolean isHeard(DatagramPacket packet) {
        InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
        return switch (gate.onDatagram(packet.getData(), packet.getOffset(), packet.getLength(), from)) {
            case DatagramGate.Fate.Heard _ -> true;
            case DatagramGate.Fate.Dropped _ -> false;
            case DatagramGate.Fate.Answered answered -> {
                refuse(answered.response(), from);
                yield false;
            }
        };
    }

    private void refuse(byte[] response, InetSocketAddress to) {
        try {
            send(new DatagramPacket(response, response.length, to));
        } catch (IOException e) {
            // Who sends us rubbish and cannot be reached need not be told.
        }
    }

    private static boolean isStun(DatagramPacket packet) {
        return StunBinding.isStun(packet.getData(), packet.getOffset(), packet.getLength());
    }

    /** Empty lines, and the single NUL that some send. */
    private static boolean isEmpty(DatagramPacket packet) {
        for (int i = 0; i < packet.getLength(); i++) {
            byte b = packet.getData()[packet.getOffset() + i];
            if (b != '\r' && b != '\n' && b != 0) {
                return false;
            }
        }
        return true;
    }

    private void stun(DatagramPacket packet) {
        InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
        Optional<StunBinding> message = StunBinding.parse(packet.getData(), packet.getOffset(), packet.getLength());
        if (message.isEmpty()) {
            drops.count(Drop.MALFORMED, "STUN");
        } else if (message.get().kind() == StunBinding.Kind.REQUEST) {
            answer(message.get(), from);
        } else {
            heard(message.get(), from);
        }
    }

    private void answer(StunBinding request, InetSocketAddress from) {
        if (!known.test(new Source(from, SipTransport.UDP))) {
            drops.count(Drop.STRANGER, "STUN from " + from);
            return;
        }
        try {
            send(request.answer(from), from);
        } catch (IOException e) {
            drops.count(Drop.OVERLOAD, "STUN answer: " + e.getMessage());
        }
    }

    private void heard(StunBinding answer, InetSocketAddress from) {
        Asked question = asked.get(answer.transaction());
        if (question == null || !question.peer().equals(from)) {
            drops.count(Drop.STRAY, "STUN answer");
            return;
        }
        asked.remove(answer.transaction());
        question.listener().onPong(answer.mapped());
    }
}
