package io.copperline.sip.locate;

import io.copperline.sip.locate.Located.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The order of SRV records (RFC 2782, "Usage rules"). */
final class SrvOrder {
    private SrvOrder() {}

    static List<Server> order(List<Server> servers, RandomGenerator random) {
        TreeMap<Integer, List<Server>> byPriority = new TreeMap<>();
        for (Server server : servers) {
            byPriority
                    .computeIfAbsent(server.priority(), priority -> new ArrayList<>())
                    .add(server);
        }
        List<Server> ordered = new ArrayList<>();
        byPriority.values().forEach(equals -> draw(equals, random, ordered));
        return ordered;
    }

    /** Those of weight 0 stand first, so that they are drawn seldom but not never. */
    private static void draw(List<Server> equals, RandomGenerator random, List<Server> ordered) {
        List<Server> left =
                new ArrayList<>(equals.stream().filter(s -> s.weight() == 0).toList());
        left.addAll(equals.stream().filter(s -> s.weight() != 0).toList());
        while (!left.isEmpty()) {
            int sum = left.stream().mapToInt(Server::weight).sum();
            int chosen = random.nextInt(sum + 1);
            int index = 0;
            int running = left.getFirst().weight();
            while (running < chosen) {
                index++;
                running += left.get(index).weight();
            }
            ordered.add(left.remove(index));
        }
    }
}
