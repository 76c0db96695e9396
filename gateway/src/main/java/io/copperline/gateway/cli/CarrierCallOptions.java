package io.copperline.gateway.cli;

import io.copperline.gateway.carrier.CallOrder;
import io.copperline.gateway.carrier.Expectation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options of {@code copperline carrier} that are about its own calls. */
final class CarrierCallOptions {
    private static final int MOST_CALLS = 20;
    private static final long LONGEST_RING_SECONDS = 300;
    private static final long LONGEST_TALK_SECONDS = TimeUnit.MILLISECONDS.toSeconds(CallOrder.LONGEST_MILLIS);
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9*#]{1,32}");
    private static final Pattern DIGITS = Pattern.compile("[0-9*#A-D]{1,32}");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\"\\\\]{0,64}");
    private static final Pattern GATEWAY =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,64})]|([^:\\[\\]\\s]{1,255})):([0-9]{1,5})");

    @Option(
            names = "--call",
            paramLabel = "NUMBER",
            description = "calls this number at the gateway; repeat it for several, one after the other")
    private List<String> numbers = new ArrayList<>();

    @Option(
            names = "--gateway",
            paramLabel = "HOST:PORT",
            description = "whom it calls (default: whoever has registered)")
    private Optional<String> gateway = Optional.empty();

    @Option(names = "--from", paramLabel = "NUMBER", description = "who calls (default: ${DEFAULT-VALUE})")
    private String caller = "+14045550100";

    @Option(names = "--name", paramLabel = "TEXT", description = "the caller's name")
    private String name = "";

    @Option(names = "--withheld", description = "the caller does not want to be known")
    private boolean withheld;

    @Option(names = "--diverted-by", paramLabel = "NUMBER", description = "who has forwarded the call")
    private Optional<String> divertedBy = Optional.empty();

    @Option(names = "--digits", paramLabel = "DIGITS", description = "presses these a second after the answer")
    private String digits = "";

    @Option(
            names = "--talk",
            paramLabel = "SECONDS",
            description = "hangs up after so long; 0: the called hang up (default: ${DEFAULT-VALUE})")
    private long talk = 5;

    @Option(
            names = "--ring",
            paramLabel = "SECONDS",
            description = "cancels a call that nobody answers (default: ${DEFAULT-VALUE})")
    private long ring = 30;

    @Option(
            names = "--expect-status",
            paramLabel = "STATUS",
            description = "what the call must be answered with (default: ${DEFAULT-VALUE})")
    private int status = 200;

    @Option(names = "--expect-digits", paramLabel = "DIGITS", description = "the digits that must be heard")
    private Optional<String> wantedDigits = Optional.empty();

    @Option(names = "--expect-silence", description = "nothing need be heard")
    private boolean silence;

    /**
     * The calls to make, in their order.
     *
     * @throws IllegalArgumentException that says which option is wrong
     */
    List<CallOrder> orders() {
        require(numbers.size() <= MOST_CALLS, "--call may be given " + MOST_CALLS + " times.");
        numbers.forEach(number -> number("--call", number));
        number("--from", caller);
        divertedBy.ifPresent(number -> number("--diverted-by", number));
        require(NAME.matcher(name).matches(), "--name takes up to 64 characters without quotes and backslashes.");
        require(digits.isEmpty() || DIGITS.matcher(digits).matches(), "--digits takes up to 32 of 0-9, *, # and A-D.");
        require(
                talk >= 0 && talk <= LONGEST_TALK_SECONDS,
                "--talk takes seconds from 0 to " + LONGEST_TALK_SECONDS + ".");
        require(
                ring >= 1 && ring <= LONGEST_RING_SECONDS,
                "--ring takes seconds from 1 to " + LONGEST_RING_SECONDS + ".");
        require(status >= 200 && status <= 699, "--expect-status takes a status from 200 to 699.");
        return numbers.stream()
                .map(number -> new CallOrder(
                        number,
                        caller,
                        withheld,
                        name,
                        divertedBy,
                        digits,
                        TimeUnit.SECONDS.toMillis(talk),
                        TimeUnit.SECONDS.toMillis(ring)))
                .toList();
    }

    private static void number(String option, String text) {
        require(NUMBER.matcher(text).matches(), option + " takes a number such as +12025550150, not " + text + ".");
    }

    private static void require(boolean good, String wanted) {
        if (!good) {
            throw new IllegalArgumentException(wanted);
        }
    }

    Expectation expectation() {
        return new Expectation(status, !silence, wantedDigits, talk == 0);
    }

    /**
     * Whom to call; empty: whoever has registered.
     *
     * @throws IllegalArgumentException where that is no address
     */
    Optional<InetSocketAddress> gateway() {
        return gateway.map(text -> {
            Matcher parts = GATEWAY.matcher(text);
            require(parts.matches(), "--gateway takes HOST:PORT, not " + text + ".");
            int port = Integer.parseInt(parts.group(3));
            require(port > 0 && port <= 65_535, "--gateway " + text + " has no such port.");
            try {
                String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
                return new InetSocketAddress(InetAddress.getByName(host), port);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("--gateway " + text + " is not found.", e);
            }
        });
    }
}
