package io.copperline.sip.wire;

/** Who hears what becomes of a request. Called on the stack's threads: it must neither block nor throw. */
public interface ResponseListener {
    /** A provisional or final response. */
    void onResponse(Response response);

    /** There will be no final response. */
    void onFailure(WireFailure failure, String what);
}
