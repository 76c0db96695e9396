package io.copperline.codecs.srtp;

/**
 * What both directions of one leg are protected with.
 *
 * @param local what we send with
 * @param remote what the peer sends with
 */
public record SrtpKeys(SrtpKey local, SrtpKey remote) {}
