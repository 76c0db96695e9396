package io.copperline.gateway.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ListingsTest {
    @Test
    void theDocumentedProgramIsTheOneThatRuns() throws Exception {
        String program = Files.readString(Path.of("src/test/java/io/copperline/gateway/example/EchoPeer.java"));
        String document = Files.readString(Path.of("../docs/webrtc-library.md"));
        assertTrue(
                document.contains("```java\n" + program + "```\n"),
                "docs/webrtc-library.md shows another program than EchoPeer.java");
    }
}
