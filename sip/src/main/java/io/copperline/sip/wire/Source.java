package io.copperline.sip.wire;

import io.copperline.sip.SipTransport;
import java.net.InetSocketAddress;

/**
 * Where a message came from, as the socket saw it.
 *
 * @param address the sender's address and port
 * @param transport how it came
 */
public record Source(InetSocketAddress address, SipTransport transport) {}
