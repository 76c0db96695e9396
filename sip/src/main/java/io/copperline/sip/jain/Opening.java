package io.copperline.sip.jain;

import io.copperline.sip.SipSettings;
import io.copperline.sip.SipTransport;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Which ports a stack opens.
 *
 * @param bind the local address
 * @param ports by transport; 0 takes a free one, and what is not there is off
 * @param deaf the transports over which nobody may come in, since another stack listens at that port
 * @param shared whether other stacks have sockets at the same UDP port, of narrower addresses or a wider one
 * @param messagesPerSecond of each source that are read
 */
record Opening(
        String bind, Map<SipTransport, Integer> ports, Set<SipTransport> deaf, boolean shared, int messagesPerSecond) {

    /** Whether its UDP port lies within that of a stack that listens everywhere. */
    boolean narrow() {
        return shared && deaf.contains(SipTransport.TCP);
    }

    static Opening of(SipSettings settings, boolean shared) {
        Map<SipTransport, Integer> ports = new EnumMap<>(SipTransport.class);
        ports.put(SipTransport.UDP, Math.max(0, settings.udpPort()));
        if (settings.tcpPort() != 0) {
            ports.put(SipTransport.TCP, Math.max(0, settings.tcpPort()));
        }
        if (settings.tlsPort() != 0) {
            ports.put(SipTransport.TLS, Math.max(0, settings.tlsPort()));
        }
        return new Opening(
                settings.bindAddress(),
                ports,
                Set.of(),
                shared,
                settings.shedding().messagesPerSecond());
    }
}
