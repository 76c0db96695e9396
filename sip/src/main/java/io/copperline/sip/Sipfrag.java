package io.copperline.sip;

import io.copperline.sip.wire.ReasonPhrase;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The status line in the body of a NOTIFY that tells what became of a REFER (RFC 3420, RFC 3515 section 2.4.5). */
final class Sipfrag {
    static final String TYPE = "message/sipfrag";

    private static final Pattern STATUS = Pattern.compile("\\s*SIP/2\\.0[ \\t]+([1-6][0-9]{2})\\b.*", Pattern.DOTALL);

    private Sipfrag() {}

    static String of(int status) {
        return "SIP/2.0 " + status + " " + ReasonPhrase.of(status) + "\r\n";
    }

    /** The status, or 0 where there is none. */
    static int status(String body) {
        Matcher matcher = STATUS.matcher(body);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
