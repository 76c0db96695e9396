package io.copperline.gateway.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Supplier;

/** A tab of a {@link TestBrowser}, most often with the phone page in it. Not safe from other threads than the test's. */
interface TestTab {
    /** What a function's text gives: {@code "() => ..."}, or {@code "argument => ..."}. Objects are maps. */
    default Object run(String function) {
        return run(function, null);
    }

    Object run(String function, Object argument);

    String text(String selector);

    boolean visible(String selector);

    void click(String selector);

    void screenshot(Path file);

    /**
     * Listens until what its microphone hears is heard.
     *
     * @param ear as {@link Sounds#awaitHeard} has it
     */
    void awaitMicrophone(Supplier<short[]> ear);

    /** Waits until an expression is true. A browser's own waiting evaluates text, which the page's policy forbids. */
    default void until(String expression) {
        until(expression, Await.USUAL);
    }

    default void until(String expression, Duration longest) {
        Await.until(
                expression + " in the page",
                longest,
                () -> Boolean.TRUE.equals(run("() => Boolean(" + expression + ")")));
    }

    /** Waits until the phone page says this about its call. */
    default void untilState(String words) {
        untilState(words, Await.USUAL);
    }

    default void untilState(String words, Duration longest) {
        try {
            Await.until("", longest, () -> text("#state").equals(words));
        } catch (AssertionError e) {
            throw new AssertionError(
                    "the page does not say \"" + words + "\" but \"" + text("#state") + "\", " + text("#error"), e);
        }
    }

    /** Fills in a number on the phone page and presses the button. */
    default void call(String number) {
        untilState("Ready to call");
        dial(number);
    }

    /** The same where an earlier call has left its words. */
    default void dial(String number) {
        run("number => { document.querySelector('#number').value = number; }", number);
        click("#call");
    }

    /**
     * What the option {@code iceTransportPolicy} of the library does, on a page that is there already.
     *
     * @param end of the servers' addresses that the page may use
     */
    default void relayOnly(String end) {
        run("""
                end => {
                  window.RTCPeerConnection = class extends RTCPeerConnection {
                    constructor({ iceServers: given, ...rest }) {
                      const iceServers = given.map((server) => ({
                        ...server,
                        urls: server.urls.filter((url) => url.endsWith(end)),
                      }));
                      super({ ...rest, iceServers, iceTransportPolicy: 'relay' });
                    }
                  };
                }""", end);
    }

    /** Records what the call that is shown sends to its loudspeaker. */
    default void startRecording() {
        startRecording("copperlinePhone.call?.remoteStream");
    }

    /** @param stream an expression for a MediaStream, which an audio element plays, too */
    default void startRecording(String stream) {
        until(stream + "?.getAudioTracks().length > 0");
        run("() => { copperlineTest.record(" + stream + "); }");
    }

    /** What has been recorded, once it is so long, at 8 kHz; the next time, what is recorded from then on. */
    default short[] recorded(Duration length) {
        run("() => { copperlineTest.goOn(); }");
        until("copperlineTest.recordedSeconds() >= " + length.toMillis() / 1e3, length.plus(Await.USUAL));
        String recording = (String) run("() => copperlineTest.recording()");
        return Speech.samples(Base64.getDecoder().decode(recording), 0);
    }
}
