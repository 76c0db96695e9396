package io.copperline.sip;

import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.WireFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The early dialogs of our INVITE, one for each To-tag, and the PRACKs that acknowledge their reliable responses (RFC 3262
 * section 4): each once, and in order. Owned by the leg.
 */
final class EarlyDialogs {
    private static final int MAX_FORKS = 16;

    private static final class Early {
        private final Dialog dialog;
        private long rseq;

        private Early(Dialog dialog) {
            this.dialog = dialog;
        }
    }

    private final Leg leg;
    private final Supplier<Request> invite;
    private final Map<String, Early> byTag = new HashMap<>();

    /** @param invite our INVITE as it was sent last */
    EarlyDialogs(Leg leg, Supplier<Request> invite) {
        this.leg = leg;
        this.invite = invite;
    }

    Request invite() {
        return invite.get();
    }

    /**
     * Acknowledges a provisional response where that is due.
     *
     * @return whether it may be looked at: not so where it was before, or where an earlier one is still missing
     */
    boolean acknowledge(Response response) {
        Optional<RAck> rack = RAck.to(response);
        if (rack.isEmpty() || leg.line().settings().dialogs().prack() == Prack.OFF) {
            return true;
        }
        Optional<Early> early = early(response);
        if (early.isEmpty() || !follows(early.get(), rack.get().rseq())) {
            return false;
        }
        early.get().rseq = rack.get().rseq();
        leg.sender().send(early.get().dialog, "PRACK", List.of(rack.get().header()), "", new ResponseListener() {
            @Override
            public void onResponse(Response answer) {
                // Nothing hangs on it: a lost early dialog shows in the final response.
            }

            @Override
            public void onFailure(WireFailure failure, String what) {
                // The same: the INVITE has its own patience.
            }
        });
        return true;
    }

    /** The early dialog with this tag, where a reliable response has made one. */
    Optional<Dialog> dialog(String tag) {
        return Optional.ofNullable(byTag.get(tag)).map(early -> early.dialog);
    }

    /** The dialog that a 2xx confirms: with the route set of the 2xx (RFC 3261 section 13.2.2.4) and the numbers used so far. */
    Dialog confirmed(Response ok) {
        Dialog dialog = Dialog.ofCaller(leg.line(), invite(), ok);
        dialog(ok.toTag()).ifPresent(dialog::confirms);
        return dialog;
    }

    private Optional<Early> early(Response response) {
        String tag = response.toTag();
        if (tag.isEmpty() || byTag.size() >= MAX_FORKS && !byTag.containsKey(tag)) {
            return Optional.empty();
        }
        return Optional.of(byTag.computeIfAbsent(tag, _ -> new Early(Dialog.ofCaller(leg.line(), invite(), response))));
    }

    // Section 4: the first sets the count, and each later one must be the next.
    private static boolean follows(Early early, long rseq) {
        return early.rseq == 0 || rseq == early.rseq + 1;
    }
}
