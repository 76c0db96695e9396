package io.copperline.webrtc.ice;

import io.copperline.webrtc.stun.StunMessage;
import io.copperline.webrtc.stun.StunTransaction;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Goes on asking, on the selected pair, whether the other side wants our packets (RFC 7675 section 5.1). */
final class Consent {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RandomGenerator random;
    private final StunTransaction request = new StunTransaction();
    private long dueNanos;
    private long lastNanos;

    Consent(RandomGenerator random, long nowNanos) {
        this.random = random;
        lastNanos = nowNanos;
    }

    /** The other side has proved that it wants them. */
    void given(long nowNanos) {
        lastNanos = nowNanos;
    }

    long lastNanos() {
        return lastNanos;
    }

    long dueNanos() {
        return dueNanos;
    }

    boolean due(long nowNanos) {
        return nowNanos - dueNanos >= 0;
    }

    /** The next request, which is not repeated. */
    StunTransaction ask(long nowNanos) {
        later(nowNanos);
        request.begin(random, nowNanos);
        return request;
    }

    /** Another one every 5 s, give or take a fifth. */
    void later(long nowNanos) {
        request.end();
        dueNanos = nowNanos + EVERY_NANOS * 4 / 5 + random.nextLong(EVERY_NANOS * 2 / 5);
    }

    boolean answeredBy(StunMessage message) {
        return request.answeredBy(message);
    }

    void onAnswer(StunMessage message, long nowNanos) {
        request.end();
        if (message.type() == StunMessage.BINDING_SUCCESS) {
            given(nowNanos);
        }
    }
}
