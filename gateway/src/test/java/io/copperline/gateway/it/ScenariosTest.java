package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The library of sipp's scenarios: each is one behaviour of a carrier, says so, and is run by a test. */
class ScenariosTest {
    private static final Path SCENARIOS = Path.of("src", "test", "resources", "it", "sipp");
    private static final Path TESTS = Path.of("src", "test", "java", "io", "copperline", "gateway", "it");

    private static List<Path> files(Path directory, String end) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachIsRun() throws IOException {
        String tests = files(TESTS, "IT.java").stream().map(ScenariosTest::text).collect(Collectors.joining());
        List<String> idle = files(SCENARIOS, ".xml").stream()
                .map(file -> file.getFileName().toString().replace(".xml", ""))
                .filter(name -> !tests.contains('"' + name + '"'))
                .toList();
        assertEquals(List.of(), idle);
    }

    @Test
    void eachSaysWhatItDoes() throws IOException {
        for (Path file : files(SCENARIOS, ".xml")) {
            assertTrue(text(file).matches("(?s).*<!-- [A-Z].*\\. -->\\s*<scenario name=.*"), file::toString);
        }
    }
}
