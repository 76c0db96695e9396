package io.copperline.sip;

import java.util.Optional;

/**
 * The peer wants that we call somebody else in its place (REFER, RFC 3515). Either refused or accepted, at once; who has accepted
 * says how it goes on. Used on the leg's owner.
 */
public interface Referral {
    /** Whom to call. */
    Destination to();

    /** The dialog that the new call shall replace at the far end: an attended transfer (RFC 5589 section 7). */
    Optional<Replaces> replaces();

    /** Who asks, as the peer says it (RFC 3892). */
    Optional<String> referredBy();

    /**
     * Will not have it.
     *
     * @param status a final SIP status from 400 on
     * @param why one line for people
     */
    void refuse(int status, String why);

    /** Takes it: 202, and the peer is told that we try. */
    void accept();

    /** How the new call stands: a provisional SIP status. */
    void progress(int status);

    /** The new call is answered: the peer hears of it, then gets our BYE. */
    void succeeded();

    /** The new call failed; this leg goes on. */
    void failed(int status);
}
