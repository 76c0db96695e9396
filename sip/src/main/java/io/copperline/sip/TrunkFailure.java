package io.copperline.sip;

import java.time.Instant;

/**
 * What is wrong with a trunk, in the operator's words.
 *
 * @param status the SIP status that the carrier gave, or 0 where it gave none
 * @param what what happened
 * @param fix what to do about it
 * @param since when it was first seen
 */
public record TrunkFailure(int status, String what, String fix, Instant since) {}
