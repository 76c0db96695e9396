package io.copperline.config;

import java.nio.file.Path;

/**
 * One thing that is wrong with a configuration file.
 *
 * @param line from 1; 0 where the file as a whole is meant
 * @param key the full key, such as {@code trunks.lab.server}; empty where no key is meant
 * @param expected what should be there
 * @param found what is there instead, as it stands in the file; empty where that says nothing or is a secret
 * @param fix what to do
 */
public record ConfigProblem(Path file, int line, String key, String expected, String found, String fix) {
    /** One line: {@code FILE:LINE: KEY: expected ..., found .... Fix: ....} */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + (key.isEmpty() ? "" : key + ": ") + "expected " + expected
                + (found.isEmpty() ? "" : ", found " + found) + ". Fix: " + fix + ".";
    }
}
