package io.copperline.gateway.web;

import io.copperline.config.CallLimits;
import io.copperline.gateway.call.TrunkUse;
import io.copperline.gateway.doctor.Finding;
import io.copperline.sip.TrunkFailure;
import io.copperline.sip.TrunkState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** One trunk that is down, and whose examination ends when the test says so. */
final class ScriptedTrunks implements TrunkInspection {
    volatile CountDownLatch ends = new CountDownLatch(0);
    volatile Optional<String> called = Optional.empty();

    @Override
    public Map<String, TrunkState> states() {
        return Map.of(
                "carrier",
                new TrunkState(
                        TrunkState.Registration.FAILED,
                        Optional.empty(),
                        Optional.of(new TrunkFailure(
                                403, "403 Forbidden", "check username: and password:", ScriptedCalls.AT)),
                        TrunkState.Health.DEGRADED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        2,
                        1,
                        3,
                        List.of(new TrunkState.AccountState(
                                "me", TrunkState.Registration.FAILED, Optional.empty(), Optional.empty()))));
    }

    @Override
    public TrunkUse use(String trunk) {
        CallLimits out = new CallLimits(OptionalInt.of(20), OptionalInt.of(5), OptionalInt.of(600));
        return new TrunkUse(OptionalInt.of(30), 3, out, 2, 12.345);
    }

    @Override
    public void examine(String trunk, Optional<String> call, Optional<String> from, Consumer<Finding> told) {
        if (call.filter(number -> number.equals("nonsense")).isPresent()) {
            throw new IllegalArgumentException("nonsense is no phone number.");
        }
        called = call;
        try {
            ends.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (String step : List.of("resolve", "call")) {
            told.accept(new Finding(step, Finding.Outcome.PASS, trunk, "", 1));
        }
    }
}
