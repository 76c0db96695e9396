/**
 * RTP and RTCP (RFC 3550, 3551): headers read and written in place, what is counted about a stream, the reports, and the
 * jitter buffer.
 *
 * <pre>{@code
 *   datagram --> RtpHeader --> ReceptionStatistics --> JitterBuffer ==tick==> decoder
 *                                      |
 *   datagram <-- RtcpWriter <----------+---- SenderStatistics <-- RtpHeader.write <-- encoder
 *   datagram --> Rtcp (reader) --> Rtcp.Visitor, round trip
 * }</pre>
 *
 * <p>Nothing is allocated per packet; SSRC, timestamp and NTP values travel as {@code long}, unsigned 32 bits where the wire
 * has 32. Header extensions are RFC 8285, one-byte and two-byte form. RTCP is read compound and reduced size (RFC 5506);
 * what we write is regular reports, which stay compound (section 4.2 there).
 *
 * <p>Left out: probation of new sources (RFC 3550 A.1), since a source here has passed ICE and SRTP or the trunk's latch;
 * SSRC collision (section 8.2), since each direction has its own SSRC space and no mixer; blocks of RTCP XR other than VoIP metrics (RFC 3611
 * section 4.7), which are skipped. RED (RFC 2198) is read and never written.
 */
package io.copperline.codecs.rtp;
