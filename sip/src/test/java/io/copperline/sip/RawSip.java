package io.copperline.sip;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Sends bytes at an endpoint and reads what comes back, knowing nothing of SIP. */
final class RawSip implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int WHILE_MILLIS = 250;
    /** As often as a client repeats a request, at first (RFC 3261 section 17.1.2.2). */
    private static final int REPEAT_MILLIS = 500;

    private final DatagramSocket socket;
    private int port;
    private int count;

    RawSip(int port) throws IOException {
        this.port = port;
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    int localPort() {
        return socket.getLocalPort();
    }

    /** Sends there from now on. */
    void aim(int newPort) {
        port = newPort;
    }

    void send(byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A request in the right form, whose answer finds its way back. */
    String request(String method, String uri, String more, String body) {
        count++;
        return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + socket.getLocalPort()
                + ";rport;branch=z9hG4bK" + socket.getLocalPort() + "x" + count
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:raw@127.0.0.1>;tag=raw\r\nTo: <" + uri + ">\r\nCall-ID: raw"
                + count
                + "-" + socket.getLocalPort() + "\r\nCSeq: 1 " + method + "\r\nContact: <sip:raw@127.0.0.1:"
                + socket.getLocalPort() + ">\r\n" + more + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    /** The next datagram as text, if one comes. */
    Optional<String> receive() throws IOException {
        byte[] buffer = new byte[65536];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        try {
            socket.receive(packet);
            return Optional.of(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    /**
     * Asks with OPTIONS whether the endpoint lives; what else comes in is thrown away. Behind a burst of datagrams the kernel may
     * have no room for one more: it is asked again.
     */
    boolean lives() throws IOException {
        String options = request("OPTIONS", "sip:127.0.0.1", "", "");
        String callId = "raw" + count + "-" + socket.getLocalPort();
        socket.setSoTimeout(REPEAT_MILLIS);
        try {
            for (int asked = 0; asked < PATIENCE_MILLIS / REPEAT_MILLIS; asked++) {
                send(options);
                Optional<String> answer = receive();
                while (answer.isPresent() && !answer.get().contains(callId)) {
                    answer = receive();
                }
                if (answer.isPresent()) {
                    return answer.get().startsWith("SIP/2.0 200");
                }
            }
            return false;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** Whether nothing comes for a while. */
    boolean hearsNothing() throws IOException {
        socket.setSoTimeout(WHILE_MILLIS);
        try {
            return receive().isEmpty();
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /**
     * The next final status that comes, and this word where none does: not before an OPTIONS that is sent now is answered, which
     * it must be, nor for a while after that.
     */
    String statusOr(String none) throws IOException {
        send(request("OPTIONS", "sip:127.0.0.1", "", ""));
        String callId = "raw" + count + "-" + socket.getLocalPort();
        Optional<String> status = Optional.empty();
        boolean lives = false;
        try {
            while (status.isEmpty() || !lives) {
                Optional<String> answer = receive();
                if (answer.isEmpty() && !lives) {
                    throw new AssertionError("the stack answers no more");
                } else if (answer.isEmpty()) {
                    return none;
                } else if (answer.get().contains(callId)) {
                    lives = true;
                    socket.setSoTimeout(WHILE_MILLIS);
                } else if (!answer.get().startsWith("SIP/2.0 1")) {
                    status = Optional.of(answer.get().split(" ")[1]);
                }
            }
            return status.get();
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** The status of the final response to this request, or 0. */
    int status(String request) throws IOException {
        return Integer.parseInt(answer(request).map(text -> text.split(" ")[1]).orElse("0"));
    }

    Optional<String> answer(String request) throws IOException {
        send(request);
        String branch = request.replaceFirst("(?s).*;branch=(\\S+).*", "$1");
        while (true) {
            Optional<String> answer = receive();
            // Refusals of earlier INVITEs are repeated, since nobody acknowledges them.
            boolean another = answer.filter(text -> !text.contains(branch)).isPresent();
            if (answer.isEmpty() || !another && !answer.get().startsWith("SIP/2.0 1")) {
                return answer;
            }
        }
    }

    /** Throws bytes at a TCP port and waits until the far side has had its say. */
    static void throwAt(int tcpPort, byte[] bytes) throws IOException {
        try (Socket tcp = new Socket(InetAddress.getLoopbackAddress(), tcpPort)) {
            tcp.setSoTimeout(50);
            OutputStream out = tcp.getOutputStream();
            out.write(bytes);
            out.flush();
            tcp.shutdownOutput();
            InputStream in = tcp.getInputStream();
            byte[] buffer = new byte[4096];
            while (in.read(buffer) > 0) {
                // not looked at
            }
        } catch (SocketTimeoutException e) {
            // it said nothing
        } catch (SocketException e) {
            // it was cut off
        }
    }

    /** Whether OPTIONS over TCP is answered. */
    static boolean livesOnTcp(int tcpPort) throws IOException {
        String options = "OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:9;rport;branch=z9hG4bKtcp"
                + System.nanoTime() + "\r\nMax-Forwards: 70\r\nFrom: <sip:raw@127.0.0.1>;tag=raw\r\n"
                + "To: <sip:127.0.0.1>\r\nCall-ID: tcp" + System.nanoTime()
                + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
        try (Socket tcp = new Socket(InetAddress.getLoopbackAddress(), tcpPort)) {
            tcp.setSoTimeout(PATIENCE_MILLIS);
            tcp.getOutputStream().write(options.getBytes(StandardCharsets.UTF_8));
            byte[] buffer = new byte[4096];
            int read = tcp.getInputStream().read(buffer);
            return read > 0 && new String(buffer, 0, read, StandardCharsets.UTF_8).startsWith("SIP/2.0 200");
        } catch (SocketTimeoutException | SocketException e) {
            return false; // it is closed at once where we are not let in, before or after it was asked
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
