package io.copperline.gateway.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.G711;
import io.copperline.codecs.dtmf.TelephoneEventReader;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.gateway.FreePorts;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipTransport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls to other numbers, which come back through the trunk. */
class LabForwardingTest {
    private Pbx pbx;
    private RtpPhone alice;
    private RtpPhone bob;
    private final Story out = new Story();
    private final Story in = new Story();

    @BeforeEach
    void start() throws Exception {
        pbx = new Pbx(LabTimings.USUAL, SipTransport.UDP, 0, 0, 2);
        alice = new RtpPhone();
        bob = new RtpPhone();
    }

    @AfterEach
    void stop() {
        alice.close();
        bob.close();
        pbx.close();
    }

    private SipLeg aliceCallsBob() {
        return pbx.call(Pbx.BOB, Pbx.ALICE, alice.local(AudioCodec.PCMU), out);
    }

    @Test
    void joinsTwoWebUsers() throws Exception {
        aliceCallsBob();
        IncomingCall call = pbx.nextCall();
        assertEquals(Pbx.BOB, call.to());
        assertEquals(Pbx.ALICE, call.from());
        assertEquals(Optional.of("Alice"), call.displayName());
        SipLeg called = pbx.take(call, bob.local(AudioCodec.PCMA), in);
        pbx.tell(called, SipLeg::ring);
        out.await("ringing");
        pbx.tell(called, SipLeg::answer);
        out.await("answered");
        in.await("answered");
        assertEquals(1, pbx.lab.calls());
        assertEquals(4, pbx.lab.sockets());

        // Two laws, so that sound is translated to the nearest step of the other.
        carries(alice, out, (byte) 0xA0, bob, in);
        carries(bob, in, (byte) 0xB5, alice, out);
        alice.press(out.audio, 9, 80);
        assertEquals(List.of("9 80"), digits(bob, 1));

        pbx.tell(called, it -> it.hangUp(16));
        out.await("ended REMOTE HANGUP");
        assertEquals(16, out.end.q850());
        in.await("ended LOCAL");
        pbx.awaitNothingLeft();
    }

    @Test
    void passesEarlyMediaAndTheCallersGoodbye() throws Exception {
        SipLeg caller = aliceCallsBob();
        SipLeg called = pbx.take(pbx.nextCall(), bob.local(AudioCodec.PCMU), in);
        pbx.tell(called, SipLeg::earlyMedia);
        out.await("early PCMU");
        in.await("early PCMU");
        carries(bob, in, (byte) 0xA0, alice, out);
        pbx.tell(called, SipLeg::answer);
        out.await("answered");
        pbx.tell(caller, it -> it.hangUp(16));
        in.await("ended REMOTE HANGUP");
        pbx.awaitNothingLeft();
    }

    @Test
    void passesARefusal() throws Exception {
        aliceCallsBob();
        pbx.nextCall().refuse(486, 17);
        out.await("ended REMOTE REJECTED 486");
        assertEquals(17, out.end.q850());
        pbx.awaitNothingLeft();
    }

    @Test
    void failsWhereTheGatewayKnowsNobody() throws Exception {
        pbx.call("+13125550123", Pbx.ALICE, alice.local(AudioCodec.PCMU), out);
        pbx.nextCall().refuse(404, 1);
        out.await("ended REMOTE REJECTED 404");
        pbx.awaitNothingLeft();
    }

    @Test
    void passesACancel() throws Exception {
        SipLeg caller = aliceCallsBob();
        SipLeg called = pbx.take(pbx.nextCall(), bob.local(AudioCodec.PCMU), in);
        pbx.tell(called, SipLeg::ring);
        out.await("ringing");
        pbx.tell(caller, it -> it.hangUp(0));
        out.await("ended LOCAL CANCELLED");
        in.await("ended REMOTE CANCELLED");
        pbx.awaitNothingLeft();
    }

    @Test
    void refusesACallThatComesRound() throws Exception {
        aliceCallsBob();
        IncomingCall call = pbx.nextCall();
        pbx.call(call.to(), call.from(), bob.local(AudioCodec.PCMU), in);
        in.await("ended REMOTE REJECTED 482");
        call.refuse(482, 25);
        out.await("ended REMOTE REJECTED 482");
        pbx.call(Pbx.ALICE, Pbx.ALICE, bob.local(AudioCodec.PCMU), in);
        in.await("ended REMOTE REJECTED 486");
        pbx.awaitNothingLeft();
    }

