package io.copperline.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** A real name server in a {@link Namespace}, for {@code carrier.test} and nothing else. Its zone is complete before it starts. */
final class Dnsmasq implements AutoCloseable {
    /** So short that a test sees it pass; not shorter than the gateway heeds. */
    static final Duration TTL = Duration.ofSeconds(5);

    private static final int PORT = 53;
    private static final int LISTENS_MILLIS = 250;
    private static final String ZONE = "carrier.test";

    private final Namespace network;
    private final Path directory;
    private final List<String> records = new ArrayList<>();
    private Process process;

    Dnsmasq(Namespace network, Path directory) {
        this.network = network;
        this.directory = directory;
    }

    /** @param service such as {@code SIP+D2U}, whose SRV records have the other name */
    Dnsmasq naptr(int preference, String service, String srv) {
        records.add("--naptr-record=" + ZONE + ",10," + preference + ",s," + service + ",," + srv);
        return this;
    }

    Dnsmasq srv(String name, String host, int port, int priority, int weight) {
        records.add("--srv-host=" + name + "," + host + "," + port + "," + priority + "," + weight);
        return this;
    }

    /** A or AAAA records, as the addresses are. */
    Dnsmasq host(String name, String... addresses) {
        records.add("--host-record=" + name + "," + String.join(",", addresses));
        return this;
    }

    /** The last record is another one. */
    Dnsmasq forgetLast() {
        records.removeLast();
        return this;
    }

    /** Answers from now on. */
    Dnsmasq start() {
        List<String> command = new ArrayList<>(network.inside(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--no-resolv",
                "--no-hosts",
                "--user=root",
                "--pid-file=",
                "--bind-interfaces",
                "--listen-address=" + network.there(),
                "--local=/" + ZONE + "/",
                "--local-ttl=" + TTL.toSeconds()));
        command.addAll(records);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("dnsmasq.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("dnsmasq answers: " + directory.resolve("dnsmasq.log"), this::answers);
        return this;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.ofLiteral(network.there()), PORT);
    }

    private boolean answers() {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] query = Message.newQuery(Record.newRecord(Name.fromString(ZONE + "."), Type.A, DClass.IN))
                    .toWire();
            socket.setSoTimeout(LISTENS_MILLIS);
            socket.connect(address());
            socket.send(new DatagramPacket(query, query.length));
            socket.receive(new DatagramPacket(new byte[512], 512));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** From now on nobody answers. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
