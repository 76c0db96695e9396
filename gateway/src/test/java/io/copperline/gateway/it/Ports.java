package io.copperline.gateway.it;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The ports of one stage, free for UDP and TCP when they are looked for, and below those that the system hands out, so that
 * nobody gets one of them in between.
 */
final class Ports {
    private static final int FIRST = 12_000;
    private static final int LAST = 31_000;
    private static final int BLOCK = 20;
    private static final int TRUNK_PORTS = 400;

    private final int first;

    private Ports(int first) {
        this.first = first;
    }

    static Ports free() {
        int tries = (LAST - FIRST) / (BLOCK + TRUNK_PORTS);
        // Two builds on one machine should not begin at the same place.
        int begin = (int) (ProcessHandle.current().pid() % tries);
        for (int i = 0; i < tries; i++) {
            int block = FIRST + (begin + i) % tries * (BLOCK + TRUNK_PORTS);
            if (isFree(block)) {
                return new Ports(block);
            }
        }
        throw new IllegalStateException("no ports are free between " + FIRST + " and " + LAST);
    }

    private static boolean isFree(int block) {
        for (int port = block; port < block + BLOCK + TRUNK_PORTS; port++) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            try (DatagramSocket _ = new DatagramSocket(address);
                    ServerSocket tcp = new ServerSocket()) {
                tcp.bind(address);
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    int http() {
        return first;
    }

    int sip() {
        return first + 1;
    }

    int lab() {
        return first + 2;
    }

    int farEnd() {
        return first + 3;
    }

    int sipp() {
        return first + 4;
    }

    /** Of a web page that is not the gateway's. */
    int otherPage() {
        return first + 5;
    }

    /** And the next three. */
    int sippMedia() {
        return first + 6;
    }

    /** The first shard's; the second one has the next. */
    int browserUdp() {
        return first + 10;
    }

    int firstTrunk() {
        return first + BLOCK;
    }

    int lastTrunk() {
        return first + BLOCK + TRUNK_PORTS - 1;
    }
}
