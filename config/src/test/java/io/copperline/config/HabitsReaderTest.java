package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.config.CarrierHabits.HeaderHabit;
import io.copperline.config.CarrierHabits.Media;
import io.copperline.config.CarrierHabits.Registration;
import io.copperline.config.CarrierHabits.Reporting;
import io.copperline.sip.SipTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HabitsReaderTest {
    private static final Path PAGE = Path.of("../docs/carrier-kit.md");
    private static final String TABLE_HEAD = "| key | default | |\n|---|---|---|\n";

    @TempDir
    Path directory;

    private CarrierHabits read(String yaml, Map<String, String> environment) throws IOException, ConfigProblems {
        return HabitsReader.read(Files.writeString(directory.resolve("own.yaml"), yaml), environment);
    }

    private List<String> problems(String yaml) throws IOException {
        try {
            read(yaml, Map.of());
            return List.of();
        } catch (ConfigProblems e) {
            return e.problems().stream()
                    .map(problem -> problem.toString().replace(directory + "/", ""))
                    .toList();
        }
    }

    static List<String> names() {
        return HabitsReader.shipped();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyProfileHasACarrier(String name) {
        CarrierHabits habits = HabitsReader.shipped(name);
        assertFalse(habits.codecs().isEmpty());
        assertTrue(habits.telephoneEvent());
    }

    @Test
    void everyFileHasAName() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/io/copperline/config/habits"))) {
            assertEquals(
                    HabitsReader.shipped(),
                    files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void everyFileSaysWhereItsHabitsComeFromAndWhichAreOurs() throws IOException {
        for (String name : names()) {
            String text = Files.readString(Path.of("src/main/resources/io/copperline/config/habits", name + ".yaml"));
            assertTrue(text.startsWith("# "), name);
            assertTrue(text.contains("# https://") || text.contains("(a copy is at https://"), name);
            assertTrue(text.contains("# Ours: "), name);
        }
    }

    @Test
    void anotherNameIsTold() {
        String message = assertThrows(IllegalArgumentException.class, () -> HabitsReader.shipped("twillio"))
                .getMessage();
        assertTrue(message.startsWith("There is no carrier twillio. There are asterisk, bandwidth, "), message);
    }

    @Test
    void anEmptyFileIsACarrierThatTakesNearlyEverything() throws IOException, ConfigProblems {
        CarrierHabits habits = read("", Map.of());
        assertEquals(SipTransport.UDP, habits.transport());
        assertEquals(Registration.OPTIONAL, habits.registration());
        assertEquals(0, habits.challenge());
        assertEquals(Optional.empty(), habits.from());
        assertEquals(Optional.empty(), habits.contact());
        assertFalse(habits.fromIsAccount());
        assertEquals(List.of(AudioCodec.PCMU, AudioCodec.PCMA), habits.codecs());
        assertEquals(Media.PLAIN, habits.media());
        assertEquals(List.of("INFO", "PRACK", "UPDATE"), habits.methods());
        assertEquals(0, habits.reliable());
        assertEquals(Reporting.APART, habits.reporting());
    }

    @Test
    void readsEveryKey() throws IOException, ConfigProblems {
        CarrierHabits habits = read("""
                transport: tcp
                registration: required
                challenge: 401
                called: '\\+1[0-9]{10}'
                called-refusal: 484
                from: '[0-9]+'
                caller-refusal: 606
                contact: '[a-z.]+'
                contact-refusal: 400
                headers: ['X-Customer: ${env:CUSTOMER}', 'P-Asserted-Identity: \\+[1-9][0-9]{1,14}']
                barred: ['Supported: .*100rel.*']
                codecs: [g722, opus]
                telephone-event: false
                media: either
                methods: [PRACK, UPDATE]
                extensions: [100rel]
                reliable: 183
                rtcp: mux
                """, Map.of("CUSTOMER", "4711"));
        assertEquals(SipTransport.TCP, habits.transport());
        assertEquals(Registration.REQUIRED, habits.registration());
        assertEquals(401, habits.challenge());
        assertEquals("\\+1[0-9]{10}", habits.called().pattern());
        assertEquals(484, habits.calledRefusal());
        assertEquals("[0-9]+", habits.from().orElseThrow().pattern());
        assertEquals(606, habits.callerRefusal());
        assertEquals("[a-z.]+", habits.contact().orElseThrow().pattern());
        assertEquals(400, habits.contactRefusal());
        assertEquals(
                List.of("X-Customer: 4711", "P-Asserted-Identity: \\+[1-9][0-9]{1,14}"),
                habits.headers().stream().map(HeaderHabit::toString).toList());
        assertEquals("Supported", habits.barred().getFirst().name());
        assertEquals(List.of(AudioCodec.G722, AudioCodec.OPUS), habits.codecs());
        assertFalse(habits.telephoneEvent());
        assertEquals(Media.EITHER, habits.media());
        assertEquals(List.of("PRACK", "UPDATE"), habits.methods());
        assertEquals(List.of("100rel"), habits.extensions());
        assertEquals(183, habits.reliable());
        assertEquals(Reporting.MUX, habits.reporting());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "transport: utp | transport: expected udp, tcp or tls, found utp. Fix: write udp.",
                "registration: yes | registration: expected none, optional or required, found yes. Fix: write for instance registration: optional.",
                "challenge: 403 | challenge: expected 401, 407, or 0 for none, found 403. Fix: write for instance challenge: 0.",
                "called: '(' | called: expected a regular expression, found (. Fix: correct the expression: Unclosed group.",
                "called-refusal: 200 | called-refusal: expected a whole number from 400 to 699, found 200. Fix: write for instance called-refusal: 404.",
                "from: '[' | from: expected account, or a regular expression, found [. Fix: correct the expression: Unclosed character class.",
                "contact: [a] | contact: expected a regular expression, found a list. Fix: write contact: [a-z0-9.-]+.",
                "headers: [From] | headers: expected a header and a regular expression, Name: expression, found From. Fix: write for instance headers: ['P-Asserted-Identity: \\+[0-9]+'].",
                "headers: ['From: ('] | headers: expected a header and a regular expression, Name: expression, found From: (. Fix: correct the expression: Unclosed group.",
                "codecs: [] | codecs: expected at least one codec, found none. Fix: write codecs: [pcmu, pcma].",
                "codecs: [g729] | codecs: expected opus, pcmu, pcma or g722, found g729. Fix: write g722.",
                "media: srtp | media: expected plain, either or encrypted, found srtp. Fix: write for instance media: plain.",
                "methods: [update] | methods: expected a method in capital letters, found update. Fix: write for instance methods: [INFO, UPDATE].",
                "telephone-event: yes | telephone-event: expected true or false, found yes. Fix: write true.",
                "reliable: 181 | reliable: expected 180, 183, or 0 for neither, found 181. Fix: write for instance reliable: 0.",
                "rtcp: on | rtcp: expected off, apart or mux, found on. Fix: write off.",
                "tranport: udp | tranport: expected a known key. Fix: did you mean transport? Otherwise remove it.",
            })
    void everyProblemHasItsLineItsKeyAndItsFix(String line, String problem) throws IOException {
        assertEquals(List.of("own.yaml:2: " + problem), problems("# a carrier\n" + line + "\n"));
    }

    @Test
    void ringingThatIsAcknowledgedNeedsWhatAcknowledgesIt() throws IOException {
        assertEquals(
                List.of("own.yaml:1: reliable: expected PRACK in methods and 100rel in extensions, found 180. Fix: add"
                        + " them."),
                problems("reliable: 180\nextensions: [timer]\n"));
    }

    @Test
    void everythingThatIsWrongIsTold() throws IOException {
        assertEquals(
                3,
                problems("challenge: 1\nmedia: none\nmedia: plain\ncodecs: []\n")
                        .size());
        assertEquals(1, problems("- a list\n").size());
        assertEquals(
                List.of("missing.yaml: expected a readable file. Fix: check the path and its permissions."),
                missing().stream()
                        .map(text -> text.replace(directory + "/", ""))
                        .toList());
    }

    private List<String> missing() {
        Path file = directory.resolve("missing.yaml");
        return assertThrows(ConfigProblems.class, () -> HabitsReader.read(file, Map.of())).problems().stream()
                .map(ConfigProblem::toString)
                .toList();
    }

    /** With {@code -Dcopperline.rewrite=true}, writes the page's table anew. */
    @Test
    void thePageHasEveryKey() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(TABLE_HEAD) + TABLE_HEAD.length();
        int end = page.indexOf("\n\n", start) + 1;
        String table = HabitsSection.TABLE.entries().stream()
                .map(entry -> (Key<?>) entry)
                .map(key -> "| `" + key.name() + "` | "
                        + key.fallback().map(text -> "`" + text + "`").orElse("") + " | " + key.doc() + " |\n")
                .collect(Collectors.joining());
        if (Boolean.getBoolean("copperline.rewrite")) {
            Files.writeString(PAGE, page.substring(0, start) + table + page.substring(end));
        }
        assertEquals(table, Files.readString(PAGE).substring(start, start + table.length()), "write it anew");
    }
}
