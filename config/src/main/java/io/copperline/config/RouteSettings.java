package io.copperline.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where calls go. Rules are tried in the order of the file. */
public record RouteSettings(List<Outbound> outbound, List<Inbound> inbound) {
    public RouteSettings {
        outbound = List.copyOf(outbound);
        inbound = List.copyOf(inbound);
    }

    /**
     * From a browser to trunks. One of {@code prefix} and {@code pattern} is set.
     *
     * @param prefix what the number in E.164 begins with, such as {@code +1}
     * @param pattern what the whole number in E.164 matches
     * @param trunks names of trunks, the first choice first
     * @param line the line of the file, for explanations
     */
    public record Outbound(Optional<String> prefix, Optional<Pattern> pattern, List<String> trunks, int line) {
        public Outbound {
            trunks = List.copyOf(trunks);
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
