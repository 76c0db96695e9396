package io.copperline.gateway.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A tab of {@link Firefox}, in a session of its own: what {@link Tab} is for Chromium. */
final class FirefoxTab {
    private final BiDi session;
    private final String user;
    private final String context;

    FirefoxTab(BiDi session) {
        this.session = session;
        user = session.command("browser.createUserContext", Map.of())
                .get("userContext")
                .asText();
        context = session.command("browsingContext.create", Map.of("type", "tab", "userContext", user))
                .get("context")
                .asText();
        session.command(
                "browsingContext.setViewport",
                Map.of("context", context, "viewport", Map.of("width", 1120, "height", 900)));
    }

    /** @param scripts run before any of the page's own */
    void open(URI address, List<String> scripts) {
        for (String script : scripts) {
            session.command(
                    "script.addPreloadScript",
                    Map.of("functionDeclaration", "() => {" + script + "}", "contexts", List.of(context)));
        }
        session.command(
                "browsingContext.navigate", Map.of("context", context, "url", address.toString(), "wait", "complete"));
    }

    /** What a function's text gives, as JSON: {@code "() => ..."}, or {@code "(one, two) => ..."}. */
    JsonNode run(String function, Object... arguments) {
        String whole = "async (given) => JSON.stringify(await (" + function + ")(...JSON.parse(given))) ?? 'null'";
        try {
            Map<String, String> given = Map.of("type", "string", "value", BiDi.JSON.writeValueAsString(arguments));
            JsonNode result = session.command(
                    "script.callFunction",
                    Map.of(
                            "functionDeclaration",
                            whole,
                            "awaitPromise",
                            true,
                            "userActivation",
                            true,
                            "target",
                            Map.of("context", context),
                            "arguments",
                            List.of(given)));
            if (!result.get("type").asText().equals("success")) {
                throw new AssertionError(
                        function + ": " + result.at("/exceptionDetails/text").asText());
            }
            return BiDi.JSON.readTree(result.at("/result/value").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    String text(String selector) {
        return run("selector => document.querySelector(selector).textContent", selector)
                .asText();
    }

    boolean visible(String selector) {
        return run("selector => document.querySelector(selector).checkVisibility()", selector)
                .asBoolean();
    }

    void click(String selector) {
        run("selector => document.querySelector(selector).click()", selector);
    }

    void until(String expression) {
        until(expression, Await.USUAL);
    }

    void until(String expression, Duration longest) {
        Await.until(
                expression + " in the page",
                longest,
                () -> run("() => Boolean(" + expression + ")").asBoolean());
    }

    /** Waits until the phone page says this about its call. */
    void untilState(String words) {
        try {
            Await.until("", () -> text("#state").equals(words));
        } catch (AssertionError e) {
            throw new AssertionError(
                    "the page does not say \"" + words + "\" but \"" + text("#state") + "\", " + text("#error"), e);
        }
    }

    /** Fills in a number on the phone page and presses the button. */
    void call(String number) {
        untilState("Ready to call");
        run("number => { document.querySelector('#number').value = number; }", number);
        click("#call");
    }

    /** @param stream an expression for a MediaStream, which an audio element plays, too */
    void startRecording(String stream) {
        until(stream + "?.getAudioTracks().length > 0");
        run("() => { copperlineTest.record(" + stream + "); }");
    }

    /** What has been recorded, once it is so long, at 8 kHz. */
    short[] recorded(Duration length) {
        until("copperlineTest.recordedSeconds() >= " + length.toMillis() / 1e3, length.plus(Await.USUAL));
        String recording = run("() => copperlineTest.recording()").asText();
        return Speech.samples(Base64.getDecoder().decode(recording), 0);
    }

    void screenshot(Path file) {
        String picture = session.command("browsingContext.captureScreenshot", Map.of("context", context))
                .get("data")
                .asText();
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(picture));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        session.command("browsingContext.close", Map.of("context", context));
        session.command("browser.removeUserContext", Map.of("userContext", user));
    }
}
