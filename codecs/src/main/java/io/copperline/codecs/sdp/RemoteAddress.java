package io.copperline.codecs.sdp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where a peer wants its packets: {@code c=} and {@code m=}, and {@code a=rtcp} (RFC 3605). */
final class RemoteAddress {
    private RemoteAddress() {}

    /** Where RTP goes; empty for the old-style hold address 0.0.0.0 (RFC 3264 section 8.4). */
    static Optional<InetSocketAddress> rtp(SdpSession session, SdpMedia section) throws SdpException {
        String connection = section.connection()
                .or(session::connection)
                .orElseThrow(() -> new SdpException("the audio section has no c= line"));
        return address(connection).map(address -> new InetSocketAddress(address, section.port()));
    }

    /** Where RTCP goes: what {@code a=rtcp} says, otherwise the next port (RFC 3550 section 11). */
    static Optional<InetSocketAddress> rtcp(SdpMedia section, Optional<InetSocketAddress> rtp) throws SdpException {
        if (rtp.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> attribute = section.attribute("rtcp");
        if (attribute.isEmpty()) {
            int port = rtp.get().getPort() + 1;
            return port > 65_535
                    ? Optional.empty()
                    : Optional.of(new InetSocketAddress(rtp.get().getAddress(), port));
        }
        String[] parts = attribute.get().trim().split(" ", 2);
        int port = SdpReader.number(parts[0], 65_535);
        Optional<InetAddress> address =
                parts.length == 2 ? address(parts[1]) : Optional.of(rtp.get().getAddress());
        return address.map(a -> new InetSocketAddress(a, port));
    }

    private static Optional<InetAddress> address(String connection) throws SdpException {
        String[] parts = connection.trim().split(" +");
        if (parts.length != 3 || !parts[0].equals("IN")) {
            throw new SdpException("'" + SdpReader.shorten(connection) + "' is not of the form IN IP4 address");
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(parts[2]);
        } catch (IllegalArgumentException e) {
            throw new SdpException("'" + SdpReader.shorten(parts[2]) + "' is not an IP address");
        }
        if (address.isMulticastAddress()) {
            throw new SdpException("multicast is not for phone calls");
        }
        return address.isAnyLocalAddress() ? Optional.empty() : Optional.of(address);
    }

    /** What follows {@code c=} for an address of ours. */
    static String connection(InetAddress address) {
        return address instanceof Inet6Address v6 ? "IN IP6 " + text(v6) : "IN IP4 " + address.getHostAddress();
    }

    /** RFC 5952 section 4: the first of the longest runs of two or more zeros is left out. */
    private static String text(Inet6Address address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        int[] fields = new int[8];
        Arrays.setAll(fields, i -> bytes.getShort(2 * i) & 0xffff);
        int from = 8;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int zeros = zeros(fields, i);
            if (zeros > length) {
                from = i;
                length = zeros;
            }
        }
        return from == 8 ? fields(fields, 0, 8) : fields(fields, 0, from) + "::" + fields(fields, from + length, 8);
    }

    private static int zeros(int[] fields, int from) {
        int end = from;
        while (end < fields.length && fields[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static String fields(int[] fields, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Integer.toHexString(fields[i]))
                .collect(Collectors.joining(":"));
    }
}
