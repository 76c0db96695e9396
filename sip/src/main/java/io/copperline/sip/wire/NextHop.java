package io.copperline.sip.wire;

import io.copperline.sip.SipTransport;

/**
 * Where a request goes next.
 *
 * @param host name or address
 * @param port never 0
 * @param transport how it travels
 * @param certificateName the name that the peer's certificate must show, with TLS (RFC 5922)
 */
public record NextHop(String host, int port, SipTransport transport, String certificateName) {}
