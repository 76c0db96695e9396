package io.copperline.sip;

/** Who is told of incoming calls. Called on the SIP stack's own thread: it must neither block nor throw. */
@FunctionalInterface
public interface IncomingCalls {
    void incoming(IncomingCall call);
}
