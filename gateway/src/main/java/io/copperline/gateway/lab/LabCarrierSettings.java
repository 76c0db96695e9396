package io.copperline.gateway.lab;

import io.copperline.sip.SipTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where the lab carrier listens and where it sends calls. It serves this machine only.
 *
 * @param sip where SIP is heard over UDP and TCP: a loopback address; port 0 takes any that is free for both
 * @param gatewayHost the gateway's SIP address, without a port
 * @param gatewayPort the gateway's SIP port for the transport
 * @param gatewayTransport how calls into the gateway travel: UDP or TCP
 * @param rtp the loopback address that RTP is bound to
 * @param firstRtpPort the first port for RTP and RTCP, which go in pairs; 0 takes any free ones
 * @param lastRtpPort the last port for RTP and RTCP; 0 with {@code firstRtpPort} 0
 * @param maxCalls how many calls there may be at once; further ones get 503
 */
public record LabCarrierSettings(
        InetSocketAddress sip,
        String gatewayHost,
        int gatewayPort,
        SipTransport gatewayTransport,
        InetAddress rtp,
        int firstRtpPort,
        int lastRtpPort,
        int maxCalls) {
    private static final int USUAL_MAX_CALLS = 200;

    public LabCarrierSettings {
        if (sip.isUnresolved() || !sip.getAddress().isLoopbackAddress() || !rtp.isLoopbackAddress()) {
            throw new IllegalArgumentException("the lab listens on loopback only: " + sip + ", " + rtp);
        }
        if (gatewayTransport == SipTransport.TLS) {
            throw new IllegalArgumentException("the lab speaks UDP and TCP only");
        }
        if (firstRtpPort != 0 && lastRtpPort <= firstRtpPort) {
            throw new IllegalArgumentException("no room for a pair of ports: " + firstRtpPort + "-" + lastRtpPort);
        }
    }

    /** Any free RTP ports on the SIP address, and 200 calls at once. */
    public static LabCarrierSettings of(
            InetSocketAddress sip, String gatewayHost, int gatewayPort, SipTransport gatewayTransport) {
        return new LabCarrierSettings(
                sip, gatewayHost, gatewayPort, gatewayTransport, sip.getAddress(), 0, 0, USUAL_MAX_CALLS);
    }
}
