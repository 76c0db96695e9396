package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;

/** A call that the phone page has placed and the far end has answered, which plays {@link Speech#REPLY}. */
record Talk(TestTab tab, FarCall far) {
    private static final Duration SOUND = Duration.ofSeconds(5);
    private static final String PEER = "copperlinePhone.call.peerConnection";
    private static final String UFRAG = PEER + ".remoteDescription.sdp.match(/ice-ufrag:(.*)/)[1]";
    private static final String CONNECTED = PEER + ".connectionState === 'connected'";

    /** @param tab the phone page, which has no call */
    static Talk place(TestTab tab, FarEnd farEnd) {
        return place(tab, farEnd, "+13035550100");
    }

    /** @param number one that leads to the far end */
    static Talk place(TestTab tab, FarEnd farEnd, String number) {
        tab.call(number);
        FarCall far = farEnd.nextCall();
        far.answer();
        tab.untilState("Talking");
        far.wire().play(Speech.REPLY);
        tab.until(CONNECTED);
        return new Talk(tab, far);
    }

    void assertBothHear() {
        tab.until(CONNECTED);
        tab.startRecording();
        tab.awaitMicrophone(() -> far.wire().hear(SOUND));
        Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
    }

    /** By a relay that the page reaches by this protocol. */
    void assertRelayed(String protocol, Coturn coturn) {
        assertBothHear();
        assertEquals("relay", local("candidateType"));
        assertEquals(protocol, local("relayProtocol"));
        Await.until("coturn knows whom it relays for", () -> coturn.log().contains(":alice>"));
    }

    /** A field of the page's own candidate of the pair in use, by its statistics. */
    Object local(String field) {
        return candidate("local", field);
    }

    /** The same of the gateway's candidate. */
    Object remote(String field) {
        return candidate("remote", field);
    }

    /** Waits until the page's own candidate is such a one. */
    void awaitLocal(String field, String wanted, Duration longest) {
        await("local", field, wanted, longest);
    }

    /** The same of the gateway's. */
    void awaitRemote(String field, String wanted, Duration longest) {
        await("remote", field, wanted, longest);
    }

    private void await(String side, String field, String wanted, Duration longest) {
        Await.until(side + " " + field + " is " + wanted, longest, () -> wanted.equals(now(side, field)));
    }

    /** Statistics lag behind the call: at first there may be none. */
    private Object candidate(String side, String field) {
        return Await.value(side + " " + field, Await.USUAL, () -> Optional.ofNullable(now(side, field)));
    }

    private Object now(String side, String field) {
        return tab.run("() => copperlineTest.candidate(" + PEER + ", '" + side + "', '" + field + "')");
    }

    /** What a browser does when its machine has another network. */
    void restartIce() {
        Object before = tab.run("() => " + UFRAG);
        tab.run("() => { dispatchEvent(new Event('online')); }");
        tab.until(UFRAG + " !== '" + before + "'");
        tab.until(CONNECTED);
    }

    void hangUpByPage() {
        tab.click("#hangup");
        tab.untilState("Call ended");
        far.await("ended REMOTE HANGUP");
    }

    void hangUpByPhone() {
        far.hangUp();
        tab.untilState("They hung up");
    }
}
