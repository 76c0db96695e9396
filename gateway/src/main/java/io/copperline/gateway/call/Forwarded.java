package io.copperline.gateway.call;

/**
 * What is kept of a call in that went on to a number; all empty where it did not.
 *
 * @param to the number, in E.164
 * @param trunk by which it went, or was tried last
 * @param sipCallId of that trunk's leg
 */
record Forwarded(String to, String trunk, String sipCallId) {
    static final Forwarded NOT = new Forwarded("", "", "");
}
