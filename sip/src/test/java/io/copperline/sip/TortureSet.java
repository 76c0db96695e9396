package io.copperline.sip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Messages of an RFC as files, and a table of what becomes of each. */
final class TortureSet {
    private static final String DROPPED = "dropped";
    private static final Path RESOURCES = Path.of("src/test/resources");

    /** A message; the outcome is a status, {@code call} or {@code dropped}. */
    record Message(String name, String outcome, Path file) {
        byte[] bytes() throws IOException {
            return Files.readAllBytes(file);
        }

        @Override
        public String toString() {
            return name + " " + outcome;
        }
    }

    private TortureSet() {}

    /** The messages of the table, each of which must have its file. */
    static List<Message> of(String rfc) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (String line : Files.readAllLines(RESOURCES.resolve(rfc).resolve("outcomes.txt"))) {
            String[] words = line.split("#", 2)[0].strip().split("\\s+");
            if (words.length == 2) {
                Path file = RESOURCES.resolve(rfc).resolve(words[0] + ".dat");
                messages.add(new Message(words[0], words[1], file));
            }
        }
        return messages;
    }

    static long files(String rfc) throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve(rfc))) {
            return files.filter(file -> file.toString().endsWith(".dat")).count();
        }
    }

    /**
     * What a real endpoint makes of it over UDP. Answers go where Via says, which is nowhere in these messages: where none
     * comes back, the message is sent once more with its topmost Via saying UDP and rport (RFC 3581).
     */
    static String outcome(Message message) throws Exception {
        String outcome = outcomeOf(message.bytes());
        return outcome.equals(DROPPED) ? outcomeOf(withRport(message.bytes())) : outcome;
    }

    private static byte[] withRport(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        String via = text.replaceFirst("(?m)^(Via: +)SIP/2.0/(UDP|TCP|TLS) ([^;\r]*)", "$1SIP/2.0/UDP $3;rport");
        if (via.equals(text)) {
            via = text.replaceFirst(";branch", ";rport;branch");
        }
        return via.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** To an endpoint that has heard nothing before. It must answer OPTIONS afterwards. */
    private static String outcomeOf(byte[] bytes) throws Exception {
        try (Party party = new Party(Sample.settings(), Sample.trunk("rack", 5060));
                RawSip raw = new RawSip(party.endpoint.udpPort())) {
            raw.send(bytes);
            String outcome = raw.statusOr(DROPPED);
            IncomingCall call = party.incoming.poll();
            if (call != null) {
                call.refuse(486, 0);
                outcome = "call";
            }
            return outcome;
        }
    }
}
