package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.SipEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EndCodesTest {
    private static EndCode rejected(int status, int q850) {
        return EndCodes.of(new SipEnd(SipEnd.By.REMOTE, SipEnd.Kind.REJECTED, status, q850, "", false));
    }

    @Test
    void aStatusAloneDecides() {
        assertEquals(EndCode.BUSY, rejected(486, 0));
        assertEquals(EndCode.DECLINED, rejected(603, 0));
        assertEquals(EndCode.NUMBER_NOT_FOUND, rejected(404, 0));
        assertEquals(EndCode.UNAVAILABLE, rejected(480, 0));
        assertEquals(EndCode.CONGESTION, rejected(503, 0));
        assertEquals(EndCode.CARRIER_ERROR, rejected(599, 0));
    }

    @Test
    void theNetworksOwnCauseWinsWhereItSaysMore() {
        assertEquals(EndCode.BUSY, rejected(480, 17));
        assertEquals(EndCode.NUMBER_NOT_FOUND, rejected(500, 1));
        assertEquals(EndCode.DECLINED, rejected(603, 16));
    }

    @Test
    void everyKindOfEndHasItsCode() {
        for (SipEnd.Kind kind : SipEnd.Kind.values()) {
            EndCode code = EndCodes.of(new SipEnd(SipEnd.By.STACK, kind, 0, 0, "", false));
            assertTrue(code.q850() > 0, kind.name());
        }
    }

    @Test
    void theDocumentListsEveryCodeWithItsRemedy() throws Exception {
        String document = Files.readString(Path.of("..", "docs", "end-codes.md"));
        for (EndCode code : EndCode.values()) {
            assertTrue(
                    document.contains("| `" + code.wireName() + "` | " + code.q850() + " | " + code.remedy() + " |"),
                    code.wireName());
        }
    }
}
