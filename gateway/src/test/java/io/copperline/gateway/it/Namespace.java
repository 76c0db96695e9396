package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A network of its own for peers that gather no loopback addresses, joined to this machine by one cable and to nothing else.
 *
 * <pre>
 *   this machine   {@link #here} ---veth--- {@link #there}   Firefox, GStreamer
 *                                            default route: nowhere
 * </pre>
 *
 * <p>A process that waits for the end of its standard input holds the namespace. When this process ends, however it does, so does
 * that one, and the kernel takes namespace and cable away with the last process inside. To make one takes root's rights.
 */
final class Namespace implements AutoCloseable {
    /** RFC 2544: 198.18.0.0/15 is for benchmarks in networks of one's own. Each process takes four addresses of it. */
    private static final int BLOCK =
            (198 << 24 | 18 << 16) + (int) (ProcessHandle.current().pid() % 32_768) * 4;

    /** RFC 4193: an address range of one's own. */
    private static final String NETWORK6 = "fd4c:c0b5:"
            + Long.toHexString(ProcessHandle.current().pid() >>> 16) + ":"
            + Long.toHexString(ProcessHandle.current().pid() & 0xFFFF) + "::";

    /** RFC 3927: an address that no router has. */
    private static final String NOBODY = "169.254.1.1";
    /** The number of a table of routes. */
    private static final String NOWHERE = "100";

    private static final String CABLE = "cl" + ProcessHandle.current().pid();

    private final Process holder;
    private Optional<LongCable> cable = Optional.empty();

    private Namespace(Process holder) {
        this.holder = holder;
    }

    static Namespace open() {
        return open(Namespace::connect);
    }

    /** The same at the end of a {@link LongCable}, and without what Firefox and GStreamer want. */
    static Namespace farAway() {
        return open(Namespace::connectFarAway);
    }

    private static Namespace open(Consumer<Namespace> connect) {
        assumeTrue("root".equals(System.getProperty("user.name")), "a network namespace takes root's rights");
        Namespace made = new Namespace(start(List.of("unshare", "--net", "cat")));
        try {
            Path ours = Path.of("/proc/self/ns/net");
            Path theirs = Path.of("/proc", "" + made.holder.pid(), "ns", "net");
            Await.until("the namespace is there", () -> !link(theirs).equals(link(ours)));
            connect.accept(made);
            return made;
        } catch (RuntimeException | AssertionError e) {
            made.close();
            throw e;
        }
    }

    private void connect() {
        String pid = "" + holder.pid();
        succeed(List.of("ip", "link", "add", CABLE, "type", "veth", "peer", "name", "eth0", "netns", pid));
        addresses();
        // Without a microphone, Firefox gathers the address of the default route alone. This one ends where it begins.
        succeed(inside("ip", "route", "add", "default", "dev", "lo", "src", there()));
        // By the cable's own interface, since sockets may insist on it.
        succeed(inside("ip", "neighbor", "add", NOBODY, "lladdr", "02:00:00:00:00:01", "dev", "eth0"));
        succeed(inside("ip", "route", "add", "default", "via", NOBODY, "dev", "eth0", "onlink", "table", NOWHERE));
    }

    private void connectFarAway() {
        cable = Optional.of(LongCable.lay(CABLE, holder.pid()));
        addresses();
    }

    private void addresses() {
        succeed(List.of("ip", "address", "add", here() + "/30", "dev", CABLE));
        succeed(List.of("ip", "address", "add", here6() + "/64", "dev", CABLE, "nodad"));
        succeed(List.of("ip", "link", "set", CABLE, "up"));
        succeed(inside("ip", "link", "set", "lo", "up"));
        succeed(inside("ip", "address", "add", there() + "/30", "dev", "eth0"));
        succeed(inside("ip", "address", "add", there6() + "/64", "dev", "eth0", "nodad"));
        succeed(inside("ip", "link", "set", "eth0", "up"));
    }

    private static Path link(Path namespace) {
        try {
            return Files.readSymbolicLink(namespace);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This machine's address in that network. */
    String here() {
        return address(BLOCK + 1);
    }

    /** The same of IPv6. */
    String here6() {
        return NETWORK6 + "1";
    }

    /** The other end's. */
    String there() {
        return address(BLOCK + 2);
    }

    String there6() {
        return NETWORK6 + "2";
    }

    /** What leads there, where it is far away. */
    LongCable cable() {
        return cable.orElseThrow();
    }

    private static String address(int bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
    }

    /** The command that runs this one inside. The process is the command's own. */
    List<String> inside(String... command) {
        List<String> whole = new ArrayList<>(List.of("nsenter", "--net=/proc/" + holder.pid() + "/ns/net"));
        whole.addAll(List.of(command));
        return whole;
    }

    /** From now on IPv4's UDP ends nowhere, as where a firewall drops it: no router is where it is sent. */
    void dropUdp() {
        succeed(inside("ip", "rule", "add", "ipproto", "udp", "lookup", NOWHERE));
    }

    /** Ends that, also where it had not begun. */
    void letUdpThrough() {
        succeed(inside("ip", "rule", "flush", "table", NOWHERE));
    }

    private static void succeed(List<String> command) {
        Process process = start(command);
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + ": "
                        + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cable.ifPresent(LongCable::close);
        holder.destroy();
        cutCable();
    }

    /** At once: the kernel takes its time with a namespace, and the next one's cable has the same name. */
    private static void cutCable() {
        try {
            start(List.of("ip", "link", "delete", CABLE)).waitFor(10, TimeUnit.SECONDS); // It may have gone.
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
