package io.copperline.gateway.it;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A tab, most often with the phone page in it. Not safe from other threads than the test's. */
final class Tab {
    private final BrowserContext context;
    private final List<String> complaints = new ArrayList<>();
    private Page page;

    Tab(BrowserContext context) {
        this.context = context;
    }

    /** @param scripts run before any of the page's own, behind the recorder */
    void open(String address, String... scripts) {
        page = context.newPage();
        page.onPageError(complaints::add);
        page.addInitScript(Resource.text("/it/recorder.js"));
        List.of(scripts).forEach(page::addInitScript);
        page.navigate(address);
    }

    Page page() {
        return page;
    }

    /** What a function's text gives: {@code "() => ..."}, or {@code "argument => ..."}. */
    Object run(String function) {
        return page.evaluate(function);
    }

    Object run(String function, Object argument) {
        return page.evaluate(function, argument);
    }

    String text(String selector) {
        return page.locator(selector).textContent();
    }

    boolean visible(String selector) {
        return page.locator(selector).isVisible();
    }

    /** Waits until an expression is true. Playwright's own waiting evaluates text, which the page's policy forbids. */
    void until(String expression) {
        until(expression, Await.USUAL);
    }

    void until(String expression, Duration longest) {
        Await.until(
                expression + " in the page",
                longest,
                () -> Boolean.TRUE.equals(page.evaluate("() => Boolean(" + expression + ")")));
    }

    /** Waits until the page says this about its call. */
    void untilState(String words) {
        untilState(words, Await.USUAL);
    }

    void untilState(String words, Duration longest) {
        try {
            Await.until("", longest, () -> text("#state").equals(words));
        } catch (AssertionError e) {
            throw new AssertionError(
                    "the page does not say \"" + words + "\" but \"" + text("#state") + "\", " + text("#error"), e);
        }
    }

    /** Fills in a number and presses the button. */
    void call(String number) {
        untilState("Ready to call");
        dial(number);
    }

    /** The same where an earlier call has left its words. */
    void dial(String number) {
        page.fill("#number", number);
        page.click("#call");
    }

    /** Keeps all events of the calls that are placed from now on, for {@link #events}. */
    void watchCalls() {
        run("() => copperlineTest.watchOutgoing(copperlinePhone.phone)");
    }

    /** Name and details of the watched call's events, as {@code name key=value ...}, in order. */
    @SuppressWarnings("unchecked")
    List<String> events() {
        return (List<String>) run("() => copperlineTest.events");
    }

    /** Records what the call that is shown sends to its loudspeaker: so many seconds, at 8 kHz. */
    short[] record(Duration length) {
        startRecording();
        return recorded(length);
    }

    void startRecording() {
        startRecording("copperlinePhone.call?.remoteStream");
    }

    /** @param stream an expression for a MediaStream, which an audio element plays, too */
    void startRecording(String stream) {
        until(stream + "?.getAudioTracks().length > 0");
        run("() => copperlineTest.record(" + stream + ")");
    }

    /** What has been recorded, once it is so long. */
    short[] recorded(Duration length) {
        until("copperlineTest.recordedSeconds() >= " + length.toMillis() / 1e3, length.plus(Await.USUAL));
        byte[] bytes = Base64.getDecoder().decode((String) run("() => copperlineTest.recording()"));
        return Speech.samples(bytes, 0);
    }

    void screenshot(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    /** Errors that no code of the page caught. */
    List<String> complaints() {
        return complaints;
    }

    void close() {
        context.close();
    }
}
