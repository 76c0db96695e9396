package io.copperline.sip;

/** What becomes of our REFER (RFC 3515), on the leg's owner. Either refused, or accepted and then done, unless the leg ends first. */
public interface ReferListener {
    /**
     * The peer will not do it.
     *
     * @param status its final status; 405 also where it never said that it knows REFER; 491 where another one is under way
     */
    void refused(int status);

    /** The peer tries. */
    void accepted();

    /** How far it is: a provisional SIP status. */
    void progress(int status);

    /**
     * The peer's last word.
     *
     * @param status the final SIP status of the peer's new call; 408 where it never said
     */
    void done(int status);
}
