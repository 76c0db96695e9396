package io.copperline.sip.locate;

import io.copperline.sip.SipTransport;
import java.net.InetAddress;

/** One place to send a request to. */
public record Target(InetAddress address, int port, SipTransport transport) {}
