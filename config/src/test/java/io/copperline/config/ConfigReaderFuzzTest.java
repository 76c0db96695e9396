package io.copperline.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class ConfigReaderFuzzTest {
    /** Anything is settings or problems, never another exception. */
    @FuzzTest
    void endsInSettingsOrProblems(byte[] yaml) throws IOException {
        Path file = Files.createTempFile("copperline", ".yaml");
        try {
            ConfigReader.read(Files.write(file, yaml), Map.of("A", "${env:A}"));
        } catch (ConfigProblems e) {
            for (ConfigProblem problem : e.problems()) {
                if (problem.expected().isEmpty() || problem.fix().isEmpty()) {
                    throw new AssertionError("says too little: " + problem);
                }
            }
        } finally {
            Files.delete(file);
        }
    }
}
