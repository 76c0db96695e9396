package io.copperline.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with all that is wrong with it, in the order of the file. */
public final class ConfigProblems extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<ConfigProblem> problems;

    ConfigProblems(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")), null, false, false);
        this.problems = List.copyOf(problems);
    }

    public List<ConfigProblem> problems() {
        return problems;
    }
}
