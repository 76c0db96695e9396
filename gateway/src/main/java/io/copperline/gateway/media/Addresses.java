package io.copperline.gateway.media;

import io.copperline.config.MediaSettings;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What others are told of where we are: settings first, then the bound address, then the machine's own. */
final class Addresses {
    private final List<InetAddress> toBrowsers;

    Addresses(MediaSettings settings) {
        if (!settings.advertise().isEmpty()) {
            toBrowsers = settings.advertise();
        } else if (!settings.bind().isAnyLocalAddress()) {
            toBrowsers = List.of(settings.bind());
        } else {
            toBrowsers = machine(settings.bind() instanceof Inet4Address);
        }
    }

    /** Where browsers reach us, best first. */
    List<InetAddress> toBrowsers() {
        return toBrowsers;
    }

    /** What a trunk's SDP says; the trunk's own setting wins. */
    InetAddress toTrunk(Optional<String> trunkSetting) {
        return trunkSetting
                .map(InetAddress::ofLiteral)
                .or(() -> toBrowsers.stream()
                        .filter(Inet4Address.class::isInstance)
                        .findFirst())
                .orElse(toBrowsers.getFirst());
    }

    /** The addresses of the interfaces that are up, IPv4 before IPv6; the loopback only where there is nothing else. */
    private static List<InetAddress> machine(boolean onlyIpv4) {
        try {
            List<InetAddress> found = NetworkInterface.networkInterfaces()
                    .filter(Addresses::usable)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress())
                    .filter(address -> !onlyIpv4 || address instanceof Inet4Address)
                    .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                    .toList();
            return found.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : found;
        } catch (SocketException e) {
            return List.of(InetAddress.getLoopbackAddress());
        }
    }

    private static boolean usable(NetworkInterface candidate) {
        try {
            return candidate.isUp() && !candidate.isLoopback() && !candidate.isVirtual();
        } catch (SocketException e) {
            return false;
        }
    }
}
