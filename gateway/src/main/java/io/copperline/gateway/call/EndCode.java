package io.copperline.gateway.call;

/**
 * How calls end: the one set of codes that the browser, the call record and the metrics share. {@code docs/end-codes.md}
 * lists them with their remedies.
 */
public enum EndCode {
    HANGUP("hangup", 16, "One side hung up."),
    CANCELLED("cancelled", 16, "The caller hung up before the call was answered."),
    BUSY("busy", 17, "The phone is busy. Try again later."),
    NO_ANSWER("no-answer", 19, "Nobody answered. Try again later."),
    DECLINED("declined", 21, "The call was declined."),
    NUMBER_NOT_FOUND("number-not-found", 1, "The carrier does not know this number. Check the number."),
    NUMBER_CHANGED("number-changed", 22, "The number has changed. Ask for the new one."),
    NUMBER_INCOMPLETE("number-incomplete", 28, "The number is incomplete. Check the number."),
    TRANSFERRED("transferred", 16, "The phone was put through to another one."),
    UNAVAILABLE("unavailable", 20, "The phone is switched off or not registered. Try again later."),
    ANSWERED_ELSEWHERE("answered-elsewhere", 26, "Another tab or phone answered this call."),
    FORBIDDEN(
            "forbidden",
            57,
            "The carrier refused this call. The operator should check the trunk's account and caller number."),
    TRUNK_AUTHENTICATION(
            "trunk-authentication",
            57,
            "The carrier refused the trunk's credentials. The operator should check username and password."),
    TRUNK_UNREACHABLE(
            "trunk-unreachable",
            38,
            "The carrier does not answer. The operator should check the trunk's server, transport and firewall."),
    CONGESTION("congestion", 42, "The carrier has no free line. Try again in a moment."),
    LIMIT_REACHED(
            "limit-reached",
            42,
            "All trunks of the route, or the trunk or the rule of a call in, have as many calls as they may. Try again later. The operator should check their limits."),
    NOT_FORWARDED(
            "not-forwarded",
            27,
            "The call may not go on to the number that it is forwarded to. The operator should look for this call's id in the log."),
    NO_COMMON_CODEC(
            "no-common-codec",
            65,
            "Carrier and gateway share no audio codec, or do not agree on encryption. The operator should check the trunk's codecs and srtp."),
    NO_COMMON_ENCRYPTION(
            "no-common-encryption",
            65,
            "Carrier or gateway wants encrypted audio and the other refuses it. The operator should check the trunk's srtp."),
    CARRIER_ERROR("carrier-error", 41, "The carrier failed. Try again later."),
    BROWSER_UNREACHABLE(
            "browser-unreachable",
            41,
            "No media path between browser and gateway. Check that UDP or TCP to the gateway's media port is open."),
    BROWSER_LOST("browser-lost", 41, "The browser went away: its tab was closed or its network failed."),
    MEDIA_TIMEOUT("media-timeout", 41, "The carrier sent no audio for too long."),
    SESSION_EXPIRED("session-expired", 102, "The carrier no longer confirmed that the call was there. Call again."),
    MAX_DURATION("max-duration", 16, "The longest time this user may talk was reached."),
    MINUTES_USED_UP(
            "minutes-used-up",
            16,
            "The minutes that may be talked today are used up. Call again tomorrow. The operator should check minutes-per-day."),
    GATEWAY_STOPPING("gateway-stopping", 41, "The gateway is being stopped. Call again."),
    GATEWAY_ERROR("gateway-error", 41, "The gateway failed. The operator should look for this call's id in the log.");

    private final String wireName;
    private final int q850;
    private final String remedy;

    EndCode(String wireName, int q850, String remedy) {
        this.wireName = wireName;
        this.q850 = q850;
        this.remedy = remedy;
    }

    /** The code as the API spells it. */
    public String wireName() {
        return wireName;
    }

    /** The Q.850 cause that we send with it, and report where the carrier gave none. */
    public int q850() {
        return q850;
    }

    /** One sentence for people: what it means and what to do. */
    public String remedy() {
        return remedy;
    }
}