    @Test
    void takesNoMoreCallsThanItMay() throws Exception {
        List<SipLeg> up = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Story story = new Story();
            up.add(pbx.call("+12025550104", Pbx.ALICE, alice.local(AudioCodec.PCMU), story));
            story.await("ringing");
        }
        aliceCallsBob();
        out.await("ended REMOTE OVERLOAD 503");
        up.forEach(leg -> pbx.tell(leg, it -> it.hangUp(0)));
        pbx.awaitNothingLeft();
    }

    @Test
    void takesNoMorePortsThanItMay() throws Exception {
        int free = FreePorts.block(2);
        try (Pbx narrow = new Pbx(LabTimings.USUAL, SipTransport.TCP, free, free + 1, 10)) {
            SipLeg first = narrow.call("12025550100", Pbx.ALICE, alice.local(AudioCodec.PCMU), out);
            out.await("answered");
            assertEquals(free, out.audio.remoteRtp().orElseThrow().getPort());
            narrow.call("12025550100", Pbx.ALICE, bob.local(AudioCodec.PCMU), in);
            in.await("ended REMOTE OVERLOAD 503");
            narrow.tell(first, it -> it.hangUp(16));
            narrow.awaitNothingLeft();
        }
    }

    @Test
    void hangsUpOnEverybodyWhenItCloses() throws Exception {
        aliceCallsBob();
        SipLeg called = pbx.take(pbx.nextCall(), bob.local(AudioCodec.PCMU), in);
        pbx.tell(called, SipLeg::answer);
        out.await("answered");
        pbx.lab.close();
        out.await("ended REMOTE HANGUP");
        in.await("ended REMOTE HANGUP");
        assertEquals(0, pbx.lab.calls());
        assertEquals(0, pbx.lab.sockets());
    }

    @Test
    void callsTheGatewayOverTcp() throws Exception {
        try (Pbx tcp = new Pbx(LabTimings.USUAL, SipTransport.TCP, 0, 0, 10)) {
            tcp.call(Pbx.BOB, Pbx.ALICE, alice.local(AudioCodec.PCMU), out);
            SipLeg called = tcp.take(tcp.nextCall(), bob.local(AudioCodec.PCMU), in);
            tcp.tell(called, SipLeg::answer);
            out.await("answered");
            carries(alice, out, (byte) 0xA0, bob, in);
            tcp.tell(called, it -> it.hangUp(16));
            out.await("ended REMOTE HANGUP");
            tcp.awaitNothingLeft();
        }
    }

    @Test
    void freesEverythingAfterManyCallsAtOnce() throws Exception {
        long before = labThreads();
        try (Pbx busy = new Pbx(LabTimings.USUAL, SipTransport.UDP, 0, 0, 50)) {
            List<SipLeg> legs = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Story story = new Story();
                legs.add(busy.call("+12025550100", Pbx.ALICE, alice.local(AudioCodec.PCMU), story));
                story.await("answered");
            }
            assertEquals(50, busy.lab.calls());
            assertEquals(100, busy.lab.sockets());
            legs.forEach(leg -> busy.tell(leg, it -> it.hangUp(16)));
            busy.awaitNothingLeft();
        }
        assertEquals(before, labThreads(), "its thread is gone");
    }

    private static long labThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("lab"))
                .count();
    }

    /** What one phone sends is heard by the other, on a stream that is the lab's own. */
    private static void carries(RtpPhone from, Story fromStory, byte sample, RtpPhone to, Story toStory)
            throws Exception {
        byte[] payload = new byte[160];
        Arrays.fill(payload, sample);
        for (int i = 0; i < 6; i++) {
            from.send(fromStory.audio, payload);
        }
        short expected = decoded(fromStory.audio.codec(), sample);
        for (int i = 0; i < 1_000; i++) { // what has come meanwhile, too
            byte[] packet = to.next();
            short heard = decoded(toStory.audio.codec(), packet[100]);
            if (packet.length == 172 && Math.abs(heard - expected) <= Math.abs(expected) / 8) {
                return;
            }
        }
        throw new AssertionError("the sound did not come through");
    }

    private static short decoded(AudioCodec codec, byte sample) {
        short[] pcm = new short[1];
        byte[] in = {sample};
        if (codec == AudioCodec.PCMA) {
            G711.decodeA(in, 0, 1, pcm, 0);
        } else {
            G711.decodeMu(in, 0, 1, pcm, 0);
        }
        return pcm[0];
    }

    private static List<String> digits(RtpPhone phone, int wanted) throws Exception {
        List<String> digits = new ArrayList<>();
        TelephoneEventReader reader = new TelephoneEventReader(8_000);
        while (digits.size() < wanted) {
            byte[] packet = phone.next();
            if (RtpHeader.payloadType(packet, 0) == RtpPhone.EVENTS) {
                reader.onPacket(packet, 12, 4, RtpHeader.timestamp(packet, 0), 0, new TelephoneEventReader.Sink() {
                    @Override
                    public void started(int event, long nowNanos) {}

                    @Override
                    public void ended(int event, int durationMillis) {
                        digits.add(event + " " + durationMillis);
                    }
                });
            }
        }
        return digits;
    }
}
