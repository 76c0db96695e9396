package io.copperline.gateway.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.copperline.gateway.call.CallRefused;
import java.util.OptionalInt;

/**
 * An error as both faces tell it: problem details (RFC 9457) with a {@code code} for programs.
 *
 * @param detail what was wrong this time and what to do, for people
 */
record Problem(int status, String code, String title, String detail, OptionalInt retryAfterSeconds) {
    private static final int RETRY_AFTER_SECONDS = 5;

    static Problem of(ProblemCode code, String detail) {
        boolean later = code.httpStatus() == 503 || code == ProblemCode.TOO_MANY_CONNECTIONS;
        return new Problem(
                code.httpStatus(),
                code.wireName(),
                code.title(),
                detail,
                later ? OptionalInt.of(RETRY_AFTER_SECONDS) : OptionalInt.empty());
    }

    static Problem rateLimited(int waitSeconds) {
        ProblemCode code = ProblemCode.RATE_LIMITED;
        return new Problem(
                code.httpStatus(),
                code.wireName(),
                code.title(),
                "Try again in " + waitSeconds + " s.",
                OptionalInt.of(waitSeconds));
    }

    static Problem of(CallRefused refused) {
        CallRefused.Code code = refused.code();
        boolean later = code.httpStatus() == 503 || code.httpStatus() == 429;
        return new Problem(
                code.httpStatus(),
                code.wireName(),
                "The call was refused",
                refused.getMessage(),
                later ? OptionalInt.of(RETRY_AFTER_SECONDS) : OptionalInt.empty());
    }

    ObjectNode json() {
        return Json.object()
                .put("type", "urn:copperline:problem:" + code)
                .put("title", title)
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
    }
}
