package io.copperline.config;

import io.copperline.sip.Carriage;
import io.copperline.sip.KeepAlive;
import io.copperline.sip.TrunkTls;
import java.util.Optional;

/** The keys of a trunk that say how bytes travel. */
final class TrunkCarriageKeys {
    static final Key<Integer> LARGEST_DATAGRAM = Key.of(
            "largest-datagram",
            Types.whole(0, 16_000),
            "1300",
            "With udp, requests of more bytes go by TCP, where sip.tcp-port is on: the path's MTU less 200; 0: none does.");

    private TrunkCarriageKeys() {}

    static Carriage read(Fields trunk) {
        return new Carriage(
                trunk.one(LARGEST_DATAGRAM), KeepAlive.USUAL, Optional.empty(), Optional.empty(), TrunkTls.USUAL);
    }
}
