package io.copperline.sip;

import io.copperline.sip.wire.Message;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The lists of tokens in Supported, Require and Allow (RFC 3261 section 19.2). */
final class OptionTags {
    /** Session timers (RFC 4028). */
    static final String TIMER = "timer";

    /** Acknowledged provisional responses (RFC 3262). */
    static final String RELIABLE = "100rel";

    /** INVITEs that take the place of a dialog (RFC 3891). */
    static final String REPLACES = "replaces";

    /** News of early dialogs that have ended (RFC 6228). Only callers say so. */
    static final String EARLY_DIALOG_TERMINATED = "199";

    /** Registration for all numbers of a trunk (RFC 6140). */
    static final String GIN = "gin";

    private OptionTags() {}

    /** Every token of this header, in lower case. */
    static List<String> of(Message message, String header) {
        return message.headers().all(header).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(tag -> tag.strip().toLowerCase(Locale.ROOT))
                .filter(tag -> !tag.isEmpty())
                .toList();
    }

    /** Whether the sender knows this extension: it says so, or even insists. */
    static boolean supports(Message message, String tag) {
        return of(message, "Supported").contains(tag) || of(message, "Require").contains(tag);
    }
}
