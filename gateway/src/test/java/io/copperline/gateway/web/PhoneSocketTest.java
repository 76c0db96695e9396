package io.copperline.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.gateway.call.CallEvent;
import io.copperline.gateway.call.CallId;
import io.copperline.gateway.call.CallRefused;
import io.copperline.gateway.call.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PhoneSocketTest {
    private static final CallId CALL = new CallId("call-1");
    private static final CallEvent.Ringing RINGING = new CallEvent.Ringing(ScriptedCalls.AT);
    private final List<TestTab> tabs = new ArrayList<>();
    private Door door;

    @BeforeEach
    void open() throws WebServerFailed {
        door = new Door();
    }

    @AfterEach
    void close() {
        tabs.forEach(TestTab::close);
        door.close();
    }

    @Test
    void welcomesWhoSaysHello() throws Exception {
        TestTab tab = keep(TestTab.open(door));
        tab.send("{'type':'hello','token':'" + door.token("alice") + "'}");
        assertEquals(
                "{\"type\":\"welcome\",\"user\":\"alice\",\"numbers\":[\"+12025550150\"],\"calls\":[],"
                        + "\"expiresAt\":\"2026-11-24T22:00:00Z\",\"iceServers\":[]}",
                tab.expect("{"));
    }

    @Test
    void takesTokenAsSubprotocol() throws Exception {
        TestTab tab = keep(TestTab.open(door, "protocol", "bearer." + door.token("bob")));
        tab.expect("{'type':'welcome','user':'bob'");
        assertEquals("copperline.v1", tab.socket().getSubprotocol());
        assertThrows(CompletionException.class, () -> TestTab.open(door, "protocol", "bearer.nonsense"));
    }

    @Test
    void refusesOtherOrigins() {
        assertThrows(CompletionException.class, () -> TestTab.open(door, "Origin", "https://evil.example"));
        keep(TestTab.open(door, "Origin", "https://app.example"));
        keep(TestTab.open(door, "Origin", "http://127.0.0.1:" + door.server.port()));
    }

    @Test
    void refusesBadTokenAndOtherFirstMessages() throws Exception {
        TestTab bad = keep(TestTab.open(door));
        bad.send("{'type':'hello','token':'nonsense'}");
        bad.expect("{'type':'error','about':'hello','code':'unauthorized'");
        bad.expect("closed 4401");
        TestTab rude = keep(TestTab.open(door));
        rude.send("{'type':'ping'}");
        rude.expect("{'type':'error','about':'ping','code':'unauthorized'");
        rude.expect("closed 4401");
        Await.that(() -> door.server.openSockets() == 0);
    }

    @Test
    void placesCallAndTellsItsEvents() throws Exception {
        TestTab tab = keep(TestTab.of(door, "alice"));
        tab.send("{'type':'call','ref':'r1','to':'+12025550100','offer':'v=0'}");
        tab.expect("{'type':'answer','ref':'r1','call':'call-1','sdp':'v=0\\r\\n");
        door.calls.happen(CALL, RINGING);
        tab.expect("{'type':'event','call':'call-1','number':1,'event':'ringing','at':'2026-11-24T10:00:00Z'}");
        tab.send("{'type':'candidates','call':'call-1','sdpfrag':'a=end-of-candidates'}");
        tab.send("{'type':'hangup','call':'call-1'}");
        tab.expect("{'type':'event','call':'call-1','number':2,'event':'ended',");
        assertTrue(door.calls.logged("candidates call-1 a=end-of-candidates"));
        Await.that(() -> door.calls.subscriptions() == 0);
    }

    @Test
    void passesTransfersOn() throws Exception {
        TestTab tab = keep(TestTab.of(door, "alice"));
        tab.send("{'type':'transfer','call':'call-1','to':'+12025550177'}");
        tab.expect("{'type':'transferring','call':'call-1'}");
        tab.send("{'type':'transfer','call':'call-1','other':'call-2'}");
        tab.expect("{'type':'transferring','call':'call-1'}");
        assertTrue(door.calls.logged("transfer call-1 to +12025550177"));
        assertTrue(door.calls.logged("transfer call-1 to call call-2"));
        door.calls.refuseNext(new CallRefused(CallRefused.Code.TRANSFER_NOT_SUPPORTED, "No."));
        tab.send("{'type':'transfer','call':'call-1','to':'+12025550177'}");
        tab.expect(
                "{'type':'error','about':'transfer','call':'call-1','code':'transfer-not-supported','detail':'No.'}");
        tab.send("{'type':'transfer','call':'call-1'}");
        tab.expect("{'type':'error','code':'bad-request'");
    }

    @Test
    void saysWhyCallWasRefused() throws Exception {
        TestTab tab = keep(TestTab.of(door, "alice"));
        door.calls.refuseNext(new CallRefused(CallRefused.Code.NO_ROUTE, "No rule matches."));
        tab.send("{'type':'call','ref':'r1','to':'999','offer':'v=0'}");
        tab.expect("{'type':'error','about':'call','ref':'r1','code':'no-route','detail':'No rule matches.'}");
        tab.send("{'type':'hangup','call':'other'}");
        tab.expect("{'type':'error','about':'hangup','call':'other','code':'no-such-call'");
    }

    @Test
    void firstTabThatAnswersWins() throws Exception {
        TestTab one = keep(TestTab.of(door, "alice"));
        TestTab two = keep(TestTab.of(door, "alice"));
        TestTab bob = keep(TestTab.of(door, "bob"));
        Await.that(() -> door.calls.ring("alice", "in-1", "+12025550106") == 2);
        one.expect("{'type':'incoming','call':'in-1','from':'+12025550106','to':'+12025550150'}");
        two.expect("{'type':'incoming','call':'in-1'");
        two.send("{'type':'answer','call':'in-1','offer':'v=0'}");
        two.expect("{'type':'answer','call':'in-1','sdp':");
        one.expect("{'type':'stop-ringing','call':'in-1','reason':'answered-elsewhere'}");
        one.send("{'type':'answer','call':'in-1','offer':'v=0'}");
        one.expect("{'type':'error','about':'answer','call':'in-1','code':'already-answered'");
        assertTrue(bob.isQuiet() && two.isQuiet());
    }

    @Test
    void tabThatLosesTheRaceStillStopsRinging() throws Exception {
        TestTab tab = keep(TestTab.of(door, "alice"));
        door.calls.ring("alice", "in-1", "+12025550106");
        tab.expect("{'type':'incoming'");
        door.calls.refuseNext(new CallRefused(CallRefused.Code.ALREADY_ANSWERED, "Another tab answered."));
        tab.send("{'type':'answer','call':'in-1','offer':'v=0'}");
        tab.expect("{'type':'error','about':'answer'");
        tab.expect("{'type':'stop-ringing','call':'in-1','reason':'answered-elsewhere'}");
    }

    @Test
    void declinesForAllTabs() throws Exception {
        TestTab one = keep(TestTab.of(door, "alice"));
        TestTab two = keep(TestTab.of(door, "alice"));
        Await.that(() -> door.calls.ring("alice", "in-1", "+12025550106") == 2);
        one.expect("{'type':'incoming'");
        two.expect("{'type':'incoming'");
        one.send("{'type':'decline','call':'in-1'}");
        two.expect("{'type':'stop-ringing','call':'in-1','reason':'declined-elsewhere'}");
        one.send("{'type':'ping'}");
        one.expect("{'type':'pong'}");
    }

    @Test
    void lateTabHearsThePhoneThatRings() throws Exception {
        keep(TestTab.of(door, "alice"));
        Await.that(() -> door.calls.ring("alice", "in-1", "+12025550106") == 1);
        TestTab late = keep(TestTab.of(door, "alice"));
        late.expect("{'type':'incoming','call':'in-1'");
        door.calls.stopRinging("alice", "in-1", Presence.Reason.CALLER_HUNG_UP);
        late.expect("{'type':'stop-ringing','call':'in-1','reason':'caller-hung-up'}");
        TestTab later = keep(TestTab.of(door, "alice"));
        later.send("{'type':'ping'}");
        later.expect("{'type':'pong'}");
    }

    @Test
    void userWithoutTabIsNotHere() throws Exception {
        assertEquals(0, door.calls.ring("alice", "in-1", "+12025550106"));
        TestTab tab = keep(TestTab.of(door, "alice"));
        tab.send("{'type':'ping'}");
        tab.expect("{'type':'pong'}");
        tab.close();
        Await.that(() -> door.users.present() == 0);
    }

    @Test
    void callOutlivesItsSocket() throws Exception {
        TestTab tab = keep(TestTab.of(door, "alice"));
        tab.send("{'type':'call','ref':'r1','to':'+12025550100','offer':'v=0'}");
        tab.expect("{'type':'answer'");
        door.calls.happen(CALL, RINGING);
        tab.expect("{'type':'event'");
        tab.close();
        Await.that(() -> door.calls.subscriptions() == 0);
        door.calls.happen(CALL, new CallEvent.Answered(ScriptedCalls.AT));

        TestTab back = keep(TestTab.open(door));
        back.send("{'type':'hello','token':'" + door.token("alice") + "'}");
        assertTrue(back.expect("{'type':'welcome'").contains("\"calls\":[\"call-1\"]"));
        back.send("{'type':'resume','call':'call-1','after':1}");
        back.expect("{'type':'event','call':'call-1','number':2,'event':'answered'");
        assertTrue(!door.calls.logged("hangup call-1"));
        back.send("{'type':'resume','call':'call-1'}");
        back.expect("{'type':'event','call':'call-1','number':1,'event':'ringing'");
        back.expect("{'type':'event','call':'call-1','number':2,'event':'answered'");
        Await.that(() -> door.calls.subscriptions() == 1);
    }

    @Test
    void hidesCallsOfOthers() throws Exception {
        TestTab alice = keep(TestTab.of(door, "alice"));
        alice.send("{'type':'call','ref':'r1','to':'+12025550100','offer':'v=0'}");
        alice.expect("{'type':'answer'");
        TestTab bob = keep(TestTab.of(door, "bob"));
        bob.send("{'type':'resume','call':'call-1'}");
        bob.expect("{'type':'error','about':'resume','call':'call-1','code':'no-such-call'");
        bob.send("{'type':'hangup','call':'call-1'}");
        bob.expect("{'type':'error','about':'hangup','call':'call-1','code':'no-such-call'");
    }

    @Test
    void newCallsNeedFreshTokenAndOldOnesGoOn() throws Exception {
        TestTab tab = keep(TestTab.of(door, "alice"));
        tab.send("{'type':'call','ref':'r1','to':'+12025550100','offer':'v=0'}");
        tab.expect("{'type':'answer'");
        door.now.set(door.now.get().plus(Duration.ofHours(12)));
        tab.send("{'type':'call','ref':'r2','to':'+12025550100','offer':'v=0'}");
        tab.expect("{'type':'error','about':'call','ref':'r2','code':'unauthorized'");
        assertEquals(0, door.calls.ring("alice", "in-1", "+12025550106"));
        door.calls.happen(CALL, RINGING);
        tab.expect("{'type':'event'");

        tab.send("{'type':'token','token':'" + door.token("bob") + "'}");
        tab.expect("{'type':'error','about':'token','code':'unauthorized'");
        tab.send("{'type':'token','token':'" + door.token("alice") + "'}");
        tab.send("{'type':'call','ref':'r3','to':'+12025550100','offer':'v=0'}");
        tab.expect("{'type':'answer','ref':'r3'");
    }

    @Test
    void answersMessagesThatItCannotRead() throws Exception {
        TestTab tab = keep(TestTab.of(door, "alice"));
        for (String bad : List.of(
                "",
                "nonsense",
                "[]",
                "{}",
                "{'type':7}",
                "{'type':'fly'}",
                "{'type':'call','ref':'r'}",
                "{'type':'hangup','call':'../x'}",
                "{'type':'ping'}{'type':'ping'}",
                "{'type':'ping','type':'ping'}",
                "[".repeat(2000))) {
            tab.send(bad);
            tab.expect("{'type':'error','code':'bad-request'");
        }
        tab.send("{'type':'ping'}");
        tab.expect("{'type':'pong'}");
    }

    @Test
    void dropsLargeAndBinaryMessages() throws Exception {
        TestTab large = keep(TestTab.of(door, "alice"));
        large.send("x".repeat(5000));
        large.expect("closed");
        TestTab binary = keep(TestTab.of(door, "alice"));
        binary.socket().sendBinary(java.nio.ByteBuffer.wrap(new byte[3]), true).join();
        binary.expect("closed 1003");
        Await.that(() -> door.server.openSockets() == 0);
    }

    @Test
    void boundsTabsOfOneUser() throws Exception {
        for (int i = 0; i < 4; i++) {
            keep(TestTab.of(door, "alice"));
        }
        TestTab fifth = keep(TestTab.open(door));
        fifth.send("{'type':'hello','token':'" + door.token("alice") + "'}");
        fifth.expect("{'type':'error','about':'hello','code':'too-many-connections'");
        fifth.expect("closed 4429");
        keep(TestTab.of(door, "bob"));
    }

    @Test
    void limitsMessagesOfOneUser() throws Exception {
        var limits = new io.copperline.config.HttpSettings.Limits(4096, 4096, 20, 4, 2, 1000);
        try (var slow = new Door(Door.plain(limits), Door.AUTH)) {
            TestTab tab = keep(TestTab.of(slow, "alice"));
            tab.send("{'type':'ping'}");
            tab.send("{'type':'ping'}");
            tab.expect("{'type':'pong'}");
            tab.expect("{'type':'pong'}");
            tab.send("{'type':'call','ref':'r1','to':'1','offer':'v=0'}");
            tab.expect("{'type':'error','about':'call','ref':'r1','code':'rate-limited','detail':'Try again in 30 s.',"
                    + "'retryAfterSeconds':30}");
            for (int i = 0; i < 50; i++) {
                tab.send("{'type':'ping'}");
            }
            for (int i = 0; i < 50; i++) {
                tab.expect("{'type':'error'");
            }
            tab.expect("closed 4429");
        }
    }

    @Test
    void dropsTabThatNeverSaysHello() throws Exception {
        TestTab tab = keep(TestTab.open(door));
        Await.that(() -> {
            // The gateway may look at the clock only after we hear of the open socket.
            door.upNanos.addAndGet(Duration.ofSeconds(10).toNanos());
            return door.server.openSockets() == 0;
        });
        tab.expect("closed 4408");
    }

    @Test
    void dropsDeadTabAndKeepsLivingOne() throws Exception {
        TestTab living = keep(TestTab.of(door, "alice"));
        DeadTab dead = new DeadTab(door);
        Await.that(() -> door.server.openSockets() == 2);
        for (int i = 0; i < 45; i++) {
            door.upNanos.addAndGet(Duration.ofSeconds(1).toNanos());
            living.send("{'type':'ping'}");
            living.expect("{'type':'pong'}");
        }
        Await.that(() -> door.server.openSockets() == 1);
        assertEquals(1L, door.server.counters().get("socket.dead"));
        dead.close();
        living.send("{'type':'ping'}");
        living.expect("{'type':'pong'}");
    }

    @Test
    void dropsTabThatDoesNotRead() throws Exception {
        TestTab tab = keep(TestTab.of(door, "alice"));
        tab.send("{'type':'call','ref':'r1','to':'+12025550100','offer':'v=0'}");
        tab.expect("{'type':'answer'");
        tab.close();
        Await.that(() -> door.server.openSockets() == 0);
        try (var dead = new DeadTab(door)) {
            dead.write("{\"type\":\"resume\",\"call\":\"call-1\"}");
            Await.that(() -> door.calls.subscriptions() == 1);
            for (int i = 0; i < 200_000 && door.calls.subscriptions() == 1; i++) {
                door.calls.happen(CALL, RINGING);
            }
            Await.that(() -> door.server.openSockets() == 0);
        }
        assertEquals(1L, door.server.counters().get("socket.slow"));
    }

    @Test
    void leavesNothingBehind() throws Exception {
        for (int i = 0; i < 300; i++) {
            TestTab tab = i % 3 == 0 ? TestTab.open(door) : TestTab.of(door, "alice");
            if (i % 3 == 1) {
                tab.send("{'type':'resume','call':'none'}");
            }
            tab.close();
            Await.that(() -> door.server.openSockets() <= 3);
        }
        Await.that(() -> door.server.openSockets() == 0 && door.users.present() == 0);
        assertEquals(0, door.calls.subscriptions());
    }

    @Test
    void saysGoodByeWhenGatewayStops() throws Exception {
        TestTab tab = keep(TestTab.of(door, "alice"));
        tab.send("{'type':'ping'}");
        tab.expect("{'type':'pong'}");
        door.server.close();
        tab.expect("closed 1001");
    }

    private TestTab keep(TestTab tab) {
        tabs.add(tab);
        return tab;
    }
}
