package io.copperline.gateway.doctor;

import io.copperline.config.MediaSettings;
import io.copperline.sip.OutgoingCall;
import java.util.List;

/**
 * A call that a trunk is tried with.
 *
 * @param media the gateway's settings; the ports are taken from the same range
 * @param region two letters of ISO 3166-1
 */
public record TestCall(OutgoingCall call, MediaSettings media, String region) {
    /** No browser is in it, so that its port need not be the gateway's. */
    MediaSettings onPortsOfItsOwn() {
        return new MediaSettings(
                media.bind(),
                media.advertise(),
                MediaSettings.Ice.LITE,
                List.of(),
                0,
                false,
                1,
                media.trunkPorts(),
                media.portRest(),
                media.opusLibrary(),
                media.certificateFile(),
                media.browserCodecs(),
                media.browserRed(),
                1);
    }
}
