package io.copperline.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;

/** A name server on loopback with the records of one test. Its zone is complete before it is asked. */
final class DnsServer implements AutoCloseable {
    private static final long TTL_SECONDS = 300;
    private static final int LONGEST_BYTES = 1_232;

    private final DatagramSocket socket;
    private final List<Record> zone = new ArrayList<>();

    private DnsServer(DatagramSocket socket) {
        this.socket = socket;
    }

    static DnsServer open() throws IOException {
        return new DnsServer(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** A server of the service {@code _sip._udp.carrier.test} and the like, on loopback. */
    DnsServer srv(String service, int priority, int weight, int port) {
        zone.add(new SRVRecord(name(service), DClass.IN, TTL_SECONDS, priority, weight, port, name("here.test")));
        return this;
    }

    DnsServer naptr(String host, int order, int preference, String service, String replacement) {
        zone.add(new NAPTRRecord(
                name(host), DClass.IN, TTL_SECONDS, order, preference, "s", service, "", name(replacement)));
        return this;
    }

    /** Answers from now on. */
    DnsServer start() {
        zone.add(new ARecord(name("here.test"), DClass.IN, TTL_SECONDS, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(this::serve);
        return this;
    }

    private void serve() {
        byte[] bytes = new byte[LONGEST_BYTES];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                socket.receive(packet);
                Message query = new Message(java.util.Arrays.copyOf(bytes, packet.getLength()));
                byte[] answer = answer(query).toWire();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private Message answer(Message query) {
        Record question = query.getQuestion();
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        answer.addRecord(question, Section.QUESTION);
        zone.stream()
                .filter(one -> one.getName().equals(question.getName()) && one.getType() == question.getType())
                .forEach(one -> answer.addRecord(one, Section.ANSWER));
        boolean known = zone.stream().anyMatch(one -> one.getName().equals(question.getName()));
        answer.getHeader().setRcode(known ? Rcode.NOERROR : Rcode.NXDOMAIN);
        return answer;
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text + ".");
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
