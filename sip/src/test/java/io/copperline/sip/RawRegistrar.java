package io.copperline.sip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A registrar over TCP, one connection after the other, that says yes to everything; what comes is told line by line. */
final class RawRegistrar implements AutoCloseable {
    private final ServerSocket server;
    private final String more;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private volatile Socket connection = new Socket();
    private volatile boolean answers = true;

    /** @param more headers of its answers */
    RawRegistrar(String more) throws IOException {
        this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.more = more;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Whether it answers requests from now on. */
    RawRegistrar answers(boolean value) {
        answers = value;
        return this;
    }

    /** Waits for {@code REGISTER} or {@code ping}. */
    void await(String wanted) throws InterruptedException {
        String next = heard.poll(20, TimeUnit.SECONDS);
        if (!wanted.equals(next)) {
            throw new AssertionError("waited for " + wanted + ", and there came " + next);
        }
    }

    /** What has come and was not waited for. */
    int unheard() {
        return heard.size();
    }

    void pong() throws IOException {
        say("\r\n");
    }

    /** Ends the connection. */
    void cut() throws IOException {
        connection.close();
    }

    private void say(String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket accepted = server.accept()) {
                connection = accepted;
                read(accepted.getInputStream());
            } catch (IOException e) {
                // Cut, or closed: the next one.
            }
        }
    }

    private void read(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            text.append((char) c);
            if (text.toString().equals("\r\n\r\n")) {
                heard.add("ping");
                text.setLength(0);
            } else if (text.length() > 4 && text.toString().endsWith("\r\n\r\n")) {
                String request = text.toString();
                text.setLength(0);
                heard.add(request.substring(0, request.indexOf(' ')));
                if (answers) {
                    say(answer(request));
                }
            }
        }
    }

    private String answer(String request) {
        String copied = Arrays.stream(request.split("\r\n"))
                .filter(line -> line.matches("(?i)(Via|From|Call-ID|CSeq|Contact):.*"))
                .collect(Collectors.joining("\r\n"));
        String to = Arrays.stream(request.split("\r\n"))
                .filter(line -> line.startsWith("To:"))
                .findFirst()
                .orElseThrow();
        return "SIP/2.0 200 OK\r\n" + copied + "\r\n" + to + ";tag=raw\r\n" + more + "Content-Length: 0\r\n\r\n";
    }

    @Override
    public void close() {
        try {
            server.close();
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
