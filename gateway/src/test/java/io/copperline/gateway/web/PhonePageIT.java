package io.copperline.gateway.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.copperline.gateway.call.CallEvent;
import io.copperline.gateway.call.CallId;
import io.copperline.gateway.call.CallRefused;
import io.copperline.gateway.call.EndCode;
import io.copperline.gateway.call.Presence;
import io.copperline.gateway.media.DigitPath;
import io.copperline.gateway.media.MediaTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The phone page in a real Chromium, with scripted calls behind it and a peer in the page for its sound. Leaves
 * screenshots in {@code target/screens}.
 */
class PhonePageIT {
    private static final CallId CALL = new CallId("call-1");
    private static final List<String> FLAGS = List.of(
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            "--allow-loopback-in-peer-connection",
            "--autoplay-policy=no-user-gesture-required",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private Door door;
    private BrowserContext context;

    @BeforeAll
    static void launch() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(System.getProperty("copperline.chromium", "/usr/bin/chromium")))
                        .setChromiumSandbox(false)
                        .setArgs(FLAGS));
    }

    @AfterAll
    static void quit() {
        playwright.close();
    }

    @BeforeEach
    void open() throws WebServerFailed {
        door = new Door(
                Door.plain(new io.copperline.config.HttpSettings.Limits(65_536, 65_536, 20, 9, 9_999, 9_999)),
                Door.AUTH);
        door.calls.answerWith(offer -> "mirror");
        context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1120, 900));
    }

    @AfterEach
    void close() {
        context.close();
        door.close();
        assertEquals(List.of(), complaints);
    }

    @Test
    void callsAndSendsDigitsAndHangsUp() throws IOException {
        Page page = page("/");
        assertThat(page.locator("#state")).hasText("Ready to call");
        assertThat(page.locator("#user")).hasText("alice · +1 202 555 0150");
        screen(page, "idle");

        page.fill("#number", "+12025550100");
        page.click("#call");
        assertThat(page.locator("#state")).hasText("Calling…");
        Await.that(() -> door.calls.subscriptions() == 1);
        happen(new CallEvent.Ringing(ScriptedCalls.AT));
        assertThat(page.locator("#state")).hasText("Ringing…");
        screen(page, "ringing");
        happen(new CallEvent.Answered(ScriptedCalls.AT));
        assertThat(page.locator("#state")).hasText("Talking");
        until(page, "copperlinePhone.call.audioLevel().remote > 0.05");
        until(page, "document.querySelector('#quality').dataset.grade === 'good'");

        page.click("#pad [data-digit='5']");
        page.keyboard().press("#");
        happen(dtmf('5', CallEvent.Direction.TO_PHONE));
        happen(dtmf('#', CallEvent.Direction.TO_PHONE));
        happen(dtmf('7', CallEvent.Direction.FROM_PHONE));
        assertThat(page.locator("#digits-to-phone")).hasText("5#");
        assertThat(page.locator("#digits-from-phone")).hasText("7");
        assertEquals("12#", page.evaluate("copperlinePhone.call.sendDigits('12#', {duration: 70, gap: 50})"));
        screen(page, "talking");

        page.click("#mute");
        assertThat(page.locator("#mute")).hasAttribute("aria-pressed", "true");
        assertEquals(true, page.evaluate("copperlinePhone.call.muted"));
        happen(new CallEvent.Media(ScriptedCalls.AT, MediaTrouble.NO_AUDIO, CallEvent.Side.TRUNK, ScriptedCalls.AT));
        assertThat(page.locator("#notice"))
                .containsText("No sound arrives from the phone network. If it does not come back");
        screen(page, "muted");

        page.click("#hangup");
        assertThat(page.locator("#state")).hasText("Call ended");
        Await.that(() -> door.calls.logged("hangup call-1"));
        assertTrue(door.calls.log.stream().anyMatch(line -> line.startsWith("candidates call-1 a=ice-ufrag:")));
        assertThat(page.locator("#call")).isVisible();
    }

    @Test
    void offersWithoutWaitingForCandidates() throws IOException {
        Page page = page("/");
        assertThat(page.locator("#call")).isEnabled();
        page.fill("#number", "+12025550100");
        page.press("#number", "Enter");
        Await.that(() -> !door.calls.placed.isEmpty());
        assertTrue(!door.calls.placed.getFirst().offer().contains("a=candidate"));
        assertThat(page.locator("#hangup")).isVisible();
    }

    @Test
    void ringsAndAnswers() throws IOException {
        Page page = page("/");
        assertThat(page.locator("#state")).hasText("Ready to call");
        page.locator("body").click();
        Await.that(() -> door.calls.ring("alice", "in-1", "+12025550106") == 1);
        assertThat(page.locator("#incoming")).isVisible();
        assertThat(page.locator("#caller")).hasText("+1 202 555 0106");
        assertThat(page.locator("#answer")).isFocused();
        screen(page, "incoming");
        page.keyboard().press("Enter");
        Await.that(() -> door.calls.logged("answer in-1"));
        door.calls.happen(new CallId("in-1"), new CallEvent.Answered(ScriptedCalls.AT));
        assertThat(page.locator("#state")).hasText("Talking");
        door.calls.happen(new CallId("in-1"), ScriptedCalls.hungUp(CallEvent.Party.TRUNK));
        assertThat(page.locator("#state")).hasText("They hung up");
    }

    @Test
    void stopsRingingWhenAnotherTabAnswers() throws IOException {
        Page one = page("/");
        Page two = page("/");
        assertThat(one.locator("#state")).hasText("Ready to call");
        assertThat(two.locator("#state")).hasText("Ready to call");
        Await.that(() -> door.calls.ring("alice", "in-1", "+12025550106") == 2);
        assertThat(two.locator("#incoming")).isVisible();
        one.click("#answer");
        assertThat(two.locator("#incoming")).isHidden();
        Await.that(() -> door.calls.ring("alice", "in-2", "+12025550106") == 2);
        two.click("#decline");
        Await.that(() -> door.calls.logged("decline in-2"));
        assertThat(one.locator("#incoming")).isHidden();
        Await.that(() -> door.calls.ring("alice", "in-3", "+12025550106") == 2);
        assertThat(two.locator("#incoming")).isVisible();
        door.calls.stopRinging("alice", "in-3", Presence.Reason.CALLER_HUNG_UP);
        assertThat(two.locator("#incoming")).isHidden();
    }

    @Test
    void saysWhyCallFailed() throws IOException {
        Page page = page("/");
        assertThat(page.locator("#call")).isEnabled();
        page.click("#lab-numbers [data-number='+12025550103']");
        assertThat(page.locator("#hangup")).isVisible();
        Await.that(() -> door.calls.subscriptions() == 1);
        happen(new CallEvent.Ended(ScriptedCalls.AT, EndCode.BUSY, 486, 17, CallEvent.Party.TRUNK, "486 Busy Here"));
        assertThat(page.locator("#state")).hasText("Busy");
        assertThat(page.locator("#reason")).hasText("The phone is busy. Try again later.");
        screen(page, "busy");

        door.calls.refuseNext(new CallRefused(
                CallRefused.Code.NO_ROUTE,
                "No route for +44 20 7946 0000: the only rule is for numbers that begin with +1."));
        page.fill("#number", "+442079460000");
        page.click("#call");
        assertThat(page.locator("#error")).containsText("No route for +44 20 7946 0000");
        assertThat(page.locator("#error")).hasAttribute("data-code", "no-route");
    }

    @Test
    void saysWhatToDoAboutMicrophone() throws IOException {
        Page page = page("/");
        assertThat(page.locator("#state")).hasText("Ready to call");
        page.evaluate("() => { navigator.mediaDevices.getUserMedia = async () => {"
                + " throw new DOMException('', 'NotAllowedError'); }; }");
        page.fill("#number", "+12025550100");
        page.click("#call");
        assertThat(page.locator("#error")).containsText("Allow the microphone");
        screen(page, "error");
        page.click("#error-close");
        assertThat(page.locator("#error")).isHidden();
    }

    @Test
    void callSurvivesBrokenConnection() throws IOException {
        Page page = page("/");
        page.fill("#number", "+12025550100");
        page.click("#call");
        Await.that(() -> door.calls.subscriptions() == 1);
        page.evaluate("mirrorSockets.at(-1).close()");
        until(page, "mirrorSockets.length === 2 && copperlinePhone.phone.connected");
        happen(new CallEvent.Answered(ScriptedCalls.AT));
        assertThat(page.locator("#state")).hasText("Talking");
        assertThat(page.locator("#notice")).isHidden();
        assertTrue(!door.calls.logged("hangup call-1"));
    }

    @Test
    void nothingIsSaidIntoAConnectionThatCloses() throws IOException {
        Page page = calling();
        assertEquals("connection-lost", page.evaluate("""
                () => {
                  mirrorSockets.at(-1).close();
                  return copperlinePhone.call.transfer('+12025550101').catch(({ code }) => code);
                }"""));
        until(page, "mirrorSockets.length === 2 && copperlinePhone.phone.connected");
        assertFalse(door.calls.logged("transfer call-1 to +12025550101"));
    }

    @Test
    void closedTabHangsUp() throws IOException {
        calling().close();
        Await.that(() -> door.calls.logged("hangup call-1"));
    }

    /** A tab that has read the answer: before that it knows no call to hang up, and that one ends by its time-out. */
    private Page calling() throws IOException {
        Page page = page("/");
        page.fill("#number", "+12025550100");
        page.click("#call");
        until(page, "copperlinePhone.call?.id === 'call-1'");
        return page;
    }

    @Test
    void asksForTokenOutsideTheLab() throws IOException {
        context.route("**/lab/token*", route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
        Page page = page("/");
        assertThat(page.locator("#state")).hasText("Sign in to call");
        page.fill("#token", "nonsense");
        page.click("#sign-in button");
        assertThat(page.locator("#error")).containsText("Sign in again");
        screen(page, "sign-in");
        page.fill("#token", door.token("bob"));
        page.click("#sign-in button");
        assertThat(page.locator("#state")).hasText("Ready to call");
        assertThat(page.locator("#error")).isHidden();
        page.reload();
        assertThat(page.locator("#user")).hasText("bob · +1 202 555 0151");
        complaints.removeIf(complaint -> complaint.contains("404"));
    }

    @Test
    void bobIsBob() throws IOException {
        Page page = page("/?user=bob");
        assertThat(page.locator("#user")).hasText("bob · +1 202 555 0151");
        assertThat(page.locator("#who [aria-current]")).hasText("Bob");
    }

    @Test
    void fitsPhoneScreen() throws IOException {
        context.close();
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(390, 844)
                .setDeviceScaleFactor(2)
                .setColorScheme(ColorScheme.DARK));
        Page page = page("/");
        assertThat(page.locator("#state")).hasText("Ready to call");
        screen(page, "phone-idle-dark");
        page.fill("#number", "+12025550100");
        page.click("#call");
        Await.that(() -> door.calls.subscriptions() == 1);
        happen(new CallEvent.Answered(ScriptedCalls.AT));
        until(page, "document.querySelector('#quality').dataset.grade === 'good'");
        screen(page, "phone-talking-dark");
        page.click("#hangup");
        Await.that(() -> door.calls.ring("alice", "in-1", "+12025550106") == 1);
        assertThat(page.locator("#incoming")).isVisible();
        screen(page, "phone-incoming-dark");
        for (int width : new int[] {390, 360}) {
            page.setViewportSize(width, 740);
            assertEquals(
                    true,
                    page.evaluate("document.documentElement.scrollWidth <= innerWidth"),
                    "scrolls sideways at " + width);
        }
    }

    private Page page(String path) throws IOException {
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        try (InputStream mirror = PhonePageIT.class.getResourceAsStream("mirror.js")) {
            page.addInitScript(new String(mirror.readAllBytes(), StandardCharsets.UTF_8));
        }
        page.navigate(door.uri(path).toString());
        return page;
    }

    /** Playwright's own waiting evaluates text in the page, which the page's policy forbids. */
    private static void until(Page page, String condition) {
        Await.that(() -> Boolean.TRUE.equals(page.evaluate("() => Boolean(" + condition + ")")));
    }

    private void happen(CallEvent event) {
        door.calls.happen(CALL, event);
    }

    private static CallEvent dtmf(char digit, CallEvent.Direction direction) {
        return new CallEvent.Dtmf(ScriptedCalls.AT, digit, 100, direction, DigitPath.RFC4733);
    }

    private static void screen(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screens", name + ".png")));
    }
}
