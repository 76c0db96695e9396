package io.copperline.gateway.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Bytes that are thrown at the gateway's ports from loopback, and what is left of it afterwards. */
final class Shots {
    private static final int ROUND = 40;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Shots() {}

    /** No faster than a socket's buffer is read: what the kernel drops for want of room nobody can count. */
    static void shoot(List<byte[]> datagrams, int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < datagrams.size(); i++) {
                byte[] bytes = datagrams.get(i);
                socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
                if (i % ROUND == ROUND - 1) {
                    LockSupport.parkNanos(ROUND_NANOS);
                }
            }
        }
    }

    /** Throws bytes at a TCP port, and hears what is answered until the other side has had enough. */
    static String throwAt(byte[] bytes, int port) throws IOException {
        try (Socket tcp = new Socket(InetAddress.getLoopbackAddress(), port)) {
            tcp.setSoTimeout(100);
            tcp.getOutputStream().write(bytes);
            tcp.shutdownOutput();
            InputStream in = tcp.getInputStream();
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[4096];
            try {
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                }
            } catch (SocketTimeoutException e) {
                // It waits for the rest.
            }
            return answer.toString();
        } catch (SocketException e) {
            return ""; // It was cut off.
        }
    }

    static boolean answersOptions(int port) {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            byte[] bytes = options("UDP", socket.getLocalPort()).getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(1_000);
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8)
                    .startsWith("SIP/2.0 200");
        } catch (IOException e) {
            return false;
        }
    }

    /** How many datagrams the kernel has dropped at a port of this machine for want of room. */
    static long unread(int port) {
        String local = ":%04X ".formatted(port);
        return Stream.of("/proc/net/udp", "/proc/net/udp6")
                .flatMap(table -> Sipp.text(Path.of(table)).lines())
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> (fields[1] + " ").endsWith(local))
                .mapToLong(fields -> Long.parseLong(fields[fields.length - 1]))
                .sum();
    }

    /** Whether a connection is let in and a request on it answered. */
    static boolean connects(int port) {
        try (Socket one = new Socket(InetAddress.getLoopbackAddress(), port)) {
            one.setSoTimeout(20_000);
            one.getOutputStream().write(options("TCP", 9).getBytes(StandardCharsets.US_ASCII));
            return one.getInputStream().read() == 'S';
        } catch (IOException e) {
            return false;
        }
    }

    private static String options(String transport, int port) {
        return "OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/" + transport + " 127.0.0.1:" + port
                + ";rport;branch=z9hG4bKalive" + System.nanoTime()
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:a@127.0.0.1>;tag=1\r\n"
                + "To: <sip:127.0.0.1>\r\nCall-ID: alive\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    }
}
