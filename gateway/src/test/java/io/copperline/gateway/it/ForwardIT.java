package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.gateway.FreePorts;
import io.copperline.gateway.Gateway;
import io.copperline.sip.DialogSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls in that go on to a number by another carrier, which is sipp, or does what the test says. */
class ForwardIT {
    private static final Path DIRECTORY = Stage.emptyDirectory(ForwardIT.class);
    private static final String RECORDS = "jdbc:h2:mem:forwards;DB_CLOSE_DELAY=-1";
    private static final Duration SOUND = Duration.ofSeconds(3);
    private static final int CARRIER = FreePorts.block(6);
    private static final int SIP = FreePorts.one();
    private static final int NEAR = FreePorts.one();
    private static final int FAR = FreePorts.one();
    private static Gateway gateway;
    private static FarEnd near;
    private static FarEnd far;

    @BeforeAll
    static void start() throws Exception {
        String rest = """
                trunks:
                  near: {server: "127.0.0.1:%d", options-interval: 0, srtp: preferred}
                  far: {server: "127.0.0.1:%d", options-interval: 0, srtp: preferred}
                  sipp: {server: "127.0.0.1:%d", options-interval: 0, codecs: [pcma, pcmu]}
                routes:
                  outbound:
                    - {prefix: "+1303555", trunks: [far]}
                    - {prefix: "+1404555", trunks: [sipp]}
                  inbound:
                    - {number: +12025550150, forward: +14045550100}
                    - {number: +12025550151, user: alice, forward: +13035550177}
                """.formatted(NEAR, FAR, CARRIER);
        near = new FarEnd(NEAR, SIP, DialogSettings.USUAL);
        far = new FarEnd(FAR, SIP, DialogSettings.USUAL);
        gateway = GatewayHere.start(DIRECTORY, SIP, RECORDS, rest);
    }

    @AfterEach
    void endCalls() {
        near.endCalls();
        far.endCalls();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        near.close();
        far.close();
    }

    @Test
    void soundPassesBothWaysThroughAnotherCodec() {
        try (Sipp sipp = Sipp.answersAndEchoes(DIRECTORY, Carrier.at(CARRIER, CARRIER + 2), "takes-a-forwarded-call")) {
            FarCall caller = near.call("+12025550150");
            caller.await("ringing");
            caller.await("answered");
            caller.wire().play(Speech.REPLY);
            Sounds.awaitHeard(Speech.REPLY, () -> caller.wire().hear(SOUND));
            caller.wire().assertOneStream();
            caller.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void aRedirectionToTheCarriersOtherPortIsFollowed() {
        int port = FreePorts.one();
        try (Sipp first = Sipp.answers(DIRECTORY, Carrier.at(CARRIER), "sends-its-caller-to", "other_port", "" + port);
                Sipp there = Sipp.answersAndEchoes(DIRECTORY, Carrier.at(port), "takes-a-redirected-call")) {
            FarCall caller = near.call("+12025550150");
            caller.await("ringing");
            caller.await("answered");
            first.succeeds();
            caller.wire().play(Speech.REPLY);
            Sounds.awaitHeard(Speech.REPLY, () -> caller.wire().hear(SOUND));
            caller.hangUp();
            there.succeeds();
        }
    }

    @Test
    void earlySoundKeysHoldAndTheGoodbyeGoThrough() {
        FarCall caller = near.call("+12025550151"); // nobody has alice's tab open
        FarCall called = far.nextCall();
        called.ring();
        caller.await("ringing");
        assertFalse(caller.events().contains("early SENDRECV"), "nothing has been heard yet");
        called.earlyMedia();
        called.wire().play(Speech.REPLY);
        caller.await("early SENDRECV");
        Sounds.awaitHeard(Speech.REPLY, () -> caller.wire().hear(SOUND));
        called.answer();
        caller.await("answered");
        caller.wire().play(Speech.MICROPHONE);
        Sounds.awaitHeard(Speech.MICROPHONE, () -> called.wire().hear(SOUND));
        caller.press('5'); // by INFO, and on the other trunk by telephone-event
        Await.until("the key is pressed", () -> called.wire().digits().size() == 1);
        caller.hold(true);
        called.await("audio RECVONLY");
        caller.hold(false);
        Await.until(
                "it goes on, after " + called.events(),
                () -> called.events().getLast().equals("audio SENDRECV"));
        called.hangUp();
        caller.await("ended REMOTE HANGUP");
    }

    @Test
    void aCallerWithoutAnOfferHearsEarlySoundToo() {
        try (Sipp sipp = Sipp.calls(DIRECTORY, Carrier.at(CARRIER), SIP, "+12025550151", "answers-in-its-prack")) {
            FarCall called = far.nextCall();
            called.earlyMedia();
            called.await("early SENDRECV");
            called.wire().play(Speech.REPLY);
            Await.until("the PRACK has come", () -> sipp.messages().contains("2 PRACK"));
            called.answer();
            called.await("answered");
            called.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void tonesOfACarrierWithoutEventsAreEventsToTheOther() {
        FarCall caller = near.call("+12025550151", FarCall.Terms.WITHOUT_EVENTS);
        FarCall called = far.nextCall();
        called.answer();
        caller.await("answered");
        caller.wire().playTones("159D", 100);
        Await.until("the keys are pressed", () -> word(called).contains("159D"));
        caller.wire().stopPlaying();
        assertTrue(called.wire().digits().getFirst().markedOnce());
        assertTrue(called.wire().digits().getFirst().orderly());
        called.hangUp();
        caller.await("ended REMOTE HANGUP");
    }

    private static String word(FarCall heard) {
        return heard.wire().digits().stream()
                .map(digit -> String.valueOf(digit.digit()))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eitherLegIsEncryptedForItself(boolean both) throws SQLException {
        FarCall caller = near.call("+12025550151", FarCall.Terms.ENCRYPTED);
        FarCall called = far.nextCall(both ? FarCall.Terms.ENCRYPTED : FarCall.Terms.USUAL);
        called.answer();
        caller.await("answered");
        assertTrue(caller.isEncrypted());
        assertEquals(both, called.isEncrypted());
        caller.wire().play(Speech.MICROPHONE);
        called.wire().play(Speech.REPLY);
        Sounds.awaitHeard(Speech.REPLY, () -> caller.wire().hear(SOUND));
        Sounds.awaitHeard(Speech.MICROPHONE, () -> called.wire().hear(SOUND));
        caller.hangUp();
        called.await("ended REMOTE HANGUP");
        assertBothLegsAreRated();
    }

    /** The record of a call that has talked for more than five seconds. */
    private static void assertBothLegsAreRated() throws SQLException {
        try (Connection database = DriverManager.getConnection(RECORDS);
                Statement statement = database.createStatement()) {
            Await.until("the call is recorded, with figures of both its legs", () -> {
                try (ResultSet rows = statement.executeQuery(
                        "select count(*) from call_records"
                                + " where forward_codec = 'PCMU' and forward_received > 0 and trunk_mos > 0 and forward_mos > 0")) {
                    return rows.next() && rows.getInt(1) > 0;
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            statement.execute("delete from call_records");
        }
    }

    @Test
    void theCallerHearsWhatTheNumberSays() {
        FarCall caller = near.call("+12025550151");
        far.nextCall().reject(486, 17);
        caller.await("ended REMOTE REJECTED 486");
    }

    @Test
    void theCallerGivesUp() {
        FarCall caller = near.call("+12025550151");
        FarCall called = far.nextCall();
        called.ring();
        caller.await("ringing");
        caller.hangUp();
        called.await("ended REMOTE CANCELLED");
    }
}
