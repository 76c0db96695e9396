package io.copperline.sip.stir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final Duration DAY = Duration.ofDays(1);

    private static Duration of(String... lines) {
        Map<String, List<String>> header = new HashMap<>();
        header.put(null, List.of("HTTP/1.1 200 OK"));
        for (String line : lines) {
            String[] pair = line.split(": ", 2);
            header.computeIfAbsent(pair[0], _ -> new ArrayList<>()).add(pair[1]);
        }
        return Freshness.of(header);
    }

    @Test
    void isAnHourWhereNothingIsSaid() {
        assertEquals(Duration.ofHours(1), of());
        assertEquals(Duration.ofHours(1), of("Cache-Control: public, must-revalidate"));
    }

    @Test
    void isWhatMaxAgeSaysWithinADay() {
        assertEquals(Duration.ofMinutes(5), of("cache-control: public, Max-Age=300"));
        assertEquals(Duration.ofMinutes(5), of("Cache-Control: public", "Cache-Control: max-age=\"300\""));
        assertEquals(DAY, of("Cache-Control: max-age=31536000"));
        assertEquals(DAY, of("Cache-Control: max-age=99999999999999999999"));
        assertEquals(Duration.ZERO, of("Cache-Control: max-age=0"));
    }

    @Test
    void countsFromWhenItWasMade() {
        assertEquals(Duration.ofSeconds(100), of("Cache-Control: max-age=300", "Age: 200"));
        assertEquals(Duration.ZERO, of("Cache-Control: max-age=300", "Age: 400"));
    }

    @Test
    void isNothingWhereItMustNotBeKeptOrMakesNoSense() {
        assertEquals(Duration.ZERO, of("Cache-Control: no-store"));
        assertEquals(Duration.ZERO, of("Cache-Control: max-age=300, no-cache"));
        assertEquals(Duration.ZERO, of("Cache-Control: max-age=300,NO-STORE"));
        assertEquals(Duration.ZERO, of("Cache-Control: max-age=-1"));
        assertEquals(Duration.ZERO, of("Cache-Control: max-age=soon"));
    }

    @Test
    void isUntilItExpiresWhereThereIsNoMaxAge() {
        String date = "Date: Fri, 27 Nov 2026 12:00:00 GMT";
        assertEquals(Duration.ofMinutes(10), of(date, "Expires: Fri, 27 Nov 2026 12:10:00 GMT"));
        assertEquals(
                Duration.ofMinutes(1), of(date, "Expires: Fri, 27 Nov 2026 12:10:00 GMT", "Cache-Control: max-age=60"));
        assertEquals(Duration.ZERO, of(date, "Expires: Fri, 27 Nov 2026 11:10:00 GMT"));
        assertEquals(Duration.ZERO, of(date, "Expires: 0"));
    }
}
