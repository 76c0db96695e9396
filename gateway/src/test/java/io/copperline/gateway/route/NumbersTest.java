package io.copperline.gateway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    private final Numbers us = new Numbers("US");

    @ParameterizedTest
    @ValueSource(strings = {"+12025550100", "2025550100", "(202) 555-0100", "1 202 555 0100", "011 1 202 555 0100"})
    void readsWhatPeopleWriteInTheUnitedStates(String written) {
        assertEquals("+12025550100", us.dialled(written).orElseThrow().e164());
    }

    @ParameterizedTest
    @CsvSource({
        "GB, 020 7946 0150, +442079460150",
        "DE, 030 23125000, +493023125000",
        "DE, +1 202-555-0100, +12025550100",
        "FR, 01 99 00 01 23, +33199000123"
    })
    void readsNationalNumbersInTheirRegion(String region, String written, String e164) {
        assertEquals(e164, new Numbers(region).dialled(written).orElseThrow().e164());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "+", "911", "5550100", "+1202555010", "+120255501001", "2025550100 ext. 7", "alice", "\0"})
    void refusesWhatIsNoWholeNumber(String written) {
        assertEquals(Optional.empty(), us.dialled(written));
        assertEquals(Optional.empty(), us.dialled("+1" + "2".repeat(300)));
    }

    @ParameterizedTest
    @CsvSource({
        "US, 12025550150, +12025550150",
        "US, +12025550150, +12025550150",
        "US, 2025550150, +12025550150",
        "US, tel:+12025550150, +12025550150",
        "US, 12025550150;npdi, +12025550150",
        "DE, 12025550150, +12025550150",
        "DE, 4930231250, +4930231250",
        "DE, 030231250, +4930231250",
        "GB, 12025550150, +12025550150",
        "GB, 442079460150, +442079460150",
        "US, 442079460150, +442079460150",
        "US, 100, "
    })
    void readsWhatCarriersWrite(String region, String written, String e164) {
        assertEquals(
                Optional.ofNullable(e164), new Numbers(region).carrier(written).map(PhoneNumber::e164));
    }

    @Test
    void hidesAllButTwoDigitsByItself() {
        assertEquals("**50", new PhoneNumber("+12025550150").toString());
        assertThrows(IllegalArgumentException.class, () -> new PhoneNumber("2025550150"));
    }

    @Test
    void knowsItsRegions() {
        assertFalse(Numbers.knows("XX"));
        assertThrows(IllegalArgumentException.class, () -> new Numbers("XX"));
    }

    @FuzzTest
    void neverThrows(byte[] written) {
        us.carrier(new String(written, java.nio.charset.StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "DE, +49301234567, 0301234567, 0301234567",
        "DE, +33123456789, +33123456789, 0033123456789",
        "US, +12025550100, 2025550100, 12025550100",
        "US, +49301234567, +49301234567, 01149301234567",
        "DE, 110, 110, 110",
        "DE, +, +, +"
    })
    void writesNumbersAsACountryDialsThem(String country, String e164, String national, String dialled) {
        assertEquals(national, us.national(e164, Optional.of(country)));
        assertEquals(dialled, us.dialledFrom(e164, Optional.of(country)));
    }
}
