package io.copperline.gateway.it;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Headless Chromium whose microphone hears {@link Speech#MICROPHONE}, over and over, and that reaches this machine only. */
final class Chrome implements TestBrowser {
    private static final List<String> FLAGS = List.of(
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            "--use-file-for-fake-audio-capture=" + Speech.MICROPHONE.file(),
            "--allow-loopback-in-peer-connection",
            "--autoplay-policy=no-user-gesture-required",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private final Playwright playwright;
    private final Browser browser;
    private final List<ProcessHandle> processes;
    private boolean killed;
    private final List<Tab> tabs = new ArrayList<>();

    Chrome() {
        this(Path.of(System.getProperty("copperline.chromium", "/usr/bin/chromium")));
    }

    /** @param executable Chromium, or what starts it */
    Chrome(Path executable) {
        Set<ProcessHandle> before = ProcessHandle.current().descendants().collect(Collectors.toSet());
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setChromiumSandbox(false)
                        .setArgs(FLAGS));
        processes = ProcessHandle.current()
                .descendants()
                .filter(process -> !before.contains(process))
                .filter(process -> process.info().command().orElse("").contains("chrom"))
                .toList();
    }

    /** At this address of the gateway. */
    Tab tab(GatewayProcess gateway, String path) {
        return tab(gateway.uri(path));
    }

    @Override
    public Tab tab(URI address, String... scripts) {
        Tab tab = new Tab(browser.newContext(new Browser.NewContextOptions().setViewportSize(1120, 900)));
        tabs.add(tab);
        tab.open(address.toString(), scripts);
        return tab;
    }

    @Override
    public List<String> complaints() {
        return tabs.stream().flatMap(tab -> tab.complaints().stream()).toList();
    }

    @Override
    public void pictures(Path directory, String name) {
        int number = 0;
        for (Tab tab : tabs) {
            try {
                tab.screenshot(directory.resolve(name + "-" + number++ + ".png"));
            } catch (RuntimeException e) {
                // The tab is gone.
            }
        }
    }

    @Override
    public void closeTabs() {
        tabs.forEach(Tab::close);
        tabs.clear();
    }

    /** Ends all its processes, so that none of them can say good-bye to anybody. */
    void kill() {
        killed = true;
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.stream().flatMap(ProcessHandle::descendants).forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        try {
            playwright.close();
        } catch (PlaywrightException e) {
            if (!killed) {
                throw e;
            }
        }
    }
}
