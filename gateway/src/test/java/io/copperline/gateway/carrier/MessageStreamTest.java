package io.copperline.gateway.carrier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageStreamTest {
    private int pongs;

    /** A stream that gives a few bytes at a time, as a network may. */
    private static InputStream chunks(byte[] bytes, int most) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, most));
            }
        };
    }

    private List<byte[]> messages(InputStream in) throws IOException {
        MessageStream stream = new MessageStream(in, () -> pongs++);
        List<byte[]> messages = new ArrayList<>();
        for (Optional<byte[]> next = stream.next(); next.isPresent(); next = stream.next()) {
            messages.add(next.get());
        }
        return messages;
    }

    private List<byte[]> messages(String text) throws IOException {
        return messages(chunks(text.getBytes(StandardCharsets.UTF_8), 1000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100_000})
    void cutsMessagesHoweverTheyArrive(int chunk) throws IOException {
        byte[] invite = Requests.invite().bytes();
        byte[] options = Requests.of("OPTIONS", 2).bytes();
        byte[] both = new byte[invite.length + options.length];
        System.arraycopy(invite, 0, both, 0, invite.length);
        System.arraycopy(options, 0, both, invite.length, options.length);
        List<byte[]> messages = messages(chunks(both, chunk));
        assertEquals(2, messages.size());
        assertArrayEquals(invite, messages.getFirst());
        assertArrayEquals(options, messages.getLast());
    }

    @Test
    void answersPingsAndPassesOverEmptyLines() throws IOException {
        String options = Requests.of("OPTIONS", 2).toString();
        List<byte[]> messages = messages("\r\n\r\n" + options + "\r\n" + options + "\r\n\r\n\r\n\r\n");
        assertEquals(3, pongs);
        assertEquals(2, messages.size());
        assertEquals(options, new String(messages.getLast(), StandardCharsets.UTF_8));
    }

    @Test
    void understandsTheShortNameOfTheLength() throws IOException {
        List<byte[]> messages = messages("OPTIONS sip:a SIP/2.0\r\nL : 3\r\n\r\nabcOPTIONS");
        assertEquals(1, messages.size());
        assertTrue(new String(messages.getFirst(), StandardCharsets.UTF_8).endsWith("\r\n\r\nabc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Via: x", "Content-Length: 65536", "Content-Length: -1", "Content-Length: 99999999999"})
    void behindAMessageOfUnknownLengthNothingIsRead(String header) throws IOException {
        List<byte[]> messages =
                messages("OPTIONS sip:a SIP/2.0\r\n" + header + "\r\n\r\nOPTIONS sip:b SIP/2.0\r\n\r\n");
        assertEquals(1, messages.size());
    }

    @Test
    void whatNeverEndsIsLeft() throws IOException {
        assertEquals(List.of(), messages("X".repeat(200_000) + "\r\n\r\n"));
        assertEquals(List.of(), messages("OPTIONS sip:a SIP/2.0\r\nVia"));
        assertEquals(List.of(), messages("OPTIONS sip:a SIP/2.0\r\nContent-Length: 5\r\n\r\nabc"));
    }
}
