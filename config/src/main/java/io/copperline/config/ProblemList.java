package io.copperline.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong with one file. */
final class ProblemList {
    private final Path file;
    private final List<ConfigProblem> problems = new ArrayList<>();

    ProblemList(Path file) {
        this.file = file;
    }

    void add(int line, String key, String expected, String found, String fix) {
        problems.add(new ConfigProblem(file, line, key, expected, found, fix));
    }

    void throwIfAny() throws ConfigProblems {
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(ConfigProblem::line));
            throw new ConfigProblems(problems);
        }
    }
}
