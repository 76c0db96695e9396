/**
 * The telephone side: trunks and SIP legs. Whoever uses it sees {@link io.copperline.sip.SipEndpoint} (ports, trunks, incoming
 * calls), {@link io.copperline.sip.Trunk} (calls out, registration, probes) and {@link io.copperline.sip.SipLeg} with its listener.
 *
 * <pre>
 *  network --> jain (JAIN-SIP: parser, transactions, transports)
 *                |  the port: wire (messages as records)
 *            Reception --> Legs (by Call-ID and tag) --> Leg, on its owner's executor
 *                                                         one class for each state:
 *                  Starting > Calling > Talking > Lingering > Over      Cancelling      Offered
 *                                        |-- PeerOffers: their re-INVITE, UPDATE
 *                                        |-- PeerReferral: their REFER, and our NOTIFYs
 *                                        |-- OwnRefer: our REFER, and their NOTIFYs
 *                                        |-- OwnOffers: our hold, resume and refresh
 *                                        `-- SessionTimer: when a refresh is due, and the end without one
 *                  Calling --- EarlyAudio: which fork is heard
 *                          `-- EarlyDialogs: PRACKs of ours          Offered --- ReliableProvisionals: PRACKs of theirs
 *            Trunk --> Registration, Probes, Flow (keep-alive), on the trunk's own errand queue
 *              |-----> TrunkAddresses --> locate (RFC 3263)     where the carrier's servers are
 *              `-----> FailoverLeg --> Leg, Leg, ...            one for each server that is tried, in the order of Targets
 *            each trunk's requests --> SizedWire --> wire      by TCP what is too long for UDP (RFC 3261 section 18.1.1)
 * </pre>
 *
 * <p>Threads: the stack's own never waits for anything; what concerns a leg is handed to its owner, what is sent goes out on
 * virtual threads, in order for each Call-ID. There is one clockwork for each endpoint, and its thread only hands over.
 *
 * <p>RFC 3261 (legs, registration, OPTIONS), 3262 (PRACK, both ways), 3263 (locating servers and failover, for requests outside of a
 * dialog), 3264, 6337 and 4568 through {@code codecs.sdp}, 3311 (UPDATE: answered, also before the call is; sent to refresh), 3323 and
 * 3325 (identity), 3326 (Reason with Q.850), 3581 (rport), 4028 (session timers), 5009 (P-Early-Media, read), 5922 (TLS names), 6086
 * and the customs before it (INFO digits), 6228 (199, read), 7616 and 8760 (digest).
 *
 * <p>REFER in calls, both ways (RFC 3515, with 3420, 3892, 4488, 5057 and 5589), and INVITEs that replace a dialog (RFC 3891). A 3xx tells its
 * owner where it points, and whoever owns the call decides.
 *
 * <p>Left out for now, and never promised to a peer: SUBSCRIBE (that of a REFER is implicit, and not refreshed), REFER outside of a call,
 * several flows and their identities (RFC 5626 has more than the keep-alive that is here). A request that requires any of it is answered 420 or 405.
 *
 * <p>Left out of RFC 3263: names in a Contact or Record-Route are looked up as addresses only. An ICMP "port unreachable" is not
 * heard, since the stack's UDP sockets are not connected: a closed UDP port is silence.
 */
package io.copperline.sip;
