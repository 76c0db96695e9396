package io.copperline.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class HabitsReaderFuzzTest {
    /** Anything is habits or problems, never another exception. */
    @FuzzTest
    void endsInHabitsOrProblems(byte[] yaml) throws IOException {
        Path file = Files.createTempFile("habits", ".yaml");
        try {
            HabitsReader.read(Files.write(file, yaml), Map.of("A", "${env:A}"));
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
