package io.copperline.sip.locate;

import java.util.Locale;

/**
 * A question to DNS.
 *
 * @param name in lower case, without the last dot
 */
public record DnsQuestion(String name, Type type) {
    /** The record types that RFC 3263 uses. */
    public enum Type {
        NAPTR,
        SRV,
        A,
        AAAA
    }

    public DnsQuestion {
        String lower = name.toLowerCase(Locale.ROOT);
        name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
