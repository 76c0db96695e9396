package io.copperline.gateway.carrier;

import io.copperline.gateway.carrier.AudioOffer.Crypto;
import java.net.SocketException;
import java.util.Map;
import java.util.Optional;

/** Returns every packet of audio and every telephone-event to where it came from, and reports by RTCP. */
final class EchoPhone implements Phone {
    /** How long a report may be late. */
    private static final int LOOK_MILLIS = 200;

    private final RtpDoor door;

    /**
     * @param formats of the answer
     * @param theirs the key of the offer; empty where audio is not encrypted
     */
    EchoPhone(RtpDoor.Parts parts, AudioOffer offer, Map<Integer, String> formats, Optional<Crypto> theirs)
            throws SocketException {
        door = new RtpDoor(parts, theirs.isPresent());
        int clockRateHz = Integer.parseInt(formats.values().iterator().next().split("/")[1]);
        door.agree(offer, formats.keySet(), clockRateHz, theirs.map(Crypto::key));
        Thread.ofVirtual().name("echo").start(this::echo);
    }

    private void echo() {
        byte[] bytes = RtpDoor.buffer();
        while (!door.isClosed()) {
            int length = door.receive(bytes, LOOK_MILLIS);
            if (length > 0) {
                Wire32.write(bytes, 8, door.ssrc()); // a source of our own, or the other side would hear itself
                door.send(bytes, length, door.heardFrom());
            }
            door.report();
        }
    }

    @Override
    public RtpDoor door() {
        return door;
    }
}
