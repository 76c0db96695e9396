package io.copperline.gateway.call;

import io.copperline.codecs.sdp.NegotiatedAudio;

/** Which side of a call holds the other. All that the trunk ever hears of the browser's offers is this. Owned by the call. */
final class Holds {
    private final Call call;
    private boolean byBrowser;
    private boolean byTrunk;

    Holds(Call call) {
        this.call = call;
    }

    /** RFC 3264 section 8.4: who does not listen any more holds. */
    void browserListens(boolean listens) {
        if (listens == byBrowser) {
            byBrowser = !listens;
            if (call.talking()) {
                call.leg().ifPresent(leg -> leg.hold(byBrowser));
            }
            call.story().tell(new CallEvent.Hold(call.now(), byBrowser, CallEvent.Side.BROWSER));
        }
    }

    /** A leg has begun to talk, which does not know of it. */
    void begun() {
        if (byBrowser) {
            call.leg().ifPresent(leg -> leg.hold(true));
        }
    }

    void trunk(NegotiatedAudio negotiated, boolean early) {
        boolean held = !early && !negotiated.direction().sends();
        if (held != byTrunk) {
            byTrunk = held;
            call.story().tell(new CallEvent.Hold(call.now(), held, CallEvent.Side.TRUNK));
        }
    }
}
