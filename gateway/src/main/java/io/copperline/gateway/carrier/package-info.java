/**
 * A carrier that insists on its habits, for tests: {@code copperline carrier}. It takes calls, registrations and OPTIONS, echoes
 * sound and digits, and refuses and reports what the carrier of that name would not take. It calls, too, as that carrier does.
 *
 * <pre>
 *   UdpDoor                          WireReader, Form        Registrar, Credentials
 *   StreamDoor, Connection --bytes--> UserAgentServer --INVITE--> Insistence (habits, AudioOffer)
 *     (MessageStream)                 ^   |   (Exchange,              |
 *   ScriptedCarrier: sockets, thread -+   |    Transactions)        Calls -- CarrierCall -- EchoPhone -- RtpDoor --RTP, RTCP--
 *                                         | responses                 | once it is answered
 *                                       Dialer -- PlacedCall ---------+-- TonePhone -- RtpDoor --RTP, RTCP--
 *                                                 (OwnRequests, OwnOffer, (Voice, Keypad, Hearing; Reports, Reception)
 *                                                  OwnInvite, OwnDialog, Resending, DigestAnswer)
 * </pre>
 *
 * <p>On purpose it reads plain sockets and parses SIP and SDP itself, with nothing of {@code sip} (JAIN-SIP) and nothing of
 * {@code codecs.sdp}: what it shared with the gateway, it would be blind to. So it proves from outside, and it reads no more of SIP
 * than it insists on. SRTP is the gateway's own (RFC 3711), checked elsewhere against the RFC's vectors. All SIP happens on one
 * thread; each door, each connection and each phone has one of its own.
 *
 * <p>What comes in is bounded: messages of 64 KiB, 256 headers, lines of 8 KiB, 100 connections, 100 calls each way, 1000 messages that wait, 500
 * answers that are remembered, 1000 violations that are kept. It knows no strangers, though, and belongs on networks for tests.
 *
 * <p>Left out: RTCP beyond reports (BYE, feedback), transfers (REFER is declined), a new SRTP key within a call (488), and loss on the way back but for the 200 to INVITE, which is sent until it is acknowledged (RFC 3261 section 13.3.1.4). Of
 * its own calls: redirections, forks (the first answer is the call's), session timers that it would refresh, and a way within the call
 * that is another than the one of the INVITE.
 */
package io.copperline.gateway.carrier;
