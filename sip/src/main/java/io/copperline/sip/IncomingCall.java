package io.copperline.sip;

import io.copperline.sip.stir.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A call that a trunk brings, before anyone has decided about it. One of the two methods is called, once, soon. */
public interface IncomingCall {
    /** The trunk it came by. */
    String trunk();

    /** The called number: the user part of the Request-URI, as the carrier wrote it. */
    String to();

    /** The caller's number (P-Asserted-Identity, then From), as the carrier wrote it; empty where it is withheld. */
    String from();

    /** The caller's name, where the carrier tells one: as {@link CallerName} leaves it. */
    Optional<String> displayName();

    /** Who has forwarded the call to us, where somebody has: the last one, where several have. */
    Optional<Diversion> diversion();

    /** All who have forwarded the call to us, as far as they are told, the last one first. */
    default List<Diversion> diversions() {
        return diversion().stream().toList();
    }

    /** The numbers that have forwarded the call to us, as the carrier wrote them, also those that want to be hidden: for finding circles alone. */
    default List<String> forwardedBy() {
        return List.of();
    }

    /** How many more may send it on (RFC 3261 section 20.22). */
    default int maxForwards() {
        return Onward.MAX_FORWARDS;
    }

    /** The headers that the trunk passes in, by the names of its setting. */
    Map<String, String> headers();

    /** Whether the caller is who he says (RFC 8224); empty where the trunk does not check. */
    default Optional<Verdict> verdict() {
        return Optional.empty();
    }

    /** Takes the call: from now on everything about it happens on {@code owner}. Nothing is sent yet beyond 100. */
    SipLeg take(Executor owner, SipLegListener listener);

    /** Refuses the call without ever making a leg of it. */
    void refuse(int status, int q850);
}
