package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.gateway.FreePorts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls that go on to another phone: by the page's wish, by the carrier's, by redirection; the carrier is sipp. */
class TransferIT {
    private static final String PHONE = "+14045550100";
    private static final String OTHER = "+14045550177";
    /** Hands the page's phone on; what comes of it is kept in the page. */
    private static final String TRANSFER = """
            async (to) => {
              const { call } = window.copperlinePhone;
              window.transfers = [];
              call.on('transfer', ({ state, to: whom }) => window.transfers.push(`${state} ${whom}`));
              call.finished.then((end) => (window.ending = end));
              return call.transfer(to).then(() => 'taken', (error) => error.code);
            }""";

    /** Calls two phones and connects them; how their calls have ended. */
    private static final String CONNECT = """
            async (numbers) => {
              const { phone } = window.copperlinePhone;
              const calls = [];
              for (const number of numbers) {
                const call = await phone.call(number);
                calls.push(call);
                if (call.state !== 'answered') {
                  await new Promise((resolve) => call.once('answered', resolve));
                }
              }
              const [first, second] = calls;
              const told = [];
              first.on('transfer', ({ state }) => told.push(state));
              await first.transfer(second);
              const ends = await Promise.all(calls.map((call) => call.finished));
              return [...told, ...ends.map(({ code }) => code)];
            }""";

    /** The answer to the wish comes when the call is over, which the data channel has told. */
    private static final String LATE_ANSWER = """
            () => {
              const socket = copperlineTest.sockets.at(-1);
              const hear = socket.onmessage;
              socket.onmessage = (event) => setTimeout(hear, event.data.includes('"transferring"') ? 3000 : 0, event);
            }""";

    private static final Duration SOUND = Duration.ofSeconds(4);

    @RegisterExtension
    static final Stage STAGE = new Stage(Family.IPV4, "ice: full"); // The peers of these calls are lite themselves.

    private static HttpCall talking(String number) {
        HttpCall call = HttpCall.place(STAGE.gateway(), number);
        call.awaitState("answered");
        return call;
    }

    private static void assertStory(HttpCall call, String... story) {
        assertEquals(List.of(story), call.story());
    }

    /** The user's peer sends back what it hears; the first seconds are those in which two jitter buffers settle. */
    private static void assertSoundComesBack(FarCall far) {
        far.wire().play(Speech.REPLY);
        Sounds.awaitHeard(Speech.REPLY.pcm(), () -> far.wire().hear(SOUND));
    }

    @Test
    void thePageHandsItsPhoneOn() {
        try (Sipp sipp = Sipp.answers(STAGE, "takes-a-transfer");
                HttpCall call = talking(PHONE)) {
            assertEquals("202", call.transferTo(OTHER));
            sipp.succeeds();
            assertStory(
                    call,
                    "trying",
                    "answered",
                    "transfer started by browser",
                    "transfer ringing by browser",
                    "transfer succeeded by browser",
                    "ended transferred");
        }
    }

    @Test
    void whatTheCarrierTellsAfterItHasLeftIsTakenAllTheSame() {
        try (Sipp sipp = Sipp.answers(STAGE, "takes-a-transfer-and-leaves");
                HttpCall call = talking(PHONE)) {
            assertEquals("202", call.transferTo(OTHER));
            sipp.succeeds();
            assertEquals("ended transferred", call.story().getLast());
        }
    }

    @Test
    void theCallGoesOnWhereTheOtherPhoneIsBusy() {
        try (Sipp sipp = Sipp.answers(STAGE, "transfers-in-vain");
                HttpCall call = talking(PHONE)) {
            assertEquals("202", call.transferTo(OTHER));
            Await.until("the carrier has told", () -> sipp.messages().contains("486 Busy Here"));
            Await.until("it was heard", () -> sipp.received("SIP/2.0 200 ").size() == 2);
            assertEquals("answered", call.state());
            assertEquals("403 destination-not-allowed", call.transferTo("+19005550100"), "barred as a call would be");
            call.hangUp();
            sipp.succeeds();
            assertStory(
                    call,
                    "trying",
                    "answered",
                    "transfer started by browser",
                    "transfer failed by browser",
                    "ended hangup");
        }
    }

