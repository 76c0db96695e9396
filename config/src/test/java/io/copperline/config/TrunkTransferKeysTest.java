package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.Redirects;
import io.copperline.sip.Transfers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrunkTransferKeysTest {
    @TempDir
    private Path directory;

    private static String trunk(String keys) {
        return ConfigFixture.good("trunks: {a: {server: x" + keys + "}}");
    }

    private Transfers read(String keys) {
        return new ConfigFixture(directory)
                .read(trunk(keys))
                .trunks()
                .getFirst()
                .transfers();
    }

    @Test
    void carriersHandNobodyOnUnlessAllowed() {
        assertEquals(new Transfers(Transfers.Refer.REFUSE, Redirects.SAME_TRUNK), read(""));
    }

    @Test
    void bothKeysAreRead() {
        assertEquals(
                new Transfers(Transfers.Refer.ACCEPT, Redirects.ROUTES), read(", refer: accept, redirects: routes"));
    }

    @Test
    void otherWordsAreRefused() {
        List<String> problems = new ConfigFixture(directory).problems(trunk(", redirects: all"));
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.getFirst().contains("trunks.a.redirects: expected off, same-trunk or routes"),
                problems::toString);
    }
}
