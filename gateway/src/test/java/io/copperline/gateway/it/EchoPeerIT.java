package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.gateway.example.EchoPeer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program of {@code docs/webrtc-library.md}, in a process of its own, and a Chromium that talks to it. */
class EchoPeerIT {
    private static final String OFFER = """
            async () => {
              window.pc = new RTCPeerConnection();
              pc.ontrack = ({ streams }) => {
                const player = new Audio();
                player.srcObject = window.echo = streams[0];
                player.play();
              };
              const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
              pc.addTrack(microphone.getTracks()[0], microphone);
              await pc.setLocalDescription();
              return pc.localDescription.sdp;
            }""";

    private EmptyPage page;
    private Chrome chrome;

    @BeforeEach
    void openPage() {
        page = new EmptyPage(InetAddress.getLoopbackAddress());
        chrome = new Chrome();
    }

    @AfterEach
    void closePage() {
        chrome.close();
        page.close();
    }

    @Test
    void sendsBackWhatTheBrowserSaysUntilItHangsUp() throws Exception {
        Tab tab = chrome.tab(page.uri());
        Process program = program();
        try {
            program.getOutputStream().write(((String) tab.run(OFFER)).getBytes(StandardCharsets.UTF_8));
            program.getOutputStream().close();
            String answer = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            tab.run("sdp => pc.setRemoteDescription({ type: 'answer', sdp })", answer);
            tab.until("pc.connectionState === 'connected'");
            tab.startRecording("window.echo");
            Sounds.awaitHeard(Speech.MICROPHONE, () -> tab.recorded(Duration.ofSeconds(6)));
            tab.run("() => pc.close()");
            // At once by the browser's goodbye, or by its silence where that is lost.
            assertTrue(program.waitFor(40, TimeUnit.SECONDS), "it does not hear that the browser has gone");
            assertEquals(0, program.exitValue());
            assertEquals(List.of(), tab.complaints());
        } finally {
            program.destroyForcibly();
        }
    }

    private static Process program() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EchoPeer.class.getName(),
                        InetAddress.getLoopbackAddress().getHostAddress())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
