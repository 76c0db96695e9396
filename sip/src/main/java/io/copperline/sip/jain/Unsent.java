package io.copperline.sip.jain;

import io.copperline.sip.wire.WireFailure;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Why a request could not be sent.
 *
 * @param what one line for people
 */
record Unsent(WireFailure failure, String what) {
    private static final int MAX_LENGTH = 120;
    private static final String ALERT = "Received fatal alert: ";

    static Unsent of(Exception e) {
        Throwable root = Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .reduce((_, cause) -> cause)
                .orElse(e);
        String text = firstLine(root.getMessage());
        return switch (root) {
            case UnknownHostException _ -> unreachable("no such host");
            case ParseException _ -> unreachable("the request cannot be written");
            case GeneralSecurityException _ ->
                new Unsent(WireFailure.BAD_CERTIFICATE, "the carrier's certificate is not good: " + text);
            case SSLException _
            when text.contains(ALERT) ->
                new Unsent(
                        WireFailure.HANDSHAKE_REFUSED,
                        "the carrier refused TLS: " + text.substring(text.indexOf(ALERT) + ALERT.length()));
            default -> unreachable("not sent: " + text);
        };
    }

    private static Unsent unreachable(String what) {
        return new Unsent(WireFailure.UNREACHABLE, what);
    }

    // The stack's own texts may hold the whole message, credentials and all.
    private static String firstLine(String text) {
        String line = text == null ? "" : text.lines().findFirst().orElse("");
        line = line.replaceFirst("^class [\\w.]+ ", "").replaceFirst("( null)? Problem connecting .*", "");
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) : line;
    }
}
