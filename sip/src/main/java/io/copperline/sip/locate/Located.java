package io.copperline.sip.locate;

import io.copperline.sip.SipTransport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What DNS says about where a carrier's servers are.
 *
 * @param services by transport, best first
 * @param validFor until something of it must be asked again
 * @param trouble what DNS could not say, in words; the services may then be older ones, or none
 */
public record Located(List<Service> services, Duration validFor, Optional<String> trouble) {

    /** Servers that are reached by one transport. */
    record Service(SipTransport transport, List<Server> servers) {
        Service {
            servers = List.copyOf(servers);
        }
    }

    /** One server: an SRV record with its addresses, or the host itself. */
    record Server(int priority, int weight, int port, List<InetAddress> addresses) {
        Server {
            addresses = List.copyOf(addresses);
        }
    }

    public Located {
        services = List.copyOf(services);
    }

    /** The targets in the order in which to try them: by priority, and within one by chance and weight. */
    public List<Target> order(RandomGenerator random) {
        List<Target> targets = new ArrayList<>();
        for (Service service : services) {
            for (Server server : SrvOrder.order(service.servers(), random)) {
                for (InetAddress address : server.addresses()) {
                    targets.add(new Target(address, server.port(), service.transport()));
                }
            }
        }
        return targets.stream().distinct().toList();
    }

    /** All targets, in no order that matters. */
    public List<Target> targets() {
        List<Target> all = new ArrayList<>();
        for (Service service : services) {
            for (Server server : service.servers()) {
                server.addresses().forEach(address -> all.add(new Target(address, server.port(), service.transport())));
            }
        }
        return all.stream().distinct().toList();
    }
}
