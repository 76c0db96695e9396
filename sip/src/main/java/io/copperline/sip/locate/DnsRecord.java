package io.copperline.sip.locate;

import java.net.InetAddress;

/** What a record says. */
public sealed interface DnsRecord {

    /**
     * RFC 3403 section 4.1.
     *
     * @param order lower ones decide
     * @param preference among those of one order, lower ones first
     * @param flags {@code s}: the replacement is the name of SRV records; {@code a}: of addresses
     * @param service such as {@code SIP+D2U}
     */
    record Naptr(int order, int preference, String flags, String service, String replacement) implements DnsRecord {}

    /**
     * RFC 2782.
     *
     * @param priority lower ones first
     * @param weight the share of the load among those of one priority
     * @param host a single dot, or nothing, where the service is not to be had
     */
    record Srv(int priority, int weight, int port, String host) implements DnsRecord {}

    /** A or AAAA. */
    record Address(InetAddress address) implements DnsRecord {}
}
