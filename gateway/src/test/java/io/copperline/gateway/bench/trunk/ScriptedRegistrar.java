package io.copperline.gateway.bench.trunk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registrar that takes no account at its word: each REGISTER is challenged with a nonce of its own, and the digest that comes
 * back is checked (RFC 2617, MD5 with qop). It grants a second.
 */
final class ScriptedRegistrar implements AutoCloseable {
    static final String PASSWORD = "secret";

    private static final String REALM = "bench";
    private static final int LONGEST_BYTES = 8_192;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final Pattern CALL_ID = Pattern.compile("(?im)^(?:Call-ID|i):[ ]*(.*?)\r?$");
    private static final Pattern CREDENTIALS = Pattern.compile("(?im)^Authorization:(.*)$");
    private static final Pattern CONTACT = Pattern.compile("(?im)^(?:Contact|m):[ ]*(<[^>]*>)");
    private static final Pattern ECHOED =
            Pattern.compile("(?im)^((?:Via|v|From|f|Call-ID|i|CSeq):.*?)\r?$|^((?:To|t):.*?)\r?$");

    private final DatagramChannel socket;
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong registered = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();

    ScriptedRegistrar(int port) throws IOException {
        socket = DatagramChannel.open();
        socket.setOption(java.net.StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofPlatform().daemon().name("registrar").start(this::read);
    }

    /** REGISTERs that came, repeated ones too. */
    long messages() {
        return messages.get();
    }

    /** Those that were granted. */
    long registered() {
        return registered.get();
    }

    /** Digests that were not right. */
    long wrong() {
        return wrong.get();
    }

    private void read() {
        ByteBuffer buf = ByteBuffer.allocate(LONGEST_BYTES);
        try {
            while (true) {
                buf.clear();
                SocketAddress from = socket.receive(buf);
                String text = new String(buf.array(), 0, buf.position(), StandardCharsets.ISO_8859_1);
                if (text.startsWith("REGISTER ")) {
                    messages.incrementAndGet();
                    socket.send(ByteBuffer.wrap(answer(text).getBytes(StandardCharsets.ISO_8859_1)), from);
                }
            }
        } catch (AsynchronousCloseException e) {
            // It is over.
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String answer(String request) {
        Matcher credentials = CREDENTIALS.matcher(request);
        String nonce = found(CALL_ID, request) + "." + number(request);
        if (!credentials.find() || !isFresh(credentials.group(1), request)) {
            return response(request, "401 Unauthorized")
                    + "WWW-Authenticate: Digest realm=\"" + REALM + "\", nonce=\"" + nonce
                    + "\", qop=\"auth\", algorithm=MD5, stale=true\r\nContent-Length: 0\r\n\r\n";
        }
        if (!isRight(credentials.group(1))) {
            wrong.incrementAndGet();
            return response(request, "403 Forbidden") + "Content-Length: 0\r\n\r\n";
        }
        registered.incrementAndGet();
        return response(request, "200 OK") + "Contact: " + found(CONTACT, request)
                + ";expires=1\r\nContent-Length: 0\r\n\r\n";
    }

    /** A nonce is for the next request of its Call-ID, and for no other. */
    private static boolean isFresh(String credentials, String request) {
        return field(credentials, "nonce").equals(found(CALL_ID, request) + "." + (number(request) - 1));
    }

    private static boolean isRight(String credentials) {
        String a1 = hash(field(credentials, "username") + ":" + REALM + ":" + PASSWORD);
        String a2 = hash("REGISTER:" + field(credentials, "uri"));
        String right = hash(a1 + ":" + field(credentials, "nonce") + ":" + field(credentials, "nc") + ":"
                + field(credentials, "cnonce") + ":auth:" + a2);
        return right.equals(field(credentials, "response"));
    }

    private static String response(String request, String status) {
        StringBuilder out = new StringBuilder("SIP/2.0 " + status + "\r\n");
        Matcher echoed = ECHOED.matcher(request);
        while (echoed.find()) {
            out.append(echoed.group(1) != null ? echoed.group(1) : echoed.group(2) + ";tag=registrar")
                    .append("\r\n");
        }
        return out.toString();
    }

    private static int number(String request) {
        Matcher cseq = Pattern.compile("(?im)^CSeq:[ ]*(\\d+)").matcher(request);
        return cseq.find() ? Integer.parseInt(cseq.group(1)) : 0;
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String field(String credentials, String name) {
        Matcher matcher =
                Pattern.compile("(?:^|[ ,])" + name + "=\"?([^\",\\s]*)").matcher(credentials);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
