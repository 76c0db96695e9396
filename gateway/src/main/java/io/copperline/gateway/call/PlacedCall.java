package io.copperline.gateway.call;

/** A call that now exists, and the SDP answer to the browser's offer. */
public record PlacedCall(CallId id, String answer) {}
