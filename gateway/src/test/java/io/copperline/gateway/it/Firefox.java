package io.copperline.gateway.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.copperline.gateway.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Headless Firefox in a {@link Namespace}, driven by WebDriver BiDi, which it speaks itself. Its microphone hears a tone of
 * {@link #TONE_HZ}.
 */
final class Firefox implements TestBrowser {
    static final int TONE_HZ = 700;

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final int port = FreePorts.one();
    private final Path log;
    private final Process process;
    private final Tunnel tunnel;
    private final BiDi session;
    private final List<FirefoxTab> tabs = new ArrayList<>();
    private int complaintsBefore;

    /** @param directory where it keeps profile and log */
    Firefox(Namespace namespace, Path directory) {
        log = directory.resolve("firefox.log");
        process = launch(namespace, directory);
        try {
            Await.until("Firefox listens: " + log, START, this::listens);
            tunnel = Tunnel.into(namespace, port);
        } catch (RuntimeException | AssertionError e) {
            end();
            throw e;
        }
        try {
            session = new BiDi(URI.create("ws://127.0.0.1:" + port + "/session"), List.of("log.entryAdded"));
        } catch (RuntimeException e) {
            tunnel.close();
            end();
            throw e;
        }
    }

    private Process launch(Namespace namespace, Path directory) {
        Path profile = directory.resolve("firefox-profile");
        try {
            Files.createDirectories(profile);
            Files.writeString(
                    profile.resolve("user.js"),
                    Resource.text("/it/firefox-user.js").replace("@tone@", "" + TONE_HZ));
            ProcessBuilder builder = new ProcessBuilder(namespace.inside(
                    System.getProperty("copperline.firefox", "/usr/bin/firefox-esr"),
                    "--headless",
                    "--no-remote",
                    "--remote-debugging-port",
                    "" + port,
                    "--profile",
                    profile.toString()));
            builder.environment().put("HOME", directory.toString());
            builder.environment().put("MOZ_CRASHREPORTER_DISABLE", "1");
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            Process started = builder.start();
            // Where this process is told to end in the middle of a test.
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens() {
        try {
            if (!process.isAlive()) {
                throw new AssertionError("Firefox ended with " + process.exitValue() + "; see " + log);
            }
            return Files.readString(log).contains("WebDriver BiDi listening on");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public FirefoxTab tab(URI address, String... scripts) {
        FirefoxTab tab = new FirefoxTab(session);
        tabs.add(tab);
        List<String> all =
                new ArrayList<>(List.of(Resource.text("/it/recorder.js"), Resource.text("/it/firefox-recorder.js")));
        all.addAll(List.of(scripts));
        tab.open(address, all);
        return tab;
    }

    @Override
    public List<String> complaints() {
        List<JsonNode> events = session.events();
        List<JsonNode> fresh = events.subList(complaintsBefore, events.size());
        complaintsBefore = events.size();
        return fresh.stream()
                .map(event -> event.get("params"))
                .filter(entry -> entry.path("type").asText().equals("javascript"))
                .filter(entry -> entry.path("level").asText().equals("error"))
                .map(entry -> entry.path("text").asText())
                .toList();
    }

    @Override
    public void pictures(Path directory, String name) {
        for (int i = 0; i < tabs.size(); i++) {
            try {
                tabs.get(i).screenshot(directory.resolve(name + "-" + i + ".png"));
            } catch (RuntimeException e) {
                // The tab is gone.
            }
        }
    }

    @Override
    public void closeTabs() {
        tabs.forEach(FirefoxTab::close);
        tabs.clear();
    }

    private void end() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        } finally {
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public void close() {
        session.close();
        tunnel.close();
        end();
    }
}
