package io.copperline.gateway;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Ports of loopback for what a test starts and must name beforehand. They are free for UDP and for TCP, and below those that the
 * system hands out (32768 and up on Linux): no socket that asks for any port gets one of them in between.
 */
public final class FreePorts {
    private static final int FIRST = 12_000;
    private static final int END = 31_000;

    /** Where to look next: no two callers get the same port, and two builds on one machine begin at places of their own. */
    private static int next = FIRST + (int) (ProcessHandle.current().pid() * 97 % (END - FIRST)) / 2 * 2;

    private FreePorts() {}

    public static int one() {
        return block(1);
    }

    /** So many in a row, of which the first is even (RFC 3550 section 11 wants that of RTP). */
    public static synchronized int block(int count) {
        for (int tries = 0; tries < (END - FIRST) / 2; tries++) {
            if (next + count > END) {
                next = FIRST;
            }
            int first = next;
            int taken = firstTaken(first, count);
            next = (taken + 2) / 2 * 2;
            if (taken == first + count) {
                return first;
            }
        }
        throw new IllegalStateException("no " + count + " ports in a row are free between " + FIRST + " and " + END);
    }

    private static int firstTaken(int first, int count) {
        int port = first;
        while (port < first + count && isFree(port)) {
            port++;
        }
        return port;
    }

    private static boolean isFree(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (DatagramSocket _ = new DatagramSocket(address);
                ServerSocket tcp = new ServerSocket()) {
            tcp.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
