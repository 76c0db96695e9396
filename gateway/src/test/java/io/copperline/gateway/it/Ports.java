package io.copperline.gateway.it;

import io.copperline.gateway.FreePorts;

/** The ports of one stage. */
final class Ports {
    private static final int BLOCK = 110;
    private static final int TRUNK_PORTS = 400;

    private final int first;

    private Ports(int first) {
        this.first = first;
    }

    static Ports free() {
        return new Ports(FreePorts.block(BLOCK + TRUNK_PORTS));
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

    /** And the next one, for SIP over TLS. */
    int baresip() {
        return first + 13;
    }

    /** The first of six. */
    int baresipMedia() {
        return first + 14;
    }

    /** And the next three. */
    int sippMedia() {
        return first + 6;
    }

    /** The first shard's; the second one has the next. */
    int browserUdp() {
        return first + 10;
    }

    /** Of a TURN server, UDP and TCP. */
    int turn() {
        return first + 12;
    }

    /** Where a TURN server relays. */
    int firstRelay() {
        return first + 20;
    }

    int lastRelay() {
        return first + 39;
    }

    /** The gateway's, for SIP over TLS. */
    int sipTls() {
        return first + 40;
    }

    /** Kamailio's, UDP and TCP. */
    int kamailio() {
        return first + 41;
    }

    int kamailioTls() {
        return first + 42;
    }

    /** Where rtpengine takes orders. */
    int rtpengine() {
        return first + 43;
    }

    int firstRtpengineMedia() {
        return first + 44;
    }

    int lastRtpengineMedia() {
        return first + BLOCK - 1;
    }

    int firstTrunk() {
        return first + BLOCK;
    }

    int lastTrunk() {
        return first + BLOCK + TRUNK_PORTS - 1;
    }
}
