package io.copperline.sip;

import java.net.InetAddress;

/** An address or a network in CIDR form (RFC 4632, RFC 4291 section 2.3). */
record AddressRange(byte[] network, int prefixBits) {

    /** Reads one; IllegalArgumentException says what is wrong with it. Never looks a name up. */
    static AddressRange parse(String text) {
        String[] parts = text.strip().split("/", 2);
        byte[] address;
        try {
            address = InetAddress.ofLiteral(parts[0]).getAddress();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not an address or network: " + text, e);
        }
        int bits = address.length * 8;
        if (parts.length == 2) {
            bits = bits(parts[1], bits, text);
        }
        return new AddressRange(address, bits);
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((bytes[bit / 8] & mask) != (network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static int bits(String text, int max, String whole) {
        try {
            int bits = Integer.parseInt(text);
            if (bits >= 0 && bits <= max) {
                return bits;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("no such prefix length: " + whole);
    }
}
