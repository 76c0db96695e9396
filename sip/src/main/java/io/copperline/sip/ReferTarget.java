package io.copperline.sip;

/** To whom the peer of a leg shall be handed on. */
public sealed interface ReferTarget {
    /** A number, as users dial it. */
    record Phone(String number) implements ReferTarget {}

    /**
     * The other side of a dialog of ours, whose place the peer takes there (RFC 5589 section 7).
     *
     * @param uri how the peer reaches it
     */
    record Dialog(String uri, Replaces replaces) implements ReferTarget {}
}
