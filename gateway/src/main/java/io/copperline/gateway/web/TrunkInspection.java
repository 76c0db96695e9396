package io.copperline.gateway.web;

import io.copperline.gateway.call.TrunkUse;
import io.copperline.gateway.doctor.Finding;
import io.copperline.sip.TrunkState;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What operators may ask about trunks. Used from any thread. */
public interface TrunkInspection {
    /** How each trunk is doing, by its name, in the order of the file. */
    Map<String, TrunkState> states();

    /** How far one of them is with its limits. */
    TrunkUse use(String trunk);

    /**
     * Examines a trunk, as {@code copperline trunk test} does. Blocks, for a minute or more with a call.
     *
     * @param call the number to call, where one is to be called
     * @param from the number to show with it
     * @param told hears of each finding as soon as it is there
     * @throws IllegalArgumentException before anything is done, where a number is none; the message says so to people
     */
    void examine(String trunk, Optional<String> call, Optional<String> from, Consumer<Finding> told);
}
