/**
 * STUN messages (RFC 8489) as ICE uses them: Binding requests and responses with short-term credentials. A message is
 * read where it lies, and written into a buffer that was passed in.
 *
 * <p>Left out: long-term credentials and TURN methods (a gateway with an address of its own needs no relay), and the
 * older RFC 3489 form without the cookie.
 */
package io.copperline.webrtc.stun;
