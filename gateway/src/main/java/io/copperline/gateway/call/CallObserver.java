package io.copperline.gateway.call;

import io.copperline.gateway.record.CallRecord;

/** Who counts and keeps calls. Called on their shards: it must not block. */
public interface CallObserver {
    void started(CallSnapshot call);

    void ended(CallRecord record);
}
