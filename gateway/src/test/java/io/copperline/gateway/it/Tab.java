package io.copperline.gateway.it;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A tab of {@link Chrome}. */
final class Tab implements TestTab {
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

    @Override
    public Object run(String function, Object argument) {
        return page.evaluate(function, argument);
    }

    @Override
    public String text(String selector) {
        return page.locator(selector).textContent();
    }

    @Override
    public boolean visible(String selector) {
        return page.locator(selector).isVisible();
    }

    @Override
    public void click(String selector) {
        page.click(selector);
    }

    /** As fingers do it. */
    @Override
    public void dial(String number) {
        page.fill("#number", number);
        click("#call");
    }

    @Override
    public void awaitMicrophone(Supplier<short[]> ear) {
        Sounds.awaitHeard(Speech.MICROPHONE, ear);
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

    @Override
    public void screenshot(Path file) {
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
