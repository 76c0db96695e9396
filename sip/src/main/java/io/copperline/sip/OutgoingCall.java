package io.copperline.sip;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom to call, and as whom.
 *
 * @param to the user part of the Request-URI, such as {@code +12025550100}
 * @param from the caller's number; empty where there is none
 * @param displayName the caller's name, where one is shown
 * @param withheld whether the called shall not see who calls; the carrier does
 * @param otherWays whether there is another way to make the call, so that silence need not be waited out on this one
 * @param diversions who has forwarded it, the last one first; empty where it is not forwarded
 * @param headers more headers, by name; those that the trunk does not pass are left out
 * @param form how the trunk's carrier reads numbers
 * @param onward who has sent the call there, where it was not the user
 * @param emergency what it is beside a call, where it is for help
 */
public record OutgoingCall(
        String to,
        String from,
        Optional<String> displayName,
        boolean withheld,
        boolean otherWays,
        List<Diversion> diversions,
        Map<String, String> headers,
        NumberForm form,
        Onward onward,
        Optional<Emergency> emergency) {
    public OutgoingCall {
        diversions = List.copyOf(diversions);
        headers = Map.copyOf(headers);
    }

    /** A call of the caller's own. */
    public OutgoingCall(String to, String from, Optional<String> displayName, boolean withheld, boolean otherWays) {
        this(
                to,
                from,
                displayName,
                withheld,
                otherWays,
                List.of(),
                Map.of(),
                NumberForm.E164,
                Onward.NONE,
                Optional.empty());
    }

    /** A call whose caller is shown, and for which this is the only way. */
    public OutgoingCall(String to, String from, Optional<String> displayName) {
        this(to, from, displayName, false, false);
    }

    /** The same call, with another way to make it or without. */
    public OutgoingCall withOtherWays(boolean others) {
        return new OutgoingCall(to, from, displayName, withheld, others, diversions, headers, form, onward, emergency);
    }

    /** The same call as somebody has forwarded it, the last one first where several have. */
    public OutgoingCall divertedBy(Diversion... who) {
        return new OutgoingCall(
                to, from, displayName, withheld, otherWays, List.of(who), headers, form, onward, emergency);
    }

    /** The same call with these headers. */
    public OutgoingCall withHeaders(Map<String, String> more) {
        return new OutgoingCall(to, from, displayName, withheld, otherWays, diversions, more, form, onward, emergency);
    }

    /** The same call, sent there by somebody else. */
    public OutgoingCall sentOn(Onward by) {
        return new OutgoingCall(to, from, displayName, withheld, otherWays, diversions, headers, form, by, emergency);
    }

    /** The same call, for help. */
    public OutgoingCall forHelp(Emergency what) {
        return new OutgoingCall(
                to, from, displayName, withheld, otherWays, diversions, headers, form, onward, Optional.of(what));
    }

    /** The same call, its numbers written so. */
    public OutgoingCall in(NumberForm other) {
        return new OutgoingCall(
                to, from, displayName, withheld, otherWays, diversions, headers, other, onward, emergency);
    }
}
