package io.copperline.sip;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Message;
import java.util.Optional;

/**
 * Which reliable provisional response a PRACK acknowledges (RFC 3262 section 7.2).
 *
 * @param rseq the response's RSeq
 * @param cseq the CSeq number of the request that it responds to
 * @param method and its method
 */
record RAck(long rseq, long cseq, String method) {
    /** RSeq stays below 2**32, and begins below 2**31 (sections 3 and 7.1). */
    private static final long MAX = (1L << 32) - 1;

    /** What a PRACK says; empty where that makes no sense. */
    static Optional<RAck> of(Message prack) {
        String[] parts = prack.headers().first("RAck").orElse("").strip().split("\\s+");
        if (parts.length != 3) {
            return Optional.empty();
        }
        long rseq = number(parts[0]);
        long cseq = number(parts[1]);
        return rseq < 0 || cseq < 0 ? Optional.empty() : Optional.of(new RAck(rseq, cseq, parts[2]));
    }

    /** What acknowledges this response; empty where it is not a reliable one. */
    static Optional<RAck> to(Message response) {
        long rseq = number(response.headers().first("RSeq").orElse("").strip());
        boolean reliable = OptionTags.of(response, "Require").contains(OptionTags.RELIABLE) && rseq > 0;
        return reliable ? Optional.of(new RAck(rseq, response.cseq(), response.cseqMethod())) : Optional.empty();
    }

    Header header() {
        return new Header("RAck", rseq + " " + cseq + " " + method);
    }

    private static long number(String text) {
        boolean plain = !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        long number = plain ? Long.parseLong(text) : -1;
        return number <= MAX ? number : -1;
    }
}
