package io.copperline.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where calls go, and where none may go.
 *
 * @param outbound in the order of the file
 * @param order in which they are tried
 */
public record RouteSettings(
        List<Outbound> outbound,
        List<Inbound> inbound,
        Barred barred,
        Order order,
        EmergencySettings emergency,
        RouteLimits limits) {
    public RouteSettings {
        outbound = List.copyOf(outbound);
        inbound = List.copyOf(inbound);
    }

    /** Rules in the order of the file, and nothing more. */
    public RouteSettings(List<Outbound> outbound, List<Inbound> inbound, Barred barred) {
        this(outbound, inbound, barred, Order.FILE, EmergencySettings.NONE, RouteLimits.NONE);
    }

    /** Which of several rules that match decides. */
    public enum Order {
        /** The first of the file. */
        FILE,
        /** A pattern before every prefix, then the longest prefix; among equals the first of the file. */
        LONGEST_PREFIX
    }

    /**
     * From a browser to trunks. One of {@code prefix} and {@code pattern} is set.
     *
     * @param prefix what the number in E.164 begins with, such as {@code +1}
     * @param pattern what the whole number in E.164 matches
     * @param users whose calls the rule is for; empty: everybody's
     * @param trunks the first choice first
     * @param line the line of the file, for explanations
     */
    public record Outbound(
            Optional<String> prefix,
            Optional<Pattern> pattern,
            List<String> users,
            List<TrunkChoice> trunks,
            int line,
            RouteTerms terms) {
        public Outbound {
            users = List.copyOf(users);
            trunks = List.copyOf(trunks);
        }
    }

    /**
     * Destinations that no browser may call, whatever the rules say.
     *
     * @param prefixes of numbers in E.164 that are barred beside these kinds
     * @param except prefixes of numbers that may be called all the same
     */
    public record Barred(List<DestinationKind> kinds, List<String> prefixes, List<String> except) {
        public Barred {
            kinds = List.copyOf(kinds);
            prefixes = List.copyOf(prefixes);
            except = List.copyOf(except);
        }
    }

    /**
     * From a trunk to web users, or on to a number.
     *
     * @param usual how phones ring, where the webhook says whose and no more
     * @param webhook who is asked first; {@code treatment} is for when it does not say
     * @param limits how many calls may come in by it
     */
    public record Inbound(
            List<CalledNumbers> called,
            Treatment treatment,
            RingPlan usual,
            Optional<Webhook> webhook,
            int line,
            CallLimits limits) {
        public Inbound {
            called = List.copyOf(called);
        }

        /** Without a webhook or limits. */
        public Inbound(List<CalledNumbers> called, Treatment treatment, int line) {
            this(called, treatment, RingPlan.NOBODY, Optional.empty(), line, CallLimits.NONE);
        }

        /** One number, as the operator wrote it, of one user. */
        public Inbound(String number, String user, int line) {
            this(List.of(new CalledNumbers.One(number)), new Treatment.Ring(RingPlan.of(user), Optional.empty()), line);
        }
    }
}
