package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.CallingHabits.Dialled;
import io.copperline.config.CallingHabits.Digits;
import io.copperline.config.CallingHabits.Diversion;
import io.copperline.config.CallingHabits.From;
import io.copperline.config.CallingHabits.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallingHabitsTest {
    @TempDir
    Path directory;

    private CallingHabits read(String yaml) throws IOException, ConfigProblems {
        return HabitsReader.read(Files.writeString(directory.resolve("own.yaml"), yaml), Map.of())
                .calling();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "",
            value = {
                "calls-numbers: plus | +12025550150 | +12025550150",
                "calls-numbers: digits | +12025550150 | 12025550150",
                "calls-numbers: national | +12025550150 | 2025550150",
                "calls-numbers: national | +49301234567 | 49301234567",
                "calls-numbers: digits | 100 | 100"
            })
    void numbersAreWrittenAsTheCarrierDoes(String yaml, String number, String written)
            throws IOException, ConfigProblems {
        assertEquals(written, read(yaml).write(number));
    }

    @Test
    void nationalNumbersMayHaveAPrefix() throws IOException, ConfigProblems {
        CallingHabits german = read("calls-numbers: national\ncalls-country: '49'\ncalls-trunk-prefix: '0'\n");
        assertEquals("0301234567", german.write("+49301234567"));
        assertEquals("12025550150", german.write("+12025550150"));
    }

    @Test
    void readsEveryKey() throws IOException, ConfigProblems {
        CallingHabits habits = read("""
                calls-dialled: to
                calls-from: account
                calls-identity: [p-asserted-identity, remote-party-id]
                calls-diversion: history-info
                calls-digits: inband
                """);
        assertEquals(Dialled.TO, habits.dialled());
        assertEquals(From.ACCOUNT, habits.from());
        assertEquals(
                List.of("P-Asserted-Identity", "Remote-Party-ID"),
                habits.identity().stream().map(Identity::header).toList());
        assertEquals(Diversion.HISTORY_INFO, habits.diversion());
        assertEquals(Digits.INBAND, habits.digits());
    }

    @Test
    void theAccountInFromLeavesNoPlaceForTheCaller() {
        ConfigProblems problems = assertThrows(ConfigProblems.class, () -> read("calls-from: account"));
        assertTrue(
                problems.problems()
                        .getFirst()
                        .toString()
                        .endsWith("calls-from: expected a header for the caller, found none. Fix: add calls-identity:"
                                + " [p-asserted-identity]."),
                problems::toString);
    }

    @ParameterizedTest
    @CsvSource({"calls-country: '049'", "calls-trunk-prefix: +", "calls-numbers: e164", "calls-digits: rfc2833"})
    void whatIsWrongIsTold(String yaml) {
        assertEquals(
                1,
                assertThrows(ConfigProblems.class, () -> read(yaml)).problems().size());
    }
}
