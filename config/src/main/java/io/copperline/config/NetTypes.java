package io.copperline.config;

import io.copperline.config.MediaSettings.PortRange;
import io.copperline.config.MediaSettings.StunServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of values that name places in networks and numbers in the telephone network. Nothing here asks DNS. */
final class NetTypes {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 =
            Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9]{1,16})?");
    private static final Pattern HOST = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*\\.?");
    private static final Pattern NETWORK = Pattern.compile("([^/]+)(?:/([0-9]{1,3}))?");
    private static final Pattern SERVER = Pattern.compile("(?:\\[([^\\]]+)]|([^:\\[\\]]+))(?::([0-9]{1,5}))?");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5}) ?- ?([0-9]{1,5})");
    private static final Pattern PREFIX = Pattern.compile("\\+[0-9]{0,15}");
    private static final Pattern ICE = Pattern.compile("(stun|turns?):([^/?#@]+)(\\?transport=(?:udp|tcp))?");
    private static final Pattern CALLED = Pattern.compile("\\+?[0-9][0-9 ().-]{0,30}");

    private static final int STUN_PORT = 3_478;
    private static final int DNS_PORT = 53;

    /** A host and a port, which is 0 where none is written. */
    record Server(String host, int port) {}

    static final Type<InetAddress> ADDRESS = Type.of("an IP address", NetTypes::address);

    static final Type<String> ADDRESS_TEXT = Type.of("an IP address", text -> {
        address(text);
        return text;
    });

    static final Type<String> BIND = Type.of("an IP address of this machine, or localhost", text -> {
        if (!text.equals("localhost")) {
            address(text);
        }
        return text;
    });

    static final Type<String> NETWORK_TEXT = Type.of("an IP address, or a network such as 10.0.0.0/8", text -> {
        Matcher parts = NETWORK.matcher(text);
        if (!parts.matches()) {
            throw new Mismatch();
        }
        int bits = address(parts.group(1)).getAddress().length * 8;
        if (parts.group(2) != null) {
            Types.number(parts.group(2), 0, bits);
        }
        return text;
    });

    static final Type<Server> SERVER_NAME = Type.of("host, host:port or [IPv6]:port", NetTypes::server);

    static final Type<InetSocketAddress> NAME_SERVER = Type.of("an IP address, with :port where it is not 53", text -> {
        Server server =
                server(text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[") ? "[" + text + "]" : text);
        return new InetSocketAddress(address(server.host()), server.port() == 0 ? DNS_PORT : server.port());
    });

    static final Type<String> ICE_URI = Type.of("a stun:, turn: or turns: URI (RFC 7064, 7065)", NetTypes::iceUri);

    /** RFC 7064 section 3.1. */
    static final Type<StunServer> STUN_SERVER =
            Type.of("a STUN server such as stun:stun.example.com or stun:192.0.2.1:3478", text -> {
                if (!text.startsWith("stun:")) {
                    throw new Mismatch();
                }
                Server server = server(text.substring("stun:".length()));
                return new StunServer(server.host(), server.port() == 0 ? STUN_PORT : server.port());
            });

    static final Type<URI> WEB_URL = Type.of("an http or https URL", text -> {
        URI url = url(text);
        if (url.getUserInfo() != null || url.getRawFragment() != null) {
            throw new Mismatch();
        }
        return url;
    });

    static final Type<String> ORIGIN = Type.of("an origin such as https://app.example.com, or *", text -> {
        if (text.equals("*")) {
            return text;
        }
        URI url = url(text);
        String origin = (url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT);
        if (url.getUserInfo() != null || !origin.equals(text)) {
            throw new Mismatch("write it as browsers do: " + origin);
        }
        return text;
    });

    static final Type<String> JDBC_URL =
            new Type<>("a JDBC URL of PostgreSQL or H2, without credentials", true, text -> {
                String lower = text.toLowerCase(Locale.ROOT);
                if (lower.contains("password=") || text.contains("@")) {
                    throw new Mismatch("take them out of the URL, and write records.username and records.password");
                }
                if (!lower.startsWith("jdbc:postgresql:") && !lower.startsWith("jdbc:h2:")) {
                    throw new Mismatch("write for instance url: jdbc:postgresql://127.0.0.1/copperline");
                }
                return text;
            });

    static final Type<PortRange> PORTS = Type.of("two ports from 1024 to 65535, such as 20000-29999", text -> {
        Matcher ends = RANGE.matcher(text);
        if (!ends.matches()) {
            throw new Mismatch();
        }
        int first = Types.number(ends.group(1), 1024, 65_535);
        int last = Types.number(ends.group(2), 1024, 65_535);
        if (first % 2 != 0) {
            throw new Mismatch("begin with an even port: RTP is even, RTCP the next (RFC 3550 section 11)");
        }
        if (last <= first) {
            throw new Mismatch("write the lower port first, and at least two ports");
        }
        return new PortRange(first, last);
    });

    static final Type<String> PREFIX_TEXT = Type.of("a plus and the first digits of a number", text -> {
        if (!PREFIX.matcher(text).matches()) {
            throw text.matches("[0-9]{1,15}") ? new Mismatch("write \"+" + text + "\"") : new Mismatch();
        }
        return text;
    });

    static final Type<String> CALLED_NUMBER = Type.of("a phone number", text -> {
        if (!CALLED.matcher(text).matches()) {
            throw new Mismatch();
        }
        return text;
    });

    private NetTypes() {}

    /** A port; {@code free} stands for {@code anyFree}, and 0 for {@code zero}. */
    static Type<Integer> port(int anyFree, String zero) {
        return Type.of(
                "a port from 1 to 65535" + (zero.isEmpty() ? " or" : ",") + " free for any free one" + zero,
                text -> text.equals("free")
                        ? anyFree
                        : Types.number(text, zero.isEmpty() && anyFree != 0 ? 1 : 0, 65_535));
    }

    static InetAddress address(String text) throws Mismatch {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            throw new Mismatch();
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new Mismatch();
        }
    }

    /** Whether it stands for every address of the machine. */
    static boolean anyLocal(String text) {
        try {
            return address(text).isAnyLocalAddress();
        } catch (Mismatch e) {
            return false;
        }
    }

    static boolean loopback(String text) {
        try {
            return text.equals("localhost") || address(text).isLoopbackAddress();
        } catch (Mismatch e) {
            return false;
        }
    }

    private static Server server(String text) throws Mismatch {
        if (text.startsWith("sip:") || text.startsWith("sips:")) {
            throw new Mismatch("write it without " + text.substring(0, text.indexOf(':') + 1));
        }
        if (IPV6.matcher(text).matches()) {
            address(text);
            return new Server(text, 0);
        }
        Matcher parts = SERVER.matcher(text);
        if (!parts.matches()) {
            throw new Mismatch();
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        if (parts.group(1) != null) {
            address(host);
        } else if (!HOST.matcher(host).matches()
                || host.matches("[0-9.]+") && !IPV4.matcher(host).matches()) {
            throw new Mismatch();
        } else if (IPV4.matcher(host).matches()) {
            address(host);
        }
        return new Server(host, parts.group(3) == null ? 0 : Types.number(parts.group(3), 1, 65_535));
    }

    private static String iceUri(String text) throws Mismatch {
        if (text.matches("(stun|turns?)://.*")) {
            throw new Mismatch("write it without //, for these URIs have no path: " + text.replaceFirst("//", ""));
        }
        Matcher parts = ICE.matcher(text);
        if (!parts.matches()) {
            throw new Mismatch();
        }
        if (IPV6.matcher(parts.group(2)).matches()) {
            throw new Mismatch(
                    "write the address in brackets: " + text.replace(parts.group(2), "[" + parts.group(2) + "]"));
        }
        server(parts.group(2));
        if (parts.group(1).equals("stun") && parts.group(3) != null) {
            throw new Mismatch("write it without " + parts.group(3) + ": only TURN URIs have a transport");
        }
        return text;
    }

    private static URI url(String text) throws Mismatch {
        try {
            URI url = new URI(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!web || url.getHost() == null) {
                throw new Mismatch();
            }
            return url;
        } catch (URISyntaxException e) {
            throw new Mismatch();
        }
    }
}
