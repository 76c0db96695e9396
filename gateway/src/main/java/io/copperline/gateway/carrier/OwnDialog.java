package io.copperline.gateway.carrier;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests within a call of the carrier's own, each sent until it is answered, and digits by INFO, both ways. Owned by its call. */
final class OwnDialog {
    private static final long DIGIT_EACH_MILLIS = 200;
    /** The body of application/dtmf-relay, and of application/dtmf. */
    private static final Pattern SIGNAL =
            Pattern.compile("(?im)^Signal\\s*=\\s*([0-9*#A-D])\\s*$|^\\s*([0-9*#A-D])\\s*$");

    /** Whose it is. */
    interface Owner {
        void answered(String method, int status);

        /** Nothing has come for 32 s. */
        void inVain(String method);
    }

    private final Later later;
    private final Reply way;
    private final OwnRequests requests;
    private final Owner owner;
    private final Map<Long, Resending> pending = new HashMap<>();
    private boolean pressing = true;
    private String heard = "";

    OwnDialog(Later later, Reply way, OwnRequests requests, Owner owner) {
        this.later = later;
        this.way = way;
        this.requests = requests;
        this.owner = owner;
    }

    /** @param text the request that was written last */
    void send(String text) {
        String method = text.substring(0, text.indexOf(' '));
        pending.put(requests.sequence(), Resending.start(later, way, text, () -> owner.inVain(method)));
    }

    void onResponse(int status, WireMessage response) {
        if (status >= 200 && pending.containsKey(response.sequence())) {
            pending.remove(response.sequence()).stop();
            owner.answered(response.method(), status);
        }
    }

    /** Sends digits by INFO, one after the other. */
    void press(String digits) {
        if (pressing && !digits.isEmpty()) {
            send(requests.info(digits.charAt(0)));
            later.run(() -> press(digits.substring(1)), DIGIT_EACH_MILLIS);
        }
    }

    void stopPressing() {
        pressing = false;
    }

    /** Takes the body of an INFO that has come. */
    void hear(String body) {
        Matcher signal = SIGNAL.matcher(body);
        if (signal.find() && heard.length() < Heard.MOST_DIGITS) {
            heard += signal.group(1) == null ? signal.group(2) : signal.group(1);
        }
    }

    /** The digits that have come by INFO. */
    String heard() {
        return heard;
    }

    void close() {
        stopPressing();
        pending.values().forEach(Resending::stop);
        pending.clear();
    }
}
