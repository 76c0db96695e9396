/**
 * Asks web services where calls in go. A question is one POST, signed, on a virtual thread; its answer is small, soon there, and not believed
 * further than it makes sense. {@code docs/webhook.md} shows both, and a receiver.
 *
 * <pre>
 *  POST url                       Copperline-Signature: t=SECONDS,v1=HEX      HMAC-SHA-256 of "SECONDS.BODY"
 *  {"event": "incoming", ...}  --> {"ring": ["alice"], "order": "in-turn", "seconds": 20, "forward": "+49..."}
 *                                  {"forward": "+49...", "as": "called"}
 *                                  {"refuse": "busy"}
 *                                  {}                                         as if it had not been asked
 *                                  anything else, or nothing in time          the same, counted and logged
 * </pre>
 *
 * <p>Left out: redirections (a question is signed for one place), a second try (a caller waits), and webhooks for what happens later in a
 * call: pages and call records have that.
 */
package io.copperline.gateway.webhook;
