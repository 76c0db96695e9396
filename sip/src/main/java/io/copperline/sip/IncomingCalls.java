package io.copperline.sip;

/** Who is told of incoming calls. Called on the SIP stack's own thread: it must neither block nor throw. */
@FunctionalInterface
public interface IncomingCalls {
    void incoming(IncomingCall call);

    /** Asked before anything is made of an INVITE. */
    default Readiness readiness() {
        return Readiness.OPEN;
    }
}
