package io.copperline.gateway.call;

import io.copperline.gateway.media.CallMedia;
import io.copperline.gateway.media.MediaListener;
import io.copperline.gateway.media.RelayListener;
import io.copperline.gateway.media.RelayMedia;
import io.copperline.gateway.media.Ticked;
import io.copperline.gateway.record.CallRecord;
import java.time.Instant;
import java.util.concurrent.Executor;

/** What a call lives on: its shard, its audio, the trunks, the tabs. A port, so that calls are tested in simulated time. */
interface CallHome extends Executor {
    long nowNanos();

    Instant wallTime();

    /** Calls it every 20 ms from now on. */
    void add(Ticked ticked);

    void remove(Ticked ticked);

    CallMedia media(MediaListener listener);

    /** The audio of a call that goes on to another phone. */
    RelayMedia relay(RelayListener listener);

    TrunkLines trunks();

    Presence presence();

    EventWords words();

    /** Where the call may go on to. */
    Onwards onwards();

    /** How a call in goes on to a number. */
    Forwards forwards();

    /** A user has answered a call that rang. */
    void picked(String user);

    /** The call is over; its record may be kept. */
    void ended(Call call, CallRecord record);
}
