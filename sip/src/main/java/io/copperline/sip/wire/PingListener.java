package io.copperline.sip.wire;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Who hears what becomes of a ping. Called on the wire's threads, at most once: it must neither block nor throw. */
public interface PingListener {
    /**
     * The far side lives.
     *
     * @param mapped where it sees us, if it says so
     */
    void onPong(Optional<InetSocketAddress> mapped);

    /** There is no connection, or nothing can be sent. Silence is not told. */
    void onNothingSent();
}
