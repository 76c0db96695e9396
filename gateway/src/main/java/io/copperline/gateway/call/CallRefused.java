package io.copperline.gateway.call;

/** A wish that cannot be met. Stackless: it is an answer, not a bug. The message is written for the person who asked. */
public final class CallRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why, in the words of the API's {@code code} member; {@code httpStatus} is what the HTTP face answers. */
    public enum Code {
        BAD_OFFER("bad-offer", 400),
        BAD_CANDIDATES("bad-candidates", 400),
        BAD_MESSAGE("bad-message", 400),
        BAD_NUMBER("bad-number", 400),
        BAD_LOCATION("bad-location", 400),
        NO_ROUTE("no-route", 404),
        NO_SUCH_CALL("no-such-call", 404),
        DESTINATION_NOT_ALLOWED("destination-not-allowed", 403),
        NUMBER_NOT_ALLOWED("number-not-allowed", 403),
        NAME_NOT_ALLOWED("name-not-allowed", 403),
        HEADER_NOT_ALLOWED("header-not-allowed", 403),
        NO_EMERGENCY_CALLS("no-emergency-calls", 403),
        TOO_MANY_CALLS("too-many-calls", 429),
        LIMIT_REACHED("limit-reached", 429),
        ALREADY_ANSWERED("already-answered", 409),
        ALREADY_ENDED("already-ended", 409),
        DIGITS_NOT_POSSIBLE("digits-not-possible", 409),
        TRANSFER_NOT_POSSIBLE("transfer-not-possible", 409),
        TRANSFER_NOT_SUPPORTED("transfer-not-supported", 501),
        TRANSFER_REFUSED("transfer-refused", 502),
        NO_COMMON_CODEC("no-common-codec", 422),
        OVERLOADED("overloaded", 503),
        STOPPING("stopping", 503);

        private final String wireName;
        private final int httpStatus;

        Code(String wireName, int httpStatus) {
            this.wireName = wireName;
            this.httpStatus = httpStatus;
        }

        public String wireName() {
            return wireName;
        }

        public int httpStatus() {
            return httpStatus;
        }
    }

    private final Code code;

    public CallRefused(Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
