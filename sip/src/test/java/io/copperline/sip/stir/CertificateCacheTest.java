package io.copperline.sip.stir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateCacheTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private final List<String> fetched = new ArrayList<>();
    private Duration freshFor = Duration.ofHours(1);

    private final CertificateCache cache = new CertificateCache((x5u, _) -> {
        fetched.add(x5u);
        if (x5u.equals("bad")) {
            throw new BadIdentity(BadIdentity.BAD_INFO, "away");
        }
        return new CertificateFile(new byte[] {1}, freshFor);
    });

    private void fetchAt(int... seconds) throws BadIdentity {
        for (int second : seconds) {
            cache.fetch("good", NOW.plusSeconds(second));
        }
    }

    @Test
    void keepsACertificateForAsLongAsItIsFresh() throws BadIdentity {
        fetchAt(0, 3599);
        assertEquals(1, fetched.size());
        fetchAt(3600);
        assertEquals(2, fetched.size());
    }

    @Test
    void keepsNothingThatMustNotBeKept() throws BadIdentity {
        freshFor = Duration.ZERO;
        fetchAt(0, 0, 1);
        assertEquals(3, fetched.size());
    }

    @Test
    void forgetsWhatIsNoLongerToBeKept() throws BadIdentity {
        fetchAt(0);
        freshFor = Duration.ZERO;
        fetchAt(3600, 3600);
        assertEquals(3, fetched.size());
    }

    @Test
    void keepsAFailureForHalfAMinute() {
        for (int second : new int[] {0, 29, 30}) {
            BadIdentity failure = assertThrows(BadIdentity.class, () -> cache.fetch("bad", NOW.plusSeconds(second)));
            assertEquals(436, failure.status());
        }
        assertEquals(2, fetched.size());
    }

    @Test
    void keepsSoManyAndNoMore() throws BadIdentity {
        for (int i = 0; i <= 512; i++) {
            cache.fetch("good" + i, NOW);
        }
        cache.fetch("good512", NOW);
        assertEquals(513, fetched.size());
        cache.fetch("good0", NOW);
        assertEquals(514, fetched.size(), "the one that was asked for the longest time ago is forgotten");
    }
}
