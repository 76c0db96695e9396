package io.copperline.gateway.carrier;

import io.copperline.codecs.srtp.SrtpKey;
import java.net.InetAddress;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Returns every packet of audio and every telephone-event to where it came from. */
final class EchoPhone implements Phone {
    private final RtpDoor door;

    /**
     * @param agreed the payload types of the answer
     * @param theirs the key of the offer; empty where audio is not encrypted
     * @param told hears of violations, on the phone's own thread
     */
    EchoPhone(
            InetAddress here,
            Set<Integer> agreed,
            Optional<SrtpKey> theirs,
            SecureRandom random,
            Consumer<Violation> told)
            throws SocketException {
        door = new RtpDoor(here, theirs.isPresent(), random, told);
        door.agree(agreed, theirs);
        Thread.ofVirtual().name("echo").start(this::echo);
    }

    private void echo() {
        byte[] bytes = RtpDoor.buffer();
        while (!door.isClosed()) {
            int length = door.receive(bytes, 0);
            if (length > 0) {
                door.send(bytes, length, door.heardFrom());
            }
        }
    }

    @Override
    public int port() {
        return door.port();
    }

    @Override
    public Optional<String> inlineKey() {
        return door.inlineKey();
    }

    @Override
    public void close() {
        door.close();
    }
}
