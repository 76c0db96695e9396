/**
 * Digits as RTP telephone-events (RFC 4733), read from one leg and written to the other.
 *
 * <pre>
 *   RTP in --> TelephoneEventReader --started, ended--> TelephoneEventRelay --> TelephoneEventWriter --> RTP out
 *               one press = one timestamp                queue, 40 ms rule        growing duration, three ends
 * </pre>
 *
 * <p>Between the two legs a digit is its event number and its length in milliseconds, so that neither clock, payload type nor
 * timestamp of one leg is ever seen on the other. Only events 0 to 15 exist here; the fax, modem and line events of
 * RFC 4733 section 3 and RFC 4734, tones (section 4) and redundancy (RFC 2198) are left out: no browser sends them, and the
 * three end packets carry a digit through loss.
 */
package io.copperline.codecs.dtmf;