    @Test
    void aCarrierThatWillNotIsToldOf() {
        try (Sipp sipp = Sipp.answers(STAGE, "refuses-a-transfer");
                HttpCall call = talking(PHONE)) {
            assertEquals("502 transfer-refused", call.transferTo(OTHER));
            assertEquals("answered", call.state());
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void theLibraryHandsItsPhoneOn() {
        Tab tab = STAGE.phone("alice");
        try (Sipp sipp = Sipp.answers(STAGE, "takes-a-transfer")) {
            tab.call(PHONE);
            tab.untilState("Talking");
            String barred = "() => copperlinePhone.call.transfer('+19005550100').catch((error) => error.code)";
            assertEquals("destination-not-allowed", tab.run(barred));
            assertEquals("taken", tab.run(TRANSFER, OTHER));
            sipp.succeeds();
            tab.until("window.ending?.code === 'transferred'");
            assertEquals(
                    List.of("started " + OTHER, "ringing " + OTHER, "succeeded " + OTHER),
                    tab.run("() => window.transfers"));
        }
    }

    @Test
    void theLibraryConnectsItsTwoPhones() {
        Tab tab = STAGE.phone("alice");
        tab.run(LATE_ANSWER);
        int port = STAGE.gateway().ports().sipp();
        try (SippServer sipp = SippServer.udp(STAGE.directory(), port, "connects-two-calls")) {
            assertEquals(
                    List.of("started", "succeeded", "transferred", "transferred"),
                    tab.run(CONNECT, List.of(PHONE, OTHER)));
            assertTrue(sipp.messages().contains("Replaces="), sipp::messages);
        }
    }

    @Test
    void thePageConnectsItsTwoPhones() {
        try (SippServer sipp = SippServer.udp(
                        STAGE.directory(), STAGE.gateway().ports().sipp(), "connects-two-calls");
                HttpCall first = talking(PHONE);
                HttpCall second = talking(OTHER)) {
            assertEquals("202", first.transfer("call=" + second.id()));
            assertEquals("ended transferred", first.story().getLast());
            assertEquals("ended transferred", second.story().getLast());
            assertTrue(sipp.messages().contains("Replaces="), sipp::messages);
        }
    }

    @Test
    void theCarrierHandsTheUserOn() {
        try (Sipp sipp = Sipp.answers(STAGE, "hands-its-caller-on");
                HttpCall call = talking(PHONE)) {
            FarCall far = STAGE.farEnd().nextCall();
            far.ring();
            far.answer();
            sipp.succeeds();
            assertEquals("answered", call.state());
            assertSoundComesBack(far);
            far.hangUp();
            assertStory(
                    call,
                    "trying",
                    "answered",
                    "transfer started by trunk",
                    "transfer ringing by trunk",
                    "transfer succeeded by trunk",
                    "ended hangup");
        }
    }

    @Test
    void theCarrierKeepsTheUserWhereItCannot() {
        try (Sipp sipp = Sipp.answers(STAGE, "hands-its-caller-on-in-vain");
                HttpCall call = talking(PHONE)) {
            STAGE.farEnd().nextCall().reject(486, 17);
            sipp.succeeds();
            assertStory(
                    call,
                    "trying",
                    "answered",
                    "transfer started by trunk",
                    "transfer failed by trunk",
                    "ended hangup");
        }
    }

    @Test
    void theCarrierMayLeaveAtOnce() {
        try (Sipp sipp = Sipp.answers(STAGE, "hands-its-caller-on-and-leaves");
                HttpCall call = talking(PHONE)) {
            FarCall far = STAGE.farEnd().nextCall();
            sipp.succeeds();
            far.ring();
            far.answer();
            far.await("answered");
            assertEquals("answered", call.state());
            call.hangUp();
            far.await("ended REMOTE HANGUP");
        }
    }

    @Test
    void followsARedirectionToTheCarriersOtherPort() {
        int port = FreePorts.one();
        try (Sipp sipp = Sipp.answers(STAGE, "sends-its-caller-to", "other_port", "" + port);
                SippServer there = SippServer.udp(STAGE.directory(), port, "answers");
                HttpCall call = talking(PHONE)) {
            sipp.succeeds();
            assertTrue(there.messages().contains("INVITE sip:+14045550177@127.0.0.1:" + port), there::messages);
            call.hangUp();
            // The carrier goes then.
            Await.until("its BYE is answered", () -> STAGE.gateway().openTransactions() == 0);
            assertStory(call, "trying", "redirected to " + OTHER, "ringing", "answered", "ended hangup");
        }
    }

    @Test
    void aNewCallOfTheCarrierTakesThePlaceOfTheOld() {
        try (HttpCall call = HttpCall.place(STAGE.gateway(), "+13035550100")) {
            FarCall old = STAGE.farEnd().nextCall();
            old.answer();
            call.awaitState("answered");
            FarCall next = STAGE.farEnd().replace(old);
            next.await("answered");
            old.await("ended REMOTE HANGUP");
            assertEquals("answered", call.state());
            assertSoundComesBack(next);
            next.hangUp();
            assertStory(call, "trying", "answered", "transfer succeeded by trunk", "ended hangup");
            FarCall late = STAGE.farEnd().replace(old);
            late.await("ended REMOTE REJECTED 603"); // RFC 3891 section 3: that call is over.
        }
    }
}
