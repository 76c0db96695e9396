package io.copperline.gateway.it;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a scripted carrier is: sipp at an address of this machine.
 *
 * @param transport as sipp calls it: u1 or t1
 * @param media the first of its own ports for audio; 0: whatever sipp finds free
 */
record Carrier(String host, int port, String transport, int media) {
    /** On loopback, by UDP, whose own ports for audio do not matter. */
    static Carrier at(int port) {
        return at(port, 0);
    }

    /** On loopback, by UDP. */
    static Carrier at(int port, int media) {
        return new Carrier("127.0.0.1", port, "u1", media);
    }

    /** The same at another address of this machine. */
    Carrier at(String otherHost) {
        return new Carrier(otherHost, port, transport, media);
    }

    Carrier byTcp() {
        return new Carrier(host, port, "t1", media);
    }

    /** Waits until it takes connections. */
    void awaitListening() {
        Await.until("sipp listens at " + port, () -> {
            try (Socket _ = new Socket(host, port)) {
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** The words of sipp's command line that say so. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of("-i", host, "-p", "" + port, "-mi", host, "-t", transport));
        if (media != 0) {
            words.addAll(List.of("-mp", "" + media));
        }
        return words;
    }
}
