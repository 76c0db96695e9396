package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.sip.DialogSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a trunk wants beside audio in the middle of a call, against sipp: it is refused, and the audio stays as it was. */
class OtherMediaIT {
    @RegisterExtension
    static final SippTrunk TRUNK = new SippTrunk(DialogSettings.USUAL);

    @Test
    void refusesFaxAndKeepsTheCall() {
        FarCall call = TRUNK.answered("asks-for-fax");
        assertEquals(List.of("early SENDRECV", "answered", "ended REMOTE HANGUP 0"), call.events());
    }

    @Test
    void refusesVideoAndKeepsTheAudioBesideIt() {
        TRUNK.answered("adds-video");
    }
}
