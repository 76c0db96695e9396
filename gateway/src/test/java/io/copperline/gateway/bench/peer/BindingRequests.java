package io.copperline.gateway.bench.peer;

import io.copperline.webrtc.ice.IceCredentials;
import io.copperline.webrtc.ice.IceDrop;
import io.copperline.webrtc.ice.IceSink;
import io.copperline.webrtc.ice.LiteAgent;
import io.copperline.webrtc.ice.TransportAddress;
import io.copperline.webrtc.stun.StunAttribute;
import io.copperline.webrtc.stun.StunMessage;
import io.copperline.webrtc.stun.StunPassword;
import io.copperline.webrtc.stun.StunWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks as a browser sends them, to an agent that answers them; and ones that somebody else made up. */
final class BindingRequests implements IceSink {
    private final TransportAddress from =
            TransportAddress.udp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5_000));
    private final IceCredentials gateway = IceCredentials.random(new Random(1));
    private final IceCredentials browser = IceCredentials.random(new Random(2));
    private final LiteAgent agent = new LiteAgent(gateway, 0);
    private final byte[] honest = request(gateway.password());
    private final byte[] forged = request("a password that is not the right one");
    private long answers;

    BindingRequests() {
        agent.remote(browser, false);
    }

    private byte[] request(String password) {
        StunWriter writer = new StunWriter();
        writer.begin(StunMessage.BINDING_REQUEST, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
                .text(StunAttribute.USERNAME, gateway.ufrag() + ":" + browser.ufrag())
                .number(StunAttribute.PRIORITY, 1_853_824_767)
                .tieBreaker(StunAttribute.ICE_CONTROLLING, 42)
                .flag(StunAttribute.USE_CANDIDATE);
        return Arrays.copyOf(writer.buffer(), writer.finish(new StunPassword(password)));
    }

    /** What one request costs. */
    record Cost(double nanos, double allocatedBytes) {}

    Cost answered(int count) {
        return run(honest, IceDrop.TAKEN, count);
    }

    Cost refused(int count) {
        return run(forged, IceDrop.NOT_AUTHENTIC, count);
    }

    private Cost run(byte[] request, IceDrop expected, int count) {
        long before = answers;
        long bytes = Processor.allocatedBytes();
        long began = Processor.nanos();
        for (int i = 0; i < count; i++) {
            if (agent.onDatagram(request, 0, request.length, from, i, this) != expected) {
                throw new IllegalStateException("the agent took a request for something else");
            }
        }
        long nanos = Processor.nanos() - began;
        bytes = Processor.allocatedBytes() - bytes;
        if (answers - before != (expected == IceDrop.TAKEN ? count : 0)) {
            throw new IllegalStateException("there were " + (answers - before) + " answers");
        }
        return new Cost((double) nanos / count, (double) bytes / count);
    }

    /** The floor: the HMAC that proves the request, and the one that proves the answer. Nanoseconds. */
    double floor(int count) throws GeneralSecurityException {
        Mac hmac = Mac.getInstance("HmacSHA1");
        hmac.init(new SecretKeySpec(new byte[24], "HmacSHA1"));
        byte[] mac = new byte[hmac.getMacLength()];
        long began = Processor.nanos();
        for (int i = 0; i < 2 * count; i++) {
            hmac.update(honest, 0, honest.length - 32);
            hmac.doFinal(mac, 0);
        }
        return (double) (Processor.nanos() - began) / count;
    }

    @Override
    public void transmit(byte[] buf, int off, int len, TransportAddress to) {
        answers++;
    }

    @Override
    public void validated(TransportAddress remote) {
        // The one address of this world.
    }

    @Override
    public void selected(TransportAddress remote) {
        // As above.
    }
}
