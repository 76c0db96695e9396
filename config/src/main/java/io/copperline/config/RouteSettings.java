package io.copperline.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where calls go, and where none may go. Rules are tried in the order of the file. */
public record RouteSettings(List<Outbound> outbound, List<Inbound> inbound, Barred barred) {
    public RouteSettings {
        outbound = List.copyOf(outbound);
        inbound = List.copyOf(inbound);
    }

    /**
     * From a browser to trunks. One of {@code prefix} and {@code pattern} is set.
     *
     * @param prefix what the number in E.164 begins with, such as {@code +1}
     * @param pattern what the whole number in E.164 matches
     * @param users whose calls the rule is for; empty: everybody's
     * @param trunks names of trunks, the first choice first
     * @param line the line of the file, for explanations
     */
    public record Outbound(
            Optional<String> prefix, Optional<Pattern> pattern, List<String> users, List<String> trunks, int line) {
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
     * From a trunk to a web user.
     *
     * @param number the called number as the operator wrote it
     * @param user the {@code sub} of the user's tokens
     */
    public record Inbound(String number, String user, int line) {}
}
