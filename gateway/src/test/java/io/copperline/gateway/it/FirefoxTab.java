package io.copperline.gateway.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A tab of {@link Firefox}, in a session of its own. */
final class FirefoxTab implements TestTab {
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

    @Override
    public Object run(String function, Object argument) {
        String whole = "async (given) => JSON.stringify(await (" + function + ")(JSON.parse(given))) ?? 'null'";
        try {
            Map<String, String> given = Map.of("type", "string", "value", BiDi.JSON.writeValueAsString(argument));
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
            return BiDi.JSON.readValue(result.at("/result/value").asText(), Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public String text(String selector) {
        return (String) run("selector => document.querySelector(selector).textContent", selector);
    }

    @Override
    public boolean visible(String selector) {
        return (boolean) run("selector => document.querySelector(selector).checkVisibility()", selector);
    }

    @Override
    public void click(String selector) {
        run("selector => document.querySelector(selector).click()", selector);
    }

    @Override
    public void awaitMicrophone(Supplier<short[]> ear) {
        Sounds.awaitTone(Firefox.TONE_HZ, ear);
    }

    @Override
    public void screenshot(Path file) {
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
