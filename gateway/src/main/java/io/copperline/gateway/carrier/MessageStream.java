package io.copperline.gateway.carrier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts messages from a stream by their Content-Length (RFC 3261 section 18.3). */
final class MessageStream {
    private static final int LARGEST = 65_535;
    private static final int BLANK = 0x0d0a0d0a;
    private static final Pattern LENGTH =
            Pattern.compile("\r\n(?:Content-Length|l)\\s*:\\s*([0-9]{1,5})\\s*\r\n", Pattern.CASE_INSENSITIVE);

    private final InputStream in;
    private final Runnable pong;
    private boolean ended;

    /** @param pong called for each ping, two empty lines (RFC 5626 section 4.4.1) */
    MessageStream(InputStream in, Runnable pong) {
        this.in = in;
        this.pong = pong;
    }

    /** The next message; empty at the end, which also is behind a message whose length is not known. */
    Optional<byte[]> next() throws IOException {
        if (ended) {
            in.transferTo(OutputStream.nullOutputStream()); // the answer is on its way still
            return Optional.empty();
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int last = 0; // the last four bytes
        while (last != BLANK) {
            int next = in.read();
            if (next < 0 || message.size() > LARGEST) {
                return Optional.empty();
            }
            last = last << 8 | next;
            message.write(next);
            if (message.size() == 4 && last == BLANK) {
                pong.run();
                message.reset();
                last = 0;
            } else if (message.size() == 3 && message.toByteArray()[0] == '\r' && next != '\r') {
                keep(message, next); // one empty line, before a message
            }
        }
        int length = length(message.toString(StandardCharsets.UTF_8));
        if (length < 0 || length > LARGEST) {
            ended = true; // The message is told of, and nobody can know where the next one begins.
            return Optional.of(message.toByteArray());
        }
        byte[] body = in.readNBytes(length);
        message.writeBytes(body);
        return body.length < length ? Optional.empty() : Optional.of(message.toByteArray());
    }

    private static void keep(ByteArrayOutputStream message, int last) {
        message.reset();
        message.write(last);
    }

    /** -1 where there is none, which is a fault on a stream (RFC 3261 section 20.14). */
    private static int length(String head) {
        Matcher length = LENGTH.matcher(head);
        return length.find() ? Integer.parseInt(length.group(1)) : -1;
    }
}
