package io.copperline.gateway.it;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bytes that nobody should send, the same in every run. */
final class Junk {
    private static final int[] LENGTHS = {
        0, 1, 2, 3, 4, 7, 8, 11, 12, 13, 19, 20, 21, 64, 150, 172, 548, 1200, 1472, 1500
    };

    private Junk() {}

    /** Noise of many lengths, and the same with first bytes that choose each protocol (RFC 7983). */
    static List<byte[]> noise() {
        Random random = new Random(4711);
        List<byte[]> all = new ArrayList<>();
        for (int first : new int[] {-1, 0, 1, 3, 19, 20, 22, 23, 63, 64, 79, 128, 144, 191, 192, 255}) {
            for (int length : LENGTHS) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                if (first >= 0 && length > 0) {
                    bytes[0] = (byte) first;
                }
                all.add(bytes);
            }
        }
        return all;
    }

    /** Binding requests: short, with lengths that lie, with a user nobody has, and with attributes that do not end. */
    static List<byte[]> stun() {
        List<byte[]> all = new ArrayList<>();
        byte[] request = stun("nobody:either", 0);
        for (int length = 0; length < request.length; length++) {
            all.add(Arrays.copyOf(request, length));
        }
        for (int lie : new int[] {1, 4, 400, 0x7fff}) {
            all.add(stun("nobody:either", lie));
        }
        all.add(request);
        all.add(stun("x".repeat(512), 0));
        return all;
    }

    /** What a flood is made of: a check for nobody, and the beginning of a handshake. */
    static List<byte[]> introductions() {
        byte[] hello = new byte[1200];
        hello[0] = 22;
        hello[1] = (byte) 0xFE;
        hello[2] = (byte) 0xFD;
        hello[11] = (byte) (1187 >> 8);
        hello[12] = (byte) 1187;
        hello[13] = 1;
        return List.of(stun("nobody:either", 0), hello);
    }

    private static byte[] stun(String username, int lie) {
        byte[] name = username.getBytes(StandardCharsets.US_ASCII);
        int padded = (name.length + 3) / 4 * 4;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put16(out, 0x0001);
        put16(out, 4 + padded + lie);
        out.writeBytes(new byte[] {0x21, 0x12, (byte) 0xA4, 0x42});
        out.writeBytes(new byte[12]);
        put16(out, 0x0006);
        put16(out, name.length);
        out.writeBytes(name);
        out.writeBytes(new byte[padded - name.length]);
        return out.toByteArray();
    }

    private static void put16(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    /** RTP headers that promise more than there is, and payload types nobody agreed on. */
    static List<byte[]> rtp() {
        List<byte[]> all = new ArrayList<>();
        for (int first : new int[] {0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF}) {
            for (int payloadType : new int[] {0, 8, 13, 72, 77, 101, 127, 128 + 101}) {
                for (int length : new int[] {12, 13, 16, 24, 172}) {
                    byte[] bytes = new byte[length];
                    bytes[0] = (byte) first;
                    bytes[1] = (byte) payloadType;
                    Arrays.fill(bytes, 8, 12, (byte) 0x55);
                    Arrays.fill(bytes, 12, length, (byte) 0xFF);
                    all.add(bytes);
                }
            }
        }
        return all;
    }

    /** SIP that is none, or nearly. The third ended a listening thread of JAIN-SIP's. */
    static List<byte[]> sip() {
        String head = "OPTIONS sip:x@127.0.0.1 SIP/2.0\r\n";
        String rest = "Max-Forwards: 70\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: j\r\nCSeq: 1 OPTIONS\r\n";
        String via = "Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKj\r\n";
        List<byte[]> all = new ArrayList<>(noise());
        for (String text : List.of(
                "\r\n\r\n",
                "SIP/2.0",
                head + "Via: SIP/2.0/UDP h (\\\r\n\r\n",
                head + via + rest + "Content-Length: 99999\r\n\r\nx",
                head + via + rest + "Content-Length: -1\r\n\r\n",
                head + via + via.repeat(300) + rest + "\r\n",
                head + via + rest + "X: " + "y".repeat(30_000) + "\r\n\r\n",
                head + via + "From: \"" + "\\".repeat(99) + "\r\n\r\n",
                head + via + rest.replace("1 OPTIONS", "99999999999 OPTIONS") + "\r\n",
                head.replace("x@127", "%00%ff@[[:") + via + rest + "\r\n",
                "SIP/2.0 999 Never\r\n" + via + rest + "\r\n",
                "SIP/2.0 200 OK\r\n" + via + rest.replace("OPTIONS", "INVITE") + "\r\n",
                "INVITE sip:+12025550150@127.0.0.1 SIP/2.0\r\n" + via + rest + "\r\n",
                "BYE sip:x SIP/2.0\r\n" + via + rest.replace("OPTIONS", "BYE") + "\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "\0\0\0\0")) {
            all.add(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return all;
    }

    /** What is no HTTP, or too much of it. */
    static List<byte[]> http() {
        List<byte[]> all = new ArrayList<>();
        for (String text : List.of(
                "\r\n\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n" + ("X: " + "y".repeat(500) + "\r\n").repeat(100) + "\r\n",
                "POST /v1/calls HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
                "POST /v1/calls HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /v1/calls HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\377\4\0\0\0\0\0",
                "\26\3\1\2\0\1\0\1\374\3\3")) {
            all.add(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        Random random = new Random(42);
        for (int length : LENGTHS) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            all.add(bytes);
        }
        return all;
    }

    /** WebSocket messages that the gateway knows nothing of. */
    static List<String> messages() {
        return List.of(
                "",
                "hello",
                "{",
                "[]",
                "null",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"nothing\"}",
                "{\"type\":\"call\"}",
                "{\"type\":\"call\",\"ref\":\"" + "r".repeat(500) + "\",\"to\":\"+12025550100\",\"offer\":\"\"}",
                "{\"type\":\"call\",\"ref\":\"1\",\"to\":\"+12025550100\",\"offer\":\"v=0\"}",
                "{\"type\":\"answer\",\"call\":\"nope\",\"offer\":\"v=0\"}",
                "{\"type\":\"candidates\",\"call\":\"nope\",\"sdpfrag\":\"\\u0000\"}",
                "{\"type\":\"resume\",\"call\":\"nope\",\"after\":-1}",
                "{\"type\":\"hangup\",\"call\":{}}",
                "{\"type\":\"token\",\"token\":\"a.b.c\"}",
                "{\"type\":\"hello\",\"token\":\"again\"}",
                "[".repeat(30_000),
                "{\"a\":".repeat(9_000),
                "{\"type\":\"ping\",\"n\":1e999999999}",
                "\"" + "\\u0000".repeat(5_000) + "\"");
    }
}
