package io.copperline.sip;

/**
 * What the carrier may do with a call that is ours.
 *
 * @param refer whether it may have us call somebody else (REFER, RFC 3515)
 * @param redirects which redirections of our calls are followed
 */
public record Transfers(Refer refer, Redirects redirects) {
    /** What a trunk has unless its operator says otherwise: what may cost money at another carrier is asked for. */
    public static final Transfers USUAL = new Transfers(Refer.REFUSE, Redirects.SAME_TRUNK);

    /** What becomes of the carrier's REFER. */
    public enum Refer {
        REFUSE,
        ACCEPT
    }
}
